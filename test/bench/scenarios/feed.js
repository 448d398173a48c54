import { fact, less } from '../figures.js'
import { indexOf, instant } from '../fleet.js'
import { quantile } from '../statistics.js'

const endpoints = 1_000
const intervalMs = 5_000
const streams = 500

/** Times from the answer of a target to the message about it, on every stream. */
function delaysOf(messages, answered) {
  const times = new Map(Array.from({ length: endpoints }, (_, index) => [index, []]))
  for (const [index, at] of answered) times.get(index).push(at)
  const delays = []
  for (const { keys, arrivedAt } of messages) {
    for (const key of keys) {
      const answeredAt = times.get(indexOf(key)).findLast((at) => at < arrivedAt[0])
      if (answeredAt !== undefined) for (const at of arrivedAt) delays.push(at - answeredAt)
    }
  }
  return delays
}

const spreadsOf = (messages) => messages.map(({ arrivedAt }) => Math.max(...arrivedAt) - Math.min(...arrivedAt))

export const feed = {
  name: 'feed',
  about: `${streams} open pages follow ${endpoints} endpoints, each checked every ${intervalMs / 1_000} s`,
  peer: false,
  async run(bench) {
    const target = await bench.target()
    const monitor = await bench.monitor({ endpoints: instant(target.origin, endpoints, `${intervalMs}ms`) })
    await bench.allChecked(monitor, target, endpoints, 60)
    await bench.sleep(bench.seconds(8, 3))
    const length = bench.seconds(10, 4)
    const measure = () => bench.measure(monitor, target, { intervalMs, seconds: length })
    const before = await measure()
    await target.ask('note')
    const listener = bench.worker('listener')
    const opened = await listener.ask('open', { port: monitor.port, streams })
    await bench.sleep(intervalMs / 1_000)
    await listener.ask('mark')
    const during = await measure()
    const messages = (await listener.ask('messages')).filter(({ arrivedAt }) => arrivedAt.length === opened)
    const delays = delaysOf(messages, await target.ask('answered'))
    const sent = messages.length * opened
    const memoryMiB = monitor.memoryMiB()
    await listener.stop()
    await bench.sleep(2)
    const after = await measure()
    await monitor.stop()
    // What the checks alone take changes a little all the time.
    const share = Math.max(during.cpuShare - (before.cpuShare + after.cpuShare) / 2, 0)
    return [
      fact('streams', '', opened),
      less('delay p50, collecting for up to a second included', 'ms', quantile(delays, 0.5)),
      less('delay p99, collecting for up to a second included', 'ms', quantile(delays, 0.99)),
      less('from the first to the last stream, p99', 'ms', quantile(spreadsOf(messages), 0.99)),
      less('CPU per message and stream', 'µs', (share * length * 1e6) / sent),
      less('CPU for all streams', '% of a core', share * 100),
      less('memory', 'MiB', memoryMiB),
    ]
  },
}
