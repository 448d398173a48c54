import { fork } from 'node:child_process'
import { parseArgs } from 'node:util'
import type { Simulated, SimulationOptions } from './simulation.ts'
import { hurried, simulate } from './simulation.ts'

const hourMs = 60 * 60_000

interface Totals {
  seeds: number
  virtualMs: number
  steps: number
  crashes: number
  restarts: number
  reloads: number
  clockSteps: number
  checks: number
  notices: number
  refusals: number
  brokenOff: number
  readonly failed: Simulated[]
}

const noTotals = (): Totals => ({
  seeds: 0,
  virtualMs: 0,
  steps: 0,
  crashes: 0,
  restarts: 0,
  reloads: 0,
  clockSteps: 0,
  checks: 0,
  notices: 0,
  refusals: 0,
  brokenOff: 0,
  failed: [],
})

function addTo(totals: Totals, { virtualMs, steps, counts, ...simulated }: Simulated): void {
  totals.seeds++
  totals.virtualMs += virtualMs
  totals.steps += steps
  totals.crashes += counts.crashes
  totals.restarts += counts.restarts
  totals.reloads += counts.reloads
  totals.clockSteps += counts.clockSteps
  totals.checks += counts.checks
  totals.notices += counts.notices
  totals.refusals += counts.refusals
  totals.brokenOff += counts.brokenOff
  if (simulated.violation !== undefined) totals.failed.push({ virtualMs, steps, counts, ...simulated })
}

const print = (text: string) => process.stdout.write(`${text}\n`)

function printFailure({ seed, steps, violation, trace }: Simulated, brief: boolean): void {
  print(`${brief ? '' : '\n'}seed ${seed}, step ${steps}: ${violation}`)
  if (brief) return
  for (const line of trace.slice(-25)) print(`  ${line}`)
  print(`  again: npm run simulate -- --seed ${seed} --trace`)
}

function printTotals(totals: Totals, seconds: number): void {
  const figures = {
    seeds: totals.seeds,
    'virtual days': Math.round(totals.virtualMs / (24 * hourMs)),
    events: totals.steps,
    checks: totals.checks,
    crashes: totals.crashes,
    'orderly restarts': totals.restarts,
    reloads: totals.reloads,
    'clock steps': totals.clockSteps,
    'store refusals': totals.refusals,
    'of them halfway': totals.brokenOff,
    notices: totals.notices,
    violations: totals.failed.length,
    seconds: Math.round(seconds),
  }
  for (const [name, figure] of Object.entries(figures)) print(`${name.padEnd(18)}${figure.toLocaleString('en')}`)
}

interface Share {
  readonly from: number
  readonly to: number
  /** Every so many seeds one. */
  readonly every: number
}

async function runHere({ from, to, every }: Share, options: SimulationOptions, onEnd: (simulated: Simulated) => void) {
  for (let seed = from; seed < to; seed += every) onEnd(await simulate(seed, options))
}

/** One process for each share, so that every core has one. */
function runApart(share: Share, isHurried: boolean, onEnd: (simulated: Simulated) => void): Promise<void> {
  const child = fork(process.argv[1] ?? '', ['--share', JSON.stringify(share), ...(isHurried ? ['--hurried'] : [])])
  child.on('message', (simulated: Simulated) => onEnd(simulated))
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))))
  })
}

/** Answers the exit code: 1 when something happened that must not. */
export async function main(args: readonly string[], migrationsFolder: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: { type: 'string', default: '1000' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      trace: { type: 'boolean', default: false },
      jobs: { type: 'string', default: '2' },
      share: { type: 'string' },
      brief: { type: 'boolean', default: false },
      hurried: { type: 'boolean', default: false },
    },
  })
  const options = { migrationsFolder, ...(values.hurried && hurried) }
  if (values.share !== undefined) {
    await runHere(JSON.parse(values.share), options, (simulated) => process.send?.(simulated))
    process.disconnect?.()
    return 0
  }
  const startedAt = performance.now()
  const totals = noTotals()
  const onEnd = (simulated: Simulated) => {
    addTo(totals, simulated)
    const many = !values.brief && totals.failed.length > 5
    if (simulated.violation !== undefined && !many) printFailure(simulated, values.brief)
  }
  if (values.seed !== undefined) {
    const onTrace = values.trace ? print : undefined
    onEnd(await simulate(Number(values.seed), { ...options, ...(onTrace !== undefined && { onTrace }) }))
  } else {
    const from = Number(values.from)
    const to = from + Number(values.seeds)
    const jobs = Math.max(1, Math.min(Number(values.jobs), Number(values.seeds)))
    const shares = Array.from({ length: jobs }, (_, index) => ({ from: from + index, to, every: jobs }))
    if (jobs === 1) for (const share of shares) await runHere(share, options, onEnd)
    else await Promise.all(shares.map((share) => runApart(share, values.hurried, onEnd)))
  }
  print('')
  printTotals(totals, (performance.now() - startedAt) / 1_000)
  if (totals.failed.length > 5) print(`seeds that failed: ${totals.failed.map(({ seed }) => seed).join(' ')}`)
  return totals.failed.length === 0 ? 0 : 1
}
