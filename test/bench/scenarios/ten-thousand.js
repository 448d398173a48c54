import { less } from '../figures.js'
import { instant } from '../fleet.js'
import { steadyFigures } from '../steady.js'

const endpoints = 10_000
const intervalMs = 10_000

export const tenThousand = {
  name: 'ten-thousand',
  about: `${endpoints.toLocaleString('en')} endpoints checked every ten seconds`,
  // A peer that starts endpoints one by one would take most of an hour.
  peer: false,
  async run(bench) {
    const floor = await bench.floor({}, 1_000)
    const target = await bench.target()
    const monitor = await bench.monitor({ endpoints: instant(target.origin, endpoints, `${intervalMs}ms`) })
    const checkedMs = await bench.allChecked(monitor, target, endpoints, 60)
    await bench.sleep(bench.seconds(10))
    const length = bench.seconds(20, 5)
    const { figures } = await steadyFigures(bench, monitor, target, { endpoints, intervalMs, seconds: length, floor })
    return [
      less('all checked once after', 'ms', checkedMs, { limit: 11_500 }),
      ...figures,
      less('stop', 'ms', await monitor.stop(), { limit: 1_000 }),
    ]
  },
}
