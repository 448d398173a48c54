import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createBed } from '../bed.ts'
import { gapsOf } from '../gaps.ts'
import { metric } from '../program.ts'
import type { Findings, Scenario, ScenarioOptions } from '../scenario.ts'

const endpoints = 1_000
const unsteady = 100
const changing = 20

async function run({ seed, rounds = 60, progress }: ScenarioOptions): Promise<Findings> {
  await using bed = await createBed({ seed, endpoints, unsteady })
  const whole = bed.configuration({})
  const file = join(bed.folder, 'config.yaml')
  const write = (text: string) => {
    // Never half a file, as an editor would do it.
    writeFileSync(`${file}.new`, text)
    renameSync(`${file}.new`, file)
  }
  await using monitor = bed.start({ VEDETTE_LOG_LEVEL: 'INFO' })
  await monitor.started
  await sleep(3_000)
  const skippedBefore = await metric(bed.url, 'vedette_checks_skipped_total')
  const startedAt = Date.now()
  for (let round = 1; round <= rounds; round += 1) {
    // Some come and go, one changes each time, one file in ten cannot be used. All others stay as they are.
    const others = Array.from({ length: round % 3 === 0 ? 0 : changing }, (_, index) => ({
      name: `other ${index}`,
      url: `tcp://127.0.0.1:${bed.target.port}`,
      interval: '2s',
      conditions: ['[CONNECTED] == true', `[RESPONSE_TIME] < ${1_000 + (index === 0 ? round : 0)}`],
    }))
    const changed = bed.configuration({ ui: { title: `Round ${round}` }, endpoints: [...whole.endpoints, ...others] })
    write(round % 10 === 5 ? 'endpoints: [{name: broken' : JSON.stringify(changed))
    await sleep(1_000)
    progress(`${round} changes`)
  }
  const endedAt = Date.now()
  const skipped = (await metric(bed.url, 'vedette_checks_skipped_total')) - skippedBefore
  if (skipped > 0) bed.wrong.add(`${skipped} checks were skipped`)
  const inUse = monitor.output().match(/the changed configuration is in use/g)?.length ?? 0
  const refused = monitor.output().match(/is not valid; the one before stays in use/g)?.length ?? 0
  const failed = /.*could not be put to use.*/.exec(monitor.output())
  if (failed !== null) bed.wrong.add(failed[0])
  if (inUse < rounds / 3) bed.wrong.add(`only ${inUse} of ${rounds} changed configurations came into use`)
  const counted = await metric(bed.url, 'gatus_results_total')
  await bed.finish(monitor)
  const answered = bed.answers().times.filter((at) => at <= endedAt).length
  if (counted < answered * 0.9) bed.wrong.add(`counters say ${counted} of ${answered} checks`)
  const { longestMs, p99Ms } = gapsOf(bed.answers(), startedAt, endedAt)
  if (longestMs > 2_000) bed.wrong.add(`an unchanged endpoint was not checked for ${longestMs} ms`)
  return bed.findings([[rounds, 'changes']], {
    'came into use': inUse,
    'refused as invalid': refused,
    skipped,
    'time between two checks of an endpoint, p99 ms': p99Ms,
    'most ms': longestMs,
  })
}

export const reload: Scenario = {
  name: 'reload',
  about: 'the configuration changes every second for a minute under 1,000 checks a second',
  limitSeconds: 240,
  run,
}
