import { less } from '../figures.js'
import { instant } from '../fleet.js'
import { readFigures } from '../reads.js'
import { steadyFigures } from '../steady.js'

const endpoints = 100

export const hundred = {
  name: 'hundred',
  about: `${endpoints} endpoints checked every second, and their API and page read meanwhile`,
  peer: true,
  async run(bench) {
    const floor = await bench.floor({}, 1_000)
    const target = await bench.target()
    const monitor = await bench.monitor({ endpoints: instant(target.origin, endpoints, '1s') })
    const checkedMs = await bench.allChecked(monitor, target, endpoints, 60)
    await bench.sleep(bench.seconds(8))
    const steady = await steadyFigures(bench, monitor, target, { endpoints, seconds: bench.seconds(15, 3), floor })
    const { cpuPerCheckMicroseconds } = steady
    const reads = await readFigures(bench, monitor, target, {
      endpoints,
      seconds: bench.seconds(1.5, 0.5),
      cpuPerCheckMicroseconds,
    })
    await monitor.stop()
    return [less('all checked once after', 'ms', checkedMs, { limit: 3_000 }), ...steady.figures, ...reads]
  },
}
