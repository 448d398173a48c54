import { setTimeout as sleep } from 'node:timers/promises'
import { createBed } from '../bed.ts'
import { gapsOf } from '../gaps.ts'
import { metric } from '../program.ts'
import { residentMiB } from '../resident.ts'
import type { Findings, Scenario, ScenarioOptions } from '../scenario.ts'

const endpoints = 10_000
const intervalSeconds = 10

/** `rounds`: how many intervals it runs for. */
async function run({ seed, rounds = 5, progress }: ScenarioOptions): Promise<Findings> {
  await using bed = await createBed({ seed, endpoints, unsteady: 0, intervalSeconds, maximumNumberOfResults: 100 })
  const startedAt = performance.now()
  await using monitor = bed.start()
  await monitor.started
  const readyMs = performance.now() - startedAt
  for (let round = 1; round <= rounds; round += 1) {
    await sleep(intervalSeconds * 1_000)
    progress(`${round * intervalSeconds} s`)
  }
  const memory = residentMiB(monitor.process.pid)
  const skipped = await metric(bed.url, 'vedette_checks_skipped_total')
  if (skipped > 0) bed.wrong.add(`${skipped} checks were skipped`)
  const failed = await metric(bed.url, 'gatus_results_total', 'success="false"')
  if (failed > 0) bed.wrong.add(`${failed} checks of endpoints that are up failed`)
  await bed.finish(monitor)
  const unchecked = endpoints - bed.results.endpointsChecked
  if (unchecked > 0) bed.lost.add(`${unchecked} endpoints were never checked`)
  const { longestMs, p99Ms } = gapsOf(bed.answers())
  return bed.findings([[endpoints, 'endpoints']], {
    'ready after ms': Math.round(readyMs),
    skipped,
    'time between two checks of an endpoint, p99 ms': p99Ms,
    'most ms': longestMs,
    'memory MiB': memory,
  })
}

export const many: Scenario = {
  name: 'many',
  about: '10,000 endpoints at 10 s: all are checked, and none is skipped',
  limitSeconds: 240,
  run,
}
