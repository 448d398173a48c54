import { bare, fact, less } from '../figures.js'
import { instant } from '../fleet.js'

const endpoints = 50
const intervalMs = 50

const kinds = [
  ['keep-alive', {}, 200],
  ['a new connection each', { close: true }],
  ['TLS, keep-alive', { tls: true }],
  ['TLS, a new connection each', { tls: true, close: true }],
]

export const connections = {
  name: 'connections',
  about: `processor time of a check by kind of connection: ${endpoints} endpoints every ${intervalMs} ms`,
  peer: true,
  async run(bench) {
    const figures = []
    for (const [name, options, limit] of kinds) {
      const floor = await bench.floor(options, endpoints)
      const target = await bench.target(options)
      const settings = options.tls ? { client: { insecure: true } } : {}
      const monitor = await bench.monitor({
        endpoints: instant(target.origin, endpoints, `${intervalMs}ms`, settings),
      })
      await bench.allChecked(monitor, target, endpoints, 60)
      await bench.sleep(bench.seconds(3, 1))
      const { cpuMicroseconds, perSecond } = await bench.measure(monitor, target, {
        intervalMs,
        seconds: bench.seconds(8, 3),
      })
      figures.push(less(`CPU per check, ${name}`, 'µs', cpuMicroseconds, { limit, floor }))
      figures.push(bare(`CPU of a bare request, ${name}`, 'µs', floor))
      figures.push(fact(`checks, ${name}`, '/s', perSecond))
      await monitor.stop()
    }
    return figures
  },
}
