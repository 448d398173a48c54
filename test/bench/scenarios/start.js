import { less } from '../figures.js'
import { instant } from '../fleet.js'
import { median } from '../statistics.js'

const fleets = [10, 1_000]

export const start = {
  name: 'start',
  about: 'from the start of the process to the first page, with a new database',
  peer: true,
  async run(bench) {
    const target = await bench.target()
    const runs = bench.quick ? 2 : 5
    const figures = []
    for (const endpoints of fleets) {
      const times = []
      for (let run = 0; run < runs; run += 1) {
        const monitor = await bench.monitor({ endpoints: instant(target.origin, endpoints, '60s') })
        times.push(monitor.firstPageMs)
        await monitor.stop()
      }
      figures.push(less(`first page, ${endpoints} endpoints`, 'ms', median(times), { limit: 700 }))
    }
    return figures
  },
}
