import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createRandom } from '../../simulate/random.ts'
import { createBed } from '../bed.ts'
import { gapsOf } from '../gaps.ts'
import { metric, type RunningMonitor } from '../program.ts'
import type { Findings, Scenario, ScenarioOptions } from '../scenario.ts'

const endpoints = 200
const unsteady = 40
/** Older sums are deleted, and could not be compared any more. */
const farthestHours = 20
const jumpsPerLife = 5

const preload = fileURLToPath(new URL('../../test/torture/shifted-clock.js', import.meta.url))

async function run({ seed, rounds = 15, progress }: ScenarioOptions): Promise<Findings> {
  const random = createRandom(seed)
  await using bed = await createBed({ seed, endpoints, unsteady })
  const clockFile = join(bed.folder, 'clock')
  const jump = () => {
    const hours = random.chance(0.3) ? random.between(-0.01, 0.01) : random.between(-farthestHours, farthestHours)
    writeFileSync(clockFile, String(Math.round(hours * 3_600_000)))
    return `${hours.toFixed(2)} h`
  }
  const start = () => bed.start({ NODE_OPTIONS: `--import ${preload}`, TORTURE_CLOCK_FILE: clockFile })
  const spans: { from: number; to: number }[] = []
  let skipped = 0

  const live = async (monitor: RunningMonitor, first: number, last: number) => {
    await monitor.started
    await sleep(1_500)
    const from = Date.now()
    for (let round = first; round <= last; round += 1) {
      bed.receiver.setMood(random.pick(['takes', 'takes', 'refuses']))
      progress(`${round}: ${jump()}`)
      await sleep(random.between(1_500, 3_500))
    }
    spans.push({ from, to: Date.now() })
    skipped += await metric(bed.url, 'vedette_checks_skipped_total')
  }

  writeFileSync(clockFile, '0')
  for (let round = 1; round <= rounds; round += jumpsPerLife) {
    await using monitor = start()
    await live(monitor, round, Math.min(round + jumpsPerLife - 1, rounds))
    const endedAt = Date.now()
    await monitor.end('SIGKILL')
    await bed.endLife(endedAt, false)
  }
  writeFileSync(clockFile, '0')
  await using last = start()
  await bed.finish(last)
  const gaps = spans.map(({ from, to }) => gapsOf(bed.answers(), from, to))
  const longestMs = Math.max(...gaps.map((gap) => gap.longestMs))
  if (longestMs > 2_000) bed.wrong.add(`an endpoint was not checked for ${longestMs} ms`)
  if (skipped > 0) bed.wrong.add(`${skipped} checks were skipped`)
  return bed.findings([[rounds, 'jumps']], {
    'time between two checks of an endpoint, p99 ms': Math.max(...gaps.map((gap) => gap.p99Ms)),
    'most ms': longestMs,
    'checks skipped': skipped,
    'notices repeated': bed.notices.repeated,
  })
}

export const clock: Scenario = {
  name: 'clock',
  about: 'the wall clock jumps by up to 20 hours, back and forth, with a receiver that comes and goes, and kills',
  limitSeconds: 300,
  run,
}
