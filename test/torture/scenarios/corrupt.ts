import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../../simulate/random.ts'
import { createRandom } from '../../simulate/random.ts'
import { eventually } from '../../support/program.ts'
import { type Bed, createBed } from '../bed.ts'
import { metric, type RunningMonitor } from '../program.ts'
import type { Findings, Scenario, ScenarioOptions } from '../scenario.ts'

const endpoints = 50

const noise = (random: Random, bytes: number) => Buffer.from(Array.from({ length: bytes }, () => random.below(256)))

/** Overwrites so many places of a file. */
function scribble(random: Random, file: string, places: number): void {
  if (!existsSync(file)) return
  const { size } = statSync(file)
  const handle = openSync(file, 'r+')
  for (let place = 0; place < places; place += 1) {
    writeSync(handle, noise(random, 64 + random.below(2_000)), 0, undefined, random.below(size))
  }
  closeSync(handle)
}

type Damage = (random: Random, database: string) => void

const damages: Readonly<Record<string, Damage>> = {
  'something else': (random, database) => writeFileSync(database, noise(random, 10_000)),
  text: (_, database) => writeFileSync(database, 'this is not a database\n'),
  'cut short': (random, database) => truncateSync(database, random.below(statSync(database).size)),
  empty: (_, database) => truncateSync(database, 0),
  'one page overwritten': (random, database) => scribble(random, database, 1),
  'many pages overwritten': (random, database) => scribble(random, database, 40),
  'its log overwritten': (random, database) => scribble(random, `${database}-wal`, 10),
  'its index overwritten': (random, database) => scribble(random, `${database}-shm`, 4),
  'its log gone': (_, database) => rmSync(`${database}-wal`, { force: true }),
}

/** Checks must go on, and the API must answer. */
async function watches({ url }: RunningMonitor): Promise<boolean> {
  const before = await metric(url, 'gatus_results_total')
  await eventually(async () => (await metric(url, 'gatus_results_total')) >= before + endpoints)
  const list = await fetch(`${url}/api/v1/endpoints/statuses`)
  const page = await fetch(`${url}/`)
  const history = await fetch(`${url}/api/v1/endpoints/_1/history?window=7d`)
  await Promise.all([list.text(), page.text(), history.text()])
  return list.ok && page.ok
}

/** Damages the database of a monitor, killed before that or still alive; answers what is wrong afterwards. */
async function damaged(bed: Bed, random: Random, damage: Damage, alive: boolean): Promise<string | undefined> {
  await using before = bed.start()
  await before.started
  await sleep(2_000)
  if (!alive) await before.end('SIGKILL')
  damage(random, bed.database)
  if (alive) {
    if (!(await watches(before).catch(() => false))) return `it does not go on: ${before.output().slice(-500)}`
    await before.end('SIGKILL')
  }
  await using after = bed.start()
  await after.started
  if (!(await watches(after))) return `started again, it does not watch: ${after.output().slice(-500)}`
  const code = await after.end('SIGTERM')
  return code === 0 ? undefined : `it ended with ${code}: ${after.output().slice(-500)}`
}

async function run({ seed, rounds = 18, progress }: ScenarioOptions): Promise<Findings> {
  const random = createRandom(seed)
  await using bed = await createBed({ seed, endpoints, unsteady: 10 })
  const kinds = Object.entries(damages)
  for (let round = 0; round < rounds; round += 1) {
    const [name, damage] = kinds[round % kinds.length] ?? []
    if (damage === undefined) break
    // Every other time it happens under its eyes, else between two lives.
    const alive = Math.floor(round / kinds.length) % 2 === 1
    const what = `${name}, ${alive ? 'while it runs' : 'before a start'}`
    progress(what)
    const problem = await damaged(bed, random, damage, alive).catch((error: unknown) => String(error))
    if (problem === undefined) continue
    bed.wrong.add(`${what}: ${problem}`)
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${bed.database}${suffix}`, { force: true })
  }
  const aside = readdirSync(bed.folder).filter((file) => /\.corrupt-[^-]*(-\d+)?$/.test(file)).length
  return {
    tried: [[rounds, 'damages']],
    lost: bed.lost,
    wrong: bed.wrong,
    figures: { 'databases moved aside': aside },
  }
}

export const corrupt: Scenario = {
  name: 'corrupt',
  about: 'the database is damaged in nine ways, before a start and while it runs; monitoring must go on',
  limitSeconds: 300,
  run,
}
