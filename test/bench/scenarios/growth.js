import { less } from '../figures.js'
import { measureWithPast } from '../with-past.js'

const intervalMs = 10_000
const fleets = [100, 1_000, 10_000]
const pasts = [
  [1, '1 day'],
  [90, '90 days'],
  [365, '1 year'],
]

/** What so many endpoints with such a past cost; nothing, when it cannot be found out. */
async function cell(bench, endpoints, [days, past]) {
  const name = `${endpoints.toLocaleString('en')} endpoints, ${past}`
  try {
    const seconds = bench.seconds(20, 4)
    const grown = await measureWithPast(bench, { endpoints, days, interval: '10s', intervalMs, seconds })
    return [
      less(name, 'MB', grown.diskBytes / 1e6, { column: 'disk' }),
      less(name, 'MiB', grown.memoryMiB, { column: 'memory' }),
      less(name, 's', grown.firstPageMs / 1_000, { column: 'first page' }),
      less(name, 'µs', grown.checks.cpuMicroseconds, { column: 'CPU per check' }),
      less(name, 'ms', grown.history.p50Ms, { column: '90 days p50' }),
      less(name, 'ms', grown.history.p99Ms, { column: '90 days p99' }),
      less(name, 'ms', grown.page.p50Ms, { column: 'page' }),
    ]
  } catch (error) {
    console.error(`${name}:`, error)
    return []
  }
}

export const growth = {
  name: 'growth',
  about: 'what endpoints and history cost; each is checked every ten seconds',
  peer: false,
  extra: true,
  async run(bench) {
    const figures = []
    for (const endpoints of bench.quick ? fleets.slice(0, 2) : fleets) {
      for (const past of pasts) {
        figures.push(...(await cell(bench, endpoints, past)))
        // The next one has the machine to itself.
        await bench.close()
      }
    }
    return figures
  },
}
