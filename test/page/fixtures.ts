import type {
  BarRange,
  Check,
  EndpointModel,
  EndpointRow,
  HistoryBucket,
  OverviewModel,
  UptimeFigure,
} from '../../apps/monitor/src/api/contract.ts'

/** All fixtures are of this moment. */
export const now = Date.UTC(2026, 10, 21, 14, 14, 9)

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const bucketMs: Readonly<Record<Exclude<BarRange, 'checks'>, number>> = {
  '24h': 15 * minute,
  '7d': 2 * hour,
  '30d': 8 * hour,
  '90d': day,
}
const counts: Readonly<Record<BarRange, number>> = { checks: 60, '24h': 96, '7d': 84, '30d': 90, '90d': 90 }

/** The same numbers in every run. */
function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

export const full = (count = 129_600, failures = 0): UptimeFigure => ({
  count,
  successes: count - failures,
  expected: count,
})

export function endpoint(name: string, group: string, over: Partial<EndpointRow> = {}): EndpointRow {
  return {
    key: `${group}_${name}`.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-'),
    name,
    group,
    type: 'HTTP',
    host: `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.acme.example`,
    state: 'up',
    sinceAt: now - 40 * day,
    lastCheckAt: now - 5_000,
    intervalMs: 30_000,
    latencyMs: 77,
    unstable: false,
    stale: false,
    history: 'u90',
    uptime: full(),
    ...over,
  }
}

export function overview(rows: readonly EndpointRow[], over: Partial<OverviewModel> = {}): OverviewModel {
  const range = over.range ?? '90d'
  const axis = range === 'checks' ? {} : { axis: axisOf(range) }
  const times = rows.flatMap((row) => (row.lastCheckAt === undefined ? [] : [row.lastCheckAt]))
  const newest = times.length === 0 ? {} : { newestAt: Math.max(...times) }
  return { range, ...axis, rows, ...newest, now, sequence: 100, operatorNotices: [], ...over }
}

function axisOf(range: Exclude<BarRange, 'checks'>) {
  const length = bucketMs[range]
  const endAt = Math.floor(now / length) * length
  return { startAt: endAt - (counts[range] - 1) * length, endAt, bucketMs: length }
}

const outage = { startAt: Date.UTC(2026, 10, 18, 9, 0), endAt: Date.UTC(2026, 10, 18, 9, 14) }

/** 12 endpoints in 3 groups, all up; one young, one with a bad day, one maintained lately. */
export const few: readonly EndpointRow[] = [
  endpoint('Website', 'Core', { host: 'acme.example', latencyMs: 77 }),
  endpoint('Sign-in', 'Core', {
    host: 'auth.acme.example',
    latencyMs: 228,
    history: 'u41a1u44b1u3',
    uptime: full(129_600, 29),
    lastOutage: outage,
  }),
  endpoint('Checkout', 'Core', { latencyMs: 1_412 }),
  endpoint('Account', 'Core', { latencyMs: 94, history: 'u60d1u29', uptime: full(129_600, 180) }),
  endpoint('Orders database', 'Data', { type: 'TCP', host: 'db-1.acme.example', latencyMs: 2 }),
  endpoint('Replica', 'Data', { type: 'TCP', host: 'db-2.acme.example', latencyMs: 3, history: 'u70m2u18' }),
  endpoint('Search', 'Data', { latencyMs: 131, history: 'u83g2u5', uptime: full(129_600, 3) }),
  endpoint('Object storage', 'Data', { latencyMs: 49, unstable: true, history: 'u89a1', uptime: full(129_600, 6) }),
  endpoint('Frankfurt', 'Edge', { type: 'ICMP', host: 'fra.edge.acme.example', latencyMs: 11 }),
  endpoint('São Paulo', 'Edge', { type: 'ICMP', host: 'gru.edge.acme.example', latencyMs: 187 }),
  endpoint('Singapore', 'Edge', { type: 'ICMP', host: 'sin.edge.acme.example', latencyMs: 163 }),
  endpoint('Name server', 'Edge', {
    type: 'DNS',
    host: 'ns1.acme.example',
    latencyMs: 8,
    history: 'n58u32',
    uptime: full(46_080),
  }),
]

