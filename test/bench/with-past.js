import { statSync } from 'node:fs'
import { join } from 'node:path'
import { usedBytes } from './database.js'
import { instant, keyOf } from './fleet.js'
import { writePast } from './past.js'

const mostRead = 100

/** A fleet with a generated past: what it takes on disk, in memory, to start, to check and to read. */
export async function measureWithPast(bench, { endpoints, days, interval, intervalMs, seconds }) {
  const target = await bench.target()
  const folder = bench.folder()
  const databasePath = join(folder, 'data.db')
  const configured = instant(target.origin, endpoints, interval)
  await writePast(databasePath, configured, days)
  const diskBytes = usedBytes(databasePath)
  const fileBytes = statSync(databasePath).size

  const monitor = await bench.monitor({ endpoints: configured }, folder)
  await bench.allChecked(monitor, target, endpoints, 120)
  await bench.sleep(bench.seconds(4, 2))
  const checks = await bench.measure(monitor, target, { intervalMs, seconds })
  const memoryMiB = monitor.memoryMiB()

  const reader = bench.worker('reader')
  const read = async (path) => {
    const paths = Array.from({ length: Math.min(endpoints, mostRead) }, (_, index) => path(keyOf(index)))
    return await reader.ask('each', { port: monitor.port, paths })
  }
  const history = await read((key) => `/api/v1/endpoints/${key}/history?window=90d`)
  const detail = await read((key) => `/endpoints/${key}`)
  const page = await reader.ask('each', { port: monitor.port, paths: ['/'] })
  await monitor.stop()
  await target.stop()
  return { diskBytes, fileBytes, firstPageMs: monitor.firstPageMs, checks, memoryMiB, history, detail, page }
}
