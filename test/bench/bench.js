import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMonitor } from './monitor.js'
import { sleep, until } from './time.js'
import { startWorker } from './worker.js'

/** What a scenario works with. Whatever it starts ends with it. */
export function createBench(subject, { quick, floor }) {
  const closing = []
  /** Shorter when things should be quick. */
  const seconds = (full, short = full / 4) => (quick ? short : full)

  function startOne(name, options) {
    const worker = startWorker(name, options)
    closing.push(worker.stop)
    return worker
  }

  return {
    subject,
    quick,
    seconds,
    sleep: (length) => sleep(length * 1_000),
    /** Processor time of a bare request in microseconds: see `workers/floor.js`. */
    floor,
    worker: startOne,

    /** A target server; `origin` is its address. */
    async target(options = {}) {
      const target = startOne('target', options)
      const port = await target.ask('port')
      return { ...target, origin: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}` }
    },

    /** A folder that is gone afterwards. */
    folder() {
      const folder = mkdtempSync(join(tmpdir(), 'vedette-bench-'))
      const remove = () => rmSync(folder, { recursive: true, force: true })
      // However this ends, nothing stays behind.
      process.once('exit', remove)
      closing.push(() => {
        process.removeListener('exit', remove)
        remove()
      })
      return folder
    },

    /** The subject on a configuration, its first page served. */
    async monitor(config, folder = this.folder()) {
      const monitor = await startMonitor(subject, folder, config)
      closing.push(monitor.kill)
      return monitor
    },

    /** Waits until every endpoint was asked once; how long that took from the start, in milliseconds. */
    async allChecked(monitor, target, count, limitSeconds) {
      const firsts = await until(
        `every one of ${count} endpoints asked`,
        async () => {
          const seen = await target.ask('firsts')
          return seen.endpoints >= count && seen
        },
        { limitMs: limitSeconds * 1_000, everyMs: 100 },
      )
      return firsts.lastFirstAt - monitor.startedAt
    },

    /** What the monitor takes for the checks of some seconds, as the target sees them. */
    async measure(monitor, target, { intervalMs, seconds: length }) {
      await target.ask('mark', intervalMs)
      const cpuBefore = monitor.cpuSeconds()
      const startedAt = performance.now()
      await sleep(length * 1_000)
      const cpu = monitor.cpuSeconds() - cpuBefore
      const elapsed = (performance.now() - startedAt) / 1_000
      const { requests, skipped, deviationP99Ms } = await target.ask('counted')
      return {
        perSecond: requests / elapsed,
        skipped,
        deviationP99Ms,
        cpuMicroseconds: requests === 0 ? undefined : (cpu / requests) * 1e6,
        cpuShare: cpu / elapsed,
      }
    },

    /** Ends everything, the newest first. */
    async close() {
      while (closing.length > 0) await closing.pop()()
    },
  }
}

/** The floor, measured once for each kind of connection. */
export function createFloor(quick) {
  const known = new Map()

  async function measured({ target: options, clients }) {
    const target = startWorker('target', options)
    const floor = startWorker('floor')
    try {
      const origin = `${options.tls ? 'https' : 'http'}://127.0.0.1:${await target.ask('port')}`
      const times = quick ? { seconds: 2, warmUpSeconds: 1 } : { seconds: 5, warmUpSeconds: 2 }
      const { microseconds } = await floor.ask('run', { origin, clients, perSecond: 1_000, ...times })
      return microseconds
    } finally {
      await floor.stop()
      await target.stop()
    }
  }

  return (options, clients) => {
    const id = JSON.stringify([options, clients])
    const value = known.get(id) ?? measured({ target: options, clients })
    known.set(id, value)
    return value
  }
}