export const down: Partial<EndpointRow> = {
  state: 'down',
  sinceAt: now - 12 * minute,
  reason: '[STATUS] (503) == 200',
  history: 'u41a1u44b1u2d1',
  uptime: full(129_600, 53),
}

export const oneDown: readonly EndpointRow[] = few.map((row) => (row.name === 'Checkout' ? { ...row, ...down } : row))

const groups = [
  'Payments',
  'Core',
  'Data',
  'Media',
  'Edge',
  'Search',
  'Mail',
  'Billing',
  'Mobile',
  'Partners',
  'Analytics',
  'Internal',
  'Identity',
  'Build',
]
const nouns = ['api', 'worker', 'ledger', 'gateway', 'cache', 'queue', 'proxy', 'admin', 'export', 'sync']

/** Endpoints spread over 14 groups. */
export function many(total: number): EndpointRow[] {
  const next = random(7)
  return Array.from({ length: total }, (_, i) => {
    const group = groups[Math.floor((i * groups.length) / total)] ?? ''
    const name = `${group.toLowerCase()}-${nouns[i % nouns.length]}-${Math.floor(i / nouns.length) + 1}`
    const at = Math.floor(next() * 80) + 2
    const rough = next() < 0.12
    return endpoint(name, group, {
      latencyMs: Math.round(8 + next() ** 3 * 600),
      ...(rough ? { history: `u${at}a1u${89 - at}`, uptime: full(129_600, Math.ceil(next() * 90)) } : {}),
      unstable: next() < 0.02,
    })
  })
}

/** 412 endpoints: three down in two groups, one group maintained. */
export const hundreds: readonly EndpointRow[] = many(412).map((row, i) => {
  if (i === 3) return { ...row, ...down, name: 'card-api', reason: 'connection refused' }
  if (i === 9) return { ...row, ...down, name: 'refunds', sinceAt: now - 11 * minute }
  if (i === 120) return { ...row, ...down, sinceAt: now - 3 * minute, reason: 'timeout after 10 s' }
  if (row.group === 'Media' && i % 3 === 0) return { ...row, state: 'maintenance', sinceAt: now - 40 * minute }
  return row
})

/** 1,000 endpoints: three down, two of one group maintained. */
export const thousand: readonly EndpointRow[] = many(1_000).map((row, i) => {
  if (i === 20 || i === 21 || i === 700) return { ...row, ...down, sinceAt: now - (i + 2) * minute }
  if (i === 400 || i === 401) return { ...row, state: 'maintenance', sinceAt: now - 40 * minute }
  return row
})

export const pending: readonly EndpointRow[] = few.map((row) => {
  const { sinceAt, lastCheckAt, latencyMs, lastOutage, ...rest } = row
  return { ...rest, state: 'pending', unstable: false, history: 'n90', uptime: full(0) }
})

export const stale: readonly EndpointRow[] = few.map((row) => ({ ...row, stale: true, lastCheckAt: now - 6 * minute }))

export const longName = `The endpoint whose name is ${'so very long '.repeat(7)}ok`
export const awkward: readonly EndpointRow[] = [
  endpoint(longName, 'Names', { host: `${'a-very-long-label-'.repeat(3)}x.acme.example` }),
  endpoint('Shop 🛒 🇩🇪 👩‍👩‍👧', 'Names', { latencyMs: 0 }),
  endpoint('خدمة الدفع', 'Names', { latencyMs: 45_000 }),
  endpoint('<script>alert(1)</script>', 'Names', { ...down, reason: '<img src=x onerror=alert(1)>' }),
  endpoint('"quoted" & \'single\'', 'Names', { history: 'u1' }),
  endpoint('Alone', '', { uptime: full(1_000_000, 1) }),
]

function bucket(startAt: number, lengthMs: number, over: Partial<HistoryBucket> = {}): HistoryBucket {
  const count = Math.round(lengthMs / 30_000)
  return { startAt, lengthMs, count, failures: 0, maintenance: 0, expected: count, ...over }
}

const classToBucket = {
  u: {},
  a: { failures: 1 },
  b: { failures: 3 },
  d: { failures: 24 },
  g: {},
  m: { maintenance: 30 },
  n: { count: 0 },
} as const

