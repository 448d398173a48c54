import { bare, less, more } from '../figures.js'
import { instant } from '../fleet.js'

const endpoints = 50
const intervalMs = 5

export const saturation = {
  name: 'saturation',
  about: `checks a second when far too many are asked for: ${endpoints} endpoints every ${intervalMs} ms`,
  peer: true,
  async run(bench) {
    const floor = await bench.floor({}, endpoints)
    const target = await bench.target()
    const monitor = await bench.monitor({ endpoints: instant(target.origin, endpoints, `${intervalMs}ms`) })
    await bench.allChecked(monitor, target, endpoints, 60)
    await bench.sleep(bench.seconds(3, 1))
    const { perSecond, cpuMicroseconds } = await bench.measure(monitor, target, {
      intervalMs,
      seconds: bench.seconds(8, 3),
    })
    await monitor.stop()
    return [
      more('checks', '/s', perSecond),
      less('CPU per check', 'µs', cpuMicroseconds, { floor }),
      bare('CPU of a bare request', 'µs', floor),
    ]
  },
}
