import { less } from '../figures.js'
import { measureWithPast } from '../with-past.js'

const endpoints = 100

export const history = {
  name: 'history',
  about: `${endpoints} endpoints with a year of checks every minute behind them`,
  peer: false,
  async run(bench) {
    const seconds = bench.seconds(8, 2)
    const year = await measureWithPast(bench, { endpoints, days: 365, interval: '1s', intervalMs: 1_000, seconds })
    return [
      less('disk per endpoint', 'KB', year.diskBytes / endpoints / 1_000, { limit: 300 }),
      less('first page', 'ms', year.firstPageMs),
      less('history of 90 days as JSON, p50', 'ms', year.history.p50Ms),
      less('history of 90 days as JSON, p99', 'ms', year.history.p99Ms),
      less('page of one endpoint, p50', 'ms', year.detail.p50Ms),
      less('page of one endpoint, p99', 'ms', year.detail.p99Ms),
      less('memory', 'MiB', year.memoryMiB),
    ]
  },
}