/** A day in 15-minute bars and a chart of 288 points: a slow evening, a gap, one outage, limit 1 s. */
export function detail(row: EndpointRow, over: Partial<EndpointModel> = {}): EndpointModel {
  const next = random(11)
  const isDown = row.state === 'down'
  const history = isDown ? 'n10u60m2u20a1u2d1' : 'n10u60m2u20a1u3'
  const axis = axisOf('24h')
  const latency = (i: number, of: number) =>
    110 + 60 * Math.sin((i / of) * 9) ** 2 + next() * 30 + (i % 97 === 50 ? 900 : 0)
  const kinds = [...history.matchAll(/([a-z])(\d+)/g)].flatMap(([, kind = 'n', n]) =>
    new Array<string>(Number(n)).fill(kind),
  )
  const figures = (i: number, of: number): Partial<HistoryBucket> => {
    const median = latency(i, of)
    return {
      minMs: median * 0.72,
      p50Ms: median,
      p95Ms: median * 1.6 + 20,
      p99Ms: median * 1.8 + 30,
      maxMs: i === 140 ? 6_200 : median * 2,
    }
  }
  const buckets = kinds.map((kind, i) => {
    const shape = kind in classToBucket ? classToBucket[kind as keyof typeof classToBucket] : {}
    const silent = kind === 'n' || kind === 'm' || (kind === 'd' && isDown)
    return bucket(axis.startAt + i * axis.bucketMs, axis.bucketMs, { ...(silent ? {} : figures(i * 3, 288)), ...shape })
  })
  const chart = Array.from({ length: 288 }, (_, i) => {
    const startAt = axis.startAt + i * 5 * minute
    const kind = kinds[Math.floor(i / 3)] ?? 'n'
    if (kind === 'n') return bucket(startAt, 5 * minute, { count: 0 })
    if (kind === 'm') return bucket(startAt, 5 * minute, { count: 10, maintenance: 10 })
    if (kind === 'd') return bucket(startAt, 5 * minute, { failures: 10 })
    return bucket(startAt, 5 * minute, { ...figures(i, 288), failures: kind === 'a' && i % 3 === 0 ? 1 : 0 })
  })
  return {
    row: { ...row, history },
    range: '24h',
    buckets,
    uptimes: {
      '24h': full(2_880, isDown ? 25 : 1),
      '7d': full(20_160, 29),
      '30d': full(86_400, 29),
      '90d': full(259_200, 29),
    },
    response: { p50Ms: 128, p95Ms: 212, maxMs: 6_200 },
    certificateExpiresAt: now + 23 * day + 4 * hour,
    domainExpiresAt: now + 211 * day,
    latencyLimitsMs: [1_000],
    checks: Array.from({ length: 60 }, (_, i) => check(i, isDown && i < 24)),
    events: [
      ...(isDown ? [{ type: 'UNHEALTHY' as const, at: now - 12 * minute, reason: '[STATUS] (503) == 200' }] : []),
      { type: 'HEALTHY', at: outage.endAt, ...(isDown ? { untilAt: now - 12 * minute } : {}) },
      { type: 'UNHEALTHY', at: outage.startAt, untilAt: outage.endAt, reason: 'timeout after 10 s' },
      { type: 'HEALTHY', at: now - 90 * day + minute, untilAt: outage.startAt },
      { type: 'START', at: now - 90 * day, untilAt: now - 90 * day + minute },
    ],
    now,
    sequence: 100,
    chart,
    ...over,
  }
}

function check(i: number, failed: boolean): Check {
  return {
    at: now - 5_000 - i * 30_000,
    success: !failed,
    maintenance: false,
    durationMs: failed ? 212 : 118 + ((i * 37) % 60),
    status: failed ? 503 : 200,
    conditions: [
      { condition: failed ? '[STATUS] (503) == 200' : '[STATUS] == 200', success: !failed },
      { condition: '[RESPONSE_TIME] < 1000', success: true },
      { condition: '[CERTIFICATE_EXPIRATION] > 48h', success: true },
    ],
    errors: [],
    phases: { dnsMs: 4, connectMs: 12, tlsMs: 31, firstByteMs: 62, downloadMs: 9 + (i % 5) },
  }
}
