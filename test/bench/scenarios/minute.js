import { less } from '../figures.js'
import { instant } from '../fleet.js'

const endpoints = 1_000

export const minute = {
  name: 'minute',
  about: `${endpoints} endpoints checked every minute: until all are checked once`,
  // What a peer needs does not depend on the interval: the thousand that are checked every second tell.
  peer: false,
  async run(bench) {
    const target = await bench.target()
    const monitor = await bench.monitor({ endpoints: instant(target.origin, endpoints, '60s') })
    const checkedMs = await bench.allChecked(monitor, target, endpoints, 60)
    await monitor.stop()
    return [less('all checked once after', 'ms', checkedMs, { limit: 11_000 })]
  },
}
