// How the built monitor does with many endpoints: node test/bench/steady.js [endpoints] [seconds]
// Loopback only, and over by itself. Prints a table.
import { fork, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const endpoints = Number(process.argv[2] ?? 1_000)
const seconds = Number(process.argv[3] ?? 30)
const port = 18_400
const program = fileURLToPath(new URL('../../apps/monitor/bin/vedette.js', import.meta.url))
const ticksPerSecond = 100

const folder = mkdtempSync(join(tmpdir(), 'vedette-bench-'))
const target = fork(fileURLToPath(new URL('target.js', import.meta.url)))
const targetPort = await new Promise((resolve) => target.once('message', resolve))

const one = (index) => ({
  name: `endpoint ${index}`,
  group: `group ${index % 20}`,
  url: `http://127.0.0.1:${targetPort}/health/${index}`,
  interval: '1s',
  conditions: ['[STATUS] == 200', '[BODY].status == UP', '[RESPONSE_TIME] < 1000'],
})
const config = {
  metrics: true,
  web: { address: '127.0.0.1', port },
  storage: { type: 'sqlite', path: join(folder, 'vedette.db') },
  endpoints: Array.from({ length: endpoints }, (_, index) => one(index)),
}
writeFileSync(join(folder, 'config.yaml'), JSON.stringify(config))

const startedAt = performance.now()
const monitor = spawn(
  process.execPath,
  [...process.execArgv, '--max-semi-space-size=2', program, '--config', join(folder, 'config.yaml')],
  {
    stdio: ['ignore', 'ignore', 'inherit'],
  },
)

/** User and system time of the monitor, all threads, in seconds. */
function cpuSeconds() {
  const fields = readFileSync(`/proc/${monitor.pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

const residentMiB = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${monitor.pid}/status`, 'utf8'))?.[1]) / 1024

const databaseBytes = () =>
  ['vedette.db', 'vedette.db-wal'].reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)

async function metrics() {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  const sum = (name, label = '') => {
    let total = 0
    for (const line of text.split('\n')) {
      if (line.startsWith(name) && line.includes(label)) total += Number(line.slice(line.lastIndexOf(' ')))
    }
    return total
  }
  const lag = [...text.matchAll(/vedette_schedule_lag_seconds_bucket\{le="([^"]+)"\} (\d+)/g)]
  return {
    results: sum('gatus_results_total'),
    failed: sum('gatus_results_total', 'success="false"'),
    endpoints: text.match(/^gatus_results_endpoint_success/gm)?.length ?? 0,
    skipped: sum('vedette_checks_skipped_total'),
    lag: lag.map(([, bound, count]) => [bound, Number(count)]),
  }
}

async function until(condition) {
  for (let tries = 0; tries < 3_000; tries += 1) {
    const done = await condition().catch(() => false)
    if (done) return performance.now() - startedAt
    await sleep(20)
  }
  throw new Error('it took more than a minute')
}

/** The bound under which 99 % of the turns between two reports started. */
function lagP99(before, after) {
  const total = after.at(-1)[1] - before.at(-1)[1]
  return after.find(([, count], index) => count - before[index][1] >= 0.99 * total)?.[0]
}

try {
  const pageMs = await until(async () => (await fetch(`http://127.0.0.1:${port}/`)).ok)
  const allMs = await until(async () => {
    const list = await (await fetch(`http://127.0.0.1:${port}/api/v1/endpoints/statuses?pageSize=1`)).json()
    return list.length === endpoints
  })
  await sleep(3_000)
  const before = await metrics()
  const cpuBefore = cpuSeconds()
  const measuredAt = performance.now()
  await sleep(seconds * 1_000)
  const cpu = cpuSeconds() - cpuBefore
  const after = await metrics()
  const elapsed = (performance.now() - measuredAt) / 1_000
  const checks = after.results - before.results
  console.table({
    endpoints,
    'first page after start, ms': Math.round(pageMs),
    'all checked once, ms': Math.round(allMs),
    'checks per second': Math.round(checks / elapsed),
    'checks failed': after.failed,
    'checks skipped at start': before.skipped,
    'checks skipped afterwards': after.skipped - before.skipped,
    'lag p99, at most s': lagP99(before.lag, after.lag),
    'CPU per check, µs': Math.round((cpu / checks) * 1e6),
    'memory, MiB': Math.round(residentMiB()),
    'database, MiB': Math.round(databaseBytes() / 1024 / 1024),
  })
} finally {
  const stopAt = performance.now()
  const exited = new Promise((resolve) => monitor.once('exit', resolve))
  monitor.kill('SIGTERM')
  await exited
  console.log(`stopped in ${Math.round(performance.now() - stopAt)} ms`)
  target.disconnect()
  rmSync(folder, { recursive: true, force: true })
}
