import { bare, less, more } from './figures.js'
import { keyOf } from './fleet.js'

const gzip = { 'accept-encoding': 'gzip' }
const page = { accept: 'text/html', ...gzip }

/** What people and programs read: `readers` at once, and what we hold ourselves to with so many and a thousand endpoints. */
const kinds = (endpoints) => {
  const each = (path) => Array.from({ length: endpoints }, (_, index) => path(keyOf(index)))
  return [
    {
      name: 'all statuses × 20',
      isList: true,
      paths: ['/api/v1/endpoints/statuses?pageSize=20'],
      readers: [1, 4, 16],
      goals: { 4: { rate: { timesPeer: 5 }, p99: { limit: 60 } } },
    },
    {
      name: 'all statuses × 100',
      isList: true,
      paths: ['/api/v1/endpoints/statuses?pageSize=100'],
      readers: [1, 4, 16],
      goals: { 4: { rate: { timesPeer: 8 } } },
    },
    {
      name: 'all statuses × 20, gzip',
      paths: ['/api/v1/endpoints/statuses?pageSize=20'],
      headers: gzip,
      readers: [1, 4, 16],
      goals: { 4: { rate: { timesPeer: 5 }, p99: { limit: 60 } } },
    },
    {
      name: 'all statuses × 100, gzip',
      paths: ['/api/v1/endpoints/statuses?pageSize=100'],
      headers: gzip,
      readers: [1, 4, 16],
      goals: { 4: { rate: { timesPeer: 8 } } },
    },
    {
      name: 'all statuses × 20, asked for by tag',
      paths: ['/api/v1/endpoints/statuses?pageSize=20'],
      conditional: true,
      readers: [1, 16],
    },
    {
      name: 'statuses of one endpoint',
      paths: each((key) => `/api/v1/endpoints/${key}/statuses`),
      readers: [1, 4, 16],
      goals: { 4: { rate: { limit: 5_000 }, p99: { limit: 10 } } },
    },
    { name: 'uptime badge', paths: each((key) => `/api/v1/endpoints/${key}/uptimes/24h/badge.svg`), readers: [1, 16] },
    { name: 'page', paths: ['/'], headers: page, readers: [1, 16] },
  ]
}

const number = (readers) => (readers === 1 ? '1 reader' : `${readers} readers`)

/** Rate, times and processor time of reads while checks go on; what those checks take is not counted. */
export async function readFigures(bench, monitor, target, { endpoints, seconds, cpuPerCheckMicroseconds }) {
  const reader = bench.worker('reader')
  const figures = []
  for (const { name, paths, headers, conditional, readers, goals } of kinds(endpoints)) {
    for (const count of readers) {
      const ask = { port: monitor.port, paths, headers, conditional, readers: count }
      await reader.ask('read', { ...ask, readers: 1, seconds: 0.2 })
      const before = { cpu: monitor.cpuSeconds(), checks: await target.ask('requests') }
      const read = await reader.ask('read', { ...ask, seconds })
      const checks = (await target.ask('requests')) - before.checks
      const cpu = monitor.cpuSeconds() - before.cpu - (checks * cpuPerCheckMicroseconds) / 1e6
      const unexpected = Object.keys(read.statuses).filter((status) => status !== '200' && status !== '304')
      if (unexpected.length > 0) throw new Error(`${paths[0]} was answered with ${unexpected.join(', ')}`)
      const line = `${name}, ${number(count)}`
      const goal = endpoints < 1_000 ? {} : (goals?.[count] ?? {})
      // A monitor without tags answers as it always does.
      if (conditional && read.statuses[304] === undefined) continue
      figures.push(
        more(line, '/s', read.requests / read.seconds, { column: 'rate', ...goal.rate }),
        less(line, 'ms', read.p50Ms, { column: 'p50' }),
        less(line, 'ms', read.p99Ms, { column: 'p99', ...goal.p99 }),
        // Reads may keep a monitor from checks that it would have made; then nothing is known of what they took.
        less(line, 'ms', cpu > 0 ? (cpu / read.requests) * 1_000 : undefined, { column: 'CPU' }),
      )
      if (read.failed > 0) figures.push(less(line, '', read.failed, { column: 'failed', limit: 0 }))
    }
  }
  return figures
}

/** The rate at which a bare Node server, which has them ready, sends answers as long as the lists; checks go on meanwhile. */
export async function bareListFigures(bench, monitor, { seconds }) {
  const reader = bench.worker('reader')
  const sender = bench.worker('sender')
  const figures = []
  for (const { name, paths } of kinds(0).filter(({ isList }) => isList)) {
    const { bytes } = await reader.ask('each', { port: monitor.port, paths })
    const read = await reader.ask('read', {
      port: await sender.ask('listen', bytes),
      paths: ['/'],
      readers: 4,
      seconds,
    })
    figures.push(bare(`${name}, 4 readers, from a bare server`, '/s', read.requests / read.seconds))
  }
  await sender.stop()
  return figures
}
