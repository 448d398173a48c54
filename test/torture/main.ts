import { parseArgs } from 'node:util'
import { endChildren } from './children.ts'
import type { Findings, Scenario, ScenarioOptions } from './scenario.ts'
import { scenarios } from './scenarios.ts'

const print = (text: string) => process.stdout.write(`${text}\n`)

const counted = (count: number, what: string) => `${count.toLocaleString('en')} ${what}`

function printFindings(name: string, { tried, lost, wrong, figures }: Findings, seconds: number): void {
  const attempts = tried.map(([count, what]) => counted(count, what)).join(', ')
  const notes = Object.entries(figures).map(([what, figure]) => `${what} ${figure.toLocaleString('en')}`)
  const verdict = wrong.length === 0 ? `lost ${lost.length}` : `lost ${lost.length}, wrong ${wrong.length}`
  const details = notes.length === 0 ? '' : ` (${notes.join('; ')})`
  print(`${name.padEnd(16)}${verdict} in ${Math.round(seconds)} s: ${attempts}${details}`)
  for (const text of lost) print(`  lost: ${text}`)
  for (const text of wrong) print(`  wrong: ${text}`)
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
    return outcome.lost.length === 0 && outcome.wrong.length === 0
  } catch (error) {
    print(`${name.padEnd(16)}failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return false
  } finally {
    endChildren()
  }
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
  print(`seed ${seed}`)
  const failed: string[] = []
  for (const scenario of chosen(values.only)) {
    const progress = (text: string) => {
      if (values.verbose) print(`  ${scenario.name}: ${text}`)
    }
    if (!(await runOne(scenario, { seed, rounds, progress }))) failed.push(scenario.name)
  }
  const seconds = Math.round((performance.now() - startedAt) / 1_000)
  print(failed.length === 0 ? `nothing lost, in ${seconds} s` : `after ${seconds} s, not well: ${failed.join(', ')}`)
  return failed.length === 0 ? 0 : 1
}
