import { bare, fact, less } from './figures.js'
import { lagP99Ms, selfReport } from './self-report.js'

/** Figures of checks that go on undisturbed, and what one of them takes. */
export async function steadyFigures(
  bench,
  monitor,
  target,
  { endpoints, intervalMs = 1_000, seconds, floor, cpuLimit },
) {
  const before = await selfReport(monitor)
  await bench.sleep(1)
  const measured = await bench.measure(monitor, target, { intervalMs, seconds })
  const after = await selfReport(monitor)
  const asked = (endpoints * 1_000) / intervalMs
  return {
    cpuPerCheckMicroseconds: measured.cpuMicroseconds,
    figures: [
      fact(`checks, of ${asked} asked for`, '/s', measured.perSecond),
      less('CPU per check', 'µs', measured.cpuMicroseconds, { floor, limit: cpuLimit }),
      bare('CPU of a bare request', 'µs', floor),
      less('checks skipped', '', measured.skipped, { limit: 0 }),
      less('checks failed', '', after.failed, { limit: 0 }),
      less('time between two checks off by, p99', 'ms', measured.deviationP99Ms),
      less('schedule lag p99 at most', 'ms', lagP99Ms(before, after), { limit: 100 }),
      less('memory', 'MiB', monitor.memoryMiB()),
    ],
  }
}
