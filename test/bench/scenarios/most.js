import { less, more } from '../figures.js'
import { instant } from '../fleet.js'
import { lagP99Ms, selfReport } from '../self-report.js'

const intervalMs = 1_000
const most = 12_000
const step = 250

/** Whether so many endpoints, each checked every second, are checked on time. */
async function attempt(bench, endpoints) {
  const target = await bench.target()
  const monitor = await bench.monitor({ endpoints: instant(target.origin, endpoints, `${intervalMs}ms`) })
  try {
    await bench.allChecked(monitor, target, endpoints, 60)
    await bench.sleep(bench.seconds(4))
    const before = await selfReport(monitor)
    const measured = await bench.measure(monitor, target, { intervalMs, seconds: bench.seconds(6, 3) })
    const after = await selfReport(monitor)
    const lagMs = lagP99Ms(before, after)
    const failed = after.failed - before.failed
    const held = measured.skipped === 0 && failed === 0 && lagMs <= 100 && measured.perSecond > 0.99 * endpoints
    return { endpoints, held, lagMs, ...measured }
  } finally {
    await monitor.kill()
    await target.stop()
  }
}

export const mostSustained = {
  name: 'most',
  about: 'the most endpoints checked every second with none skipped, none failed and a lag p99 of at most 100 ms',
  // A peer that starts endpoints one by one would take hours for it.
  peer: false,
  async run(bench) {
    let held = await attempt(bench, 1_000)
    if (!held.held) return [more('checks', '/s', 0, { limit: 3_000 })]
    let above = most
    let next = 3_000
    while (above - held.endpoints > (bench.quick ? 1_000 : step)) {
      const tried = await attempt(bench, next)
      if (tried.held) held = tried
      else above = tried.endpoints
      const guess = above === most ? held.endpoints * 1.5 : (held.endpoints + above) / 2
      next = Math.min(Math.round(guess / step) * step, most)
    }
    return [
      more('checks', '/s', held.perSecond, { limit: 3_000 }),
      less('CPU per check at that rate', 'µs', held.cpuMicroseconds, { floor: await bench.floor({}, 1_000) }),
    ]
  },
}
