import { usedBytes } from '../database.js'
import { bare, fact, less } from '../figures.js'
import { delayed, instant } from '../fleet.js'
import { bareListFigures, readFigures } from '../reads.js'
import { quantile } from '../statistics.js'
import { steadyFigures } from '../steady.js'
import { wallMs } from '../time.js'
import { bareErrors, delayMs, errorsOf } from './accuracy.js'

const endpoints = 1_000
const slow = 10
const keptResults = 100

/** Results that the API tells of. */
async function resultsKept(monitor) {
  const response = await fetch(`${monitor.url}/api/v1/endpoints/statuses?pageSize=${keptResults}`)
  return (await response.json()).reduce((sum, { results }) => sum + results.length, 0)
}

export const thousand = {
  name: 'thousand',
  about: `${endpoints} endpoints checked every second, and their API and page read meanwhile; ${slow} answer after ${delayMs} ms`,
  peer: true,
  async run(bench) {
    const floor = await bench.floor({}, 1_000)
    const target = await bench.target()
    const monitor = await bench.monitor({
      endpoints: [
        ...instant(target.origin, endpoints - slow, '1s'),
        ...delayed(target.origin, slow, '1s', { first: endpoints - slow, delayMs }),
      ],
    })
    const checkedMs = await bench.allChecked(monitor, target, endpoints, 300)
    const steadySeconds = bench.seconds(20, 5)
    // Until there are 100 results of every endpoint.
    await bench.sleep(bench.seconds(keptResults, 10) - steadySeconds)
    const steady = await steadyFigures(bench, monitor, target, {
      endpoints,
      seconds: steadySeconds,
      floor,
      cpuLimit: 200,
    })

    const readFrom = wallMs()
    await target.ask('mark', 1_000)
    const ofBare = await bareErrors(bench, target, { count: slow, first: endpoints })
    const { cpuPerCheckMicroseconds } = steady
    const reads = await readFigures(bench, monitor, target, {
      endpoints,
      seconds: bench.seconds(3, 0.5),
      cpuPerCheckMicroseconds,
    })
    const { skipped } = await target.ask('counted')
    const memoryAfterMiB = monitor.memoryMiB()
    const errors = await errorsOf(monitor, target, { isMeant: (index) => index >= endpoints - slow, from: readFrom })

    const bareErrorsMs = await ofBare.errors()
    const lists = await bareListFigures(bench, monitor, { seconds: bench.seconds(3, 0.5) })
    const kept = await resultsKept(monitor)
    const stopMs = await monitor.stop()
    return [
      less('all checked once after', 'ms', checkedMs, { limit: 3_000 }),
      ...steady.figures.map((figure) => (figure.name === 'memory' ? { ...figure, limit: 160 } : figure)),
      less('memory after all reads', 'MiB', memoryAfterMiB, { limit: 200 }),
      less('checks skipped while others read', '', skipped, { limit: 0 }),
      less('error of reported response times while others read, p50', 'ms', quantile(errors, 0.5)),
      less('error of reported response times while others read, p99', 'ms', quantile(errors, 0.99), { limit: 5 }),
      bare('the same error of a bare client, p50', 'ms', quantile(bareErrorsMs, 0.5)),
      bare('the same error of a bare client, p99', 'ms', quantile(bareErrorsMs, 0.99)),
      fact('results kept', '', kept),
      less('disk per result kept, all else included', 'bytes', usedBytes(monitor.databasePath) / kept, { limit: 120 }),
      less('stop', 'ms', stopMs, { limit: 1_000 }),
      ...lists,
      ...reads,
    ]
  },
}
