import { spawn, spawnSync } from 'node:child_process'
import { availableParallelism, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { endChildren, own } from './children.ts'
import type { Complaints, Findings, Scenario, ScenarioOptions } from './scenario.ts'
import { scenarios } from './scenarios.ts'

const print = (text: string) => process.stdout.write(`${text}\n`)

const counted = (count: number, what: string) => `${count.toLocaleString('en')} ${what}`

function printComplaints(kind: string, { first, count }: Complaints): void {
  for (const text of first) print(`  ${kind}: ${text}`)
  if (count > first.length) print(`  ${kind}: and ${count - first.length} more`)
}

function printFindings(name: string, { tried, lost, wrong, figures }: Findings, seconds: number): void {
  const attempts = tried.map(([count, what]) => counted(count, what)).join(', ')
  const notes = Object.entries(figures).map(([what, figure]) => `${what} ${figure.toLocaleString('en')}`)
  const verdict = wrong.count === 0 ? `lost ${lost.count}` : `lost ${lost.count}, wrong ${wrong.count}`
  const details = notes.length === 0 ? '' : ` (${notes.join('; ')})`
  print(`${name.padEnd(16)}${verdict} in ${Math.round(seconds)} s: ${attempts}${details}`)
  printComplaints('lost', lost)
  printComplaints('wrong', wrong)
}

/** Settles with an error when time is up; the scenario cannot be stopped, but what it started can. */
function timeUp(seconds: number): Promise<never> & Disposable {
  let timer: NodeJS.Timeout | undefined
  const promise = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not over after ${seconds} s`)), seconds * 1_000)
  })
  return Object.assign(promise, { [Symbol.dispose]: () => clearTimeout(timer) })
}

/** Whether everything was as it should be. */
async function runOne(scenario: Scenario, options: ScenarioOptions): Promise<boolean> {
  const { name, limitSeconds } = scenario
  const startedAt = performance.now()
  using limit = timeUp(limitSeconds)
  try {
    const outcome = await Promise.race([scenario.run(options), limit])
    if ('skipped' in outcome) {
      print(`${name.padEnd(16)}skipped: ${outcome.skipped}`)
      return true
    }
    printFindings(name, outcome, (performance.now() - startedAt) / 1_000)
    return outcome.lost.count === 0 && outcome.wrong.count === 0
  } catch (error) {
    print(`${name.padEnd(16)}failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return false
  } finally {
    endChildren()
  }
}

/** Runs a scenario where it can mount things that nobody else sees. Answers whether all was well. */
async function runApart({ name }: Scenario, args: readonly string[]): Promise<boolean> {
  const unshare = process.getuid?.() === 0 ? ['-m'] : ['-rm']
  if (spawnSync('unshare', [...unshare, 'true']).status !== 0) {
    print(`${name.padEnd(16)}skipped: it mounts things, which is not permitted here (unshare ${unshare.join(' ')})`)
    return true
  }
  const again = [process.execPath, ...process.argv.slice(1, 2), ...args, '--only', name, '--inside']
  const child = own(spawn('unshare', [...unshare, ...again], { stdio: 'inherit' }))
  return await new Promise((resolve) => child.once('exit', (code) => resolve(code === 0)))
}

function chosen(only: string | undefined): readonly Scenario[] {
  if (only === undefined) return scenarios
  return only.split(',').map((name) => {
    const scenario = scenarios.find((candidate) => candidate.name === name)
    if (scenario === undefined) throw new Error(`no scenario is called ${name}; --list shows them`)
    return scenario
  })
}

/** Answers the exit code: 1 when something was lost, or not as it should be. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      list: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      seed: { type: 'string' },
      verbose: { type: 'boolean', default: false },
      inside: { type: 'boolean', default: false },
    },
  })
  if (values.list) {
    for (const { name, about } of scenarios) print(`${name.padEnd(16)}${about}`)
    return 0
  }
  process.once('SIGINT', () => process.exit(1))
  process.once('SIGTERM', () => process.exit(1))
  process.once('exit', endChildren)
  const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(values.seed)
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds)
  const startedAt = performance.now()
  if (!values.inside) print(`seed ${seed}`)
  const [load = 0] = loadavg()
  if (!values.inside && load > availableParallelism()) {
    print(`this machine is busy (load ${load.toFixed(1)}): what is late may not be the monitor's fault`)
  }
  const passedOn = [...args, '--seed', String(seed)]
  const failed: string[] = []
  for (const scenario of chosen(values.only)) {
    const progress = (text: string) => {
      if (values.verbose) print(`  ${scenario.name}: ${text}`)
    }
    const apart = scenario.needs === 'mounts' && !values.inside
    const isWell = apart ? runApart(scenario, passedOn) : runOne(scenario, { seed, rounds, progress })
    if (!(await isWell)) failed.push(scenario.name)
  }
  const seconds = Math.round((performance.now() - startedAt) / 1_000)
  if (!values.inside)
    print(failed.length === 0 ? `nothing lost, in ${seconds} s` : `after ${seconds} s, not well: ${failed.join(', ')}`)
  return failed.length === 0 ? 0 : 1
}
