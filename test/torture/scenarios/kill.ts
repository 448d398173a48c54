import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../../simulate/random.ts'
import { createRandom } from '../../simulate/random.ts'
import { createBed } from '../bed.ts'
import type { RunningMonitor } from '../program.ts'
import type { Findings, Scenario, ScenarioOptions } from '../scenario.ts'
import type { Mood } from '../webhook-receiver.ts'

const endpoints = 1_000
const unsteady = 300
/** More come in than are kept. */
const maximumNumberOfResults = 100
const keysAskedFor = 3

/** Some kills come while it starts; most while a thousand checks a second run. */
async function untilKill(random: Random, { started }: RunningMonitor): Promise<void> {
  if (random.chance(0.15)) return void (await sleep(random.between(20, 900)))
  await started
  await sleep(random.between(300, 3_000))
}

/** The receiver is away in some lives, but never for so long that waiting for it takes longer than the scenario. */
function* moods(random: Random): Generator<Mood> {
  for (;;) {
    yield random.pick<Mood>(['refuses', 'cuts'])
    for (let lives = 2 + random.below(4); lives > 0; lives -= 1) yield random.pick<Mood>(['takes', 'takes', 'slow'])
  }
}

/** The API's view of one endpoint begins with what was stored before the start, whatever has come since. */
async function shows(url: string, key: string, stored: readonly number[]): Promise<boolean> {
  const response = await fetch(`${url}/api/v1/endpoints/${key}/statuses?pageSize=${maximumNumberOfResults}`)
  const { results }: { results: { status?: number }[] } = await response.json()
  const shown = results.map(({ status }) => status)
  for (let fresh = 0; fresh <= shown.length; fresh += 1) {
    const expected = stored.slice(-Math.min(maximumNumberOfResults - fresh, stored.length))
    if (shown.length - fresh === expected.length && expected.every((status, i) => shown[i] === status)) return true
  }
  return false
}

async function run({ seed, rounds = 100, progress }: ScenarioOptions): Promise<Findings> {
  const random = createRandom(seed)
  await using bed = await createBed({ seed, endpoints, unsteady, maximumNumberOfResults })
  const { results, notices, receiver } = bed

  const askForHistory = async ({ url, started }: RunningMonitor) => {
    await started
    for (let asked = 0; asked < keysAskedFor; asked += 1) {
      const key = `_${random.below(endpoints)}`
      const stored = results.statusesOf(key)
      if (stored.length > 0 && !(await shows(url, key, stored))) {
        bed.lost.add(`${key}: the API does not show its history after a start`)
      }
    }
  }

  const mood = moods(random)
  for (let round = 1; round <= rounds; round += 1) {
    receiver.setMood(mood.next().value)
    await using monitor = bed.start()
    // A kill during the start, or while it answers, ends this early.
    const asked = askForHistory(monitor).catch(() => {})
    await untilKill(random, monitor)
    const endedAt = Date.now()
    await monitor.end('SIGKILL')
    await asked
    for (const [error] of monitor.output().matchAll(/^\{"level":"(?:error|fatal)".*$/gm)) {
      // The books of notices say which of these may be.
      if (!error.includes('a notice was given up')) bed.wrong.add(`it complained: ${error}`)
    }
    await bed.endLife(endedAt, false)
    progress(`${round} kills, ${results.results} results, ${receiver.receipts.length} notices`)
  }
  await using last = bed.start()
  await bed.finish(last)

  const ages = [...results.unwrittenAges].sort((a, b) => a - b)
  return bed.findings([[rounds, 'kills']], {
    'oldest result not yet written at a kill, median ms': ages[ages.length >> 1] ?? 0,
    'most ms': ages.at(-1) ?? 0,
    'notices waiting at a kill': notices.pendingAtKills,
    'attempts turned away': receiver.turnedAway,
    'notices repeated': notices.repeated,
  })
}

export const kill: Scenario = {
  name: 'kill',
  about: 'kill -9 at random moments under 1,000 checks a second, with alerts whose receiver comes and goes',
  limitSeconds: 900,
  run,
}
