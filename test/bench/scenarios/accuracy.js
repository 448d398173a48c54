import { fact, less } from '../figures.js'
import { delayed, indexOf } from '../fleet.js'
import { quantile } from '../statistics.js'

const endpoints = 20
export const delayMs = 50

/** The result and the answer it came from lie no further apart. */
const nearMs = 450

/** Answers after a delay: the number of the endpoint, and when they ended and how long they took. */
async function heldBy(target) {
  const held = new Map()
  for (const [index, ...answer] of await target.ask('held')) {
    const known = held.get(index)
    if (known === undefined) held.set(index, [answer])
    else known.push(answer)
  }
  return held
}

/** By how much times differ from what the target knows it took; `index` is the number of the endpoint. */
function errorsAmong(held, measured) {
  return measured.flatMap(([index, at, durationMs]) => {
    const match = held.get(index)?.find(([endedAt]) => Math.abs(endedAt - at) < nearMs)
    return match === undefined ? [] : [Math.abs(durationMs - match[1])]
  })
}

/**
 * By how much reported response times differ from what the target knows it took, in milliseconds: for the endpoints with
 * these numbers, since `from`.
 */
export async function errorsOf(monitor, target, { isMeant, from }) {
  const response = await fetch(`${monitor.url}/api/v1/endpoints/statuses?pageSize=100`)
  const reported = (await response.json()).flatMap(({ key, results }) =>
    results.map(({ timestamp, duration }) => [indexOf(key), Date.parse(timestamp), duration / 1e6]),
  )
  return errorsAmong(
    await heldBy(target),
    reported.filter(([index, at]) => isMeant(index) && at >= from),
  )
}

/** The same of bare clients, from now until `errors` is asked for. Their endpoints are numbered from `first`. */
export async function bareErrors(bench, target, { count, first }) {
  const stopwatch = bench.worker('stopwatch')
  const paths = Array.from({ length: count }, (_, index) => `/timed/${delayMs}/${first + index}`)
  await stopwatch.ask('start', target.origin, paths)
  return {
    async errors() {
      const measured = await stopwatch.ask('stop')
      await stopwatch.stop()
      return errorsAmong(
        await heldBy(target),
        measured.map(([index, ...answer]) => [first + index, ...answer]),
      )
    },
  }
}

export const accuracy = {
  name: 'accuracy',
  about: `error of the reported response time: ${endpoints} endpoints that answer after ${delayMs} ms, nobody reads`,
  peer: true,
  async run(bench) {
    const target = await bench.target()
    const monitor = await bench.monitor({ endpoints: delayed(target.origin, endpoints, '1s', { first: 0, delayMs }) })
    await bench.allChecked(monitor, target, endpoints, 60)
    // The first check of each also opened its connection, of which the target does not know how long it took.
    const from = Date.now()
    await bench.sleep(bench.seconds(15))
    const errors = await errorsOf(monitor, target, { isMeant: () => true, from })
    await monitor.stop()
    return [
      less('error p50', 'ms', quantile(errors, 0.5)),
      less('error p99', 'ms', quantile(errors, 0.99), { limit: 5 }),
      fact('results compared', '', errors.length),
    ]
  },
}
