import type { Kind } from './checks.ts'

/** A service of a company that does not exist. */
export interface Service {
  readonly group: string
  readonly name: string
  readonly kind: Kind
  /** Typical response time. */
  readonly baseMs: number
}

/** A group, its services and their typical response times; `*` marks those asked over another protocol. */
interface GroupOfServices {
  readonly group: string
  readonly kind: Kind
  readonly services: Readonly<Record<string, number>>
  readonly other?: { readonly kind: Kind; readonly names: readonly string[] }
}

const groups: readonly GroupOfServices[] = [
  {
    group: 'Core',
    kind: 'website',
    services: {
      Website: 74,
      'Sign-in': 210,
      Checkout: 385,
      Account: 96,
      Cart: 58,
      'Product pages': 121,
      'Order tracking': 167,
      Prices: 42,
      Stock: 51,
      Reviews: 133,
      'Gift cards': 89,
      'Store finder': 148,
    },
  },
  {
    group: 'Payments',
    kind: 'service',
    services: {
      'card-api': 128,
      refunds: 163,
      ledger: 31,
      invoices: 87,
      payouts: 142,
      'fraud-check': 236,
      vouchers: 44,
      'direct-debit': 312,
      'exchange-rates': 27,
      receipts: 69,
      disputes: 118,
    },
    other: { kind: 'rpc', names: ['ledger', 'exchange-rates'] },
  },
  {
    group: 'Data',
    kind: 'port',
    services: {
      'orders-db': 2.1,
      'customers-db': 2.6,
      'event-stream': 4.3,
      'object-store': 48,
      'sessions-cache': 1.2,
      warehouse: 640,
      'job-queue': 3.4,
      'stock-replica': 2.9,
      'daily-backup': 210,
      'schema-registry': 22,
    },
    other: { kind: 'service', names: ['object-store', 'warehouse', 'daily-backup', 'schema-registry'] },
  },
  {
    group: 'Search',
    kind: 'service',
    services: {
      'query-api': 92,
      suggestions: 24,
      ranking: 37,
      'index-writer': 151,
      facets: 46,
      synonyms: 18,
      crawler: 264,
      'query-log': 33,
    },
    other: { kind: 'rpc', names: ['ranking', 'synonyms'] },
  },
  {
    group: 'Media',
    kind: 'service',
    services: {
      images: 41,
      thumbnails: 63,
      uploads: 188,
      downloads: 102,
      captions: 77,
      'video-encoder': 430,
      'image-cache': 9,
      originals: 156,
    },
  },
  {
    group: 'Edge',
    kind: 'website',
    services: {
      'edge-fra-1': 11,
      'edge-fra-2': 12,
      'edge-ams-1': 17,
      'edge-lhr-1': 21,
      'edge-iad-1': 94,
      'edge-gru-1': 187,
      'edge-sin-1': 163,
      'edge-syd-1': 241,
      'edge-nrt-1': 224,
    },
  },
  {
    group: 'Internal tools',
    kind: 'website',
    services: {
      Wiki: 178,
      Builds: 92,
      Tickets: 246,
      Dashboards: 134,
      'Log search': 355,
      'Package mirror': 61,
      'Time sheets': 287,
      'Feature flags': 29,
    },
  },
  {
    group: 'Identity',
    kind: 'service',
    services: { tokens: 19, 'user-directory': 57, permissions: 26, 'two-factor': 112, sessions: 14, 'audit-log': 83 },
    other: { kind: 'rpc', names: ['permissions', 'tokens'] },
  },
  {
    group: 'Messaging',
    kind: 'service',
    services: { email: 204, 'text-messages': 331, push: 58, templates: 36, inbox: 71, unsubscribe: 49 },
  },
  {
    group: 'Mobile',
    kind: 'service',
    services: { 'app-gateway': 66, 'app-config': 23, 'crash-reports': 108, 'deep-links': 31, 'store-sync': 274 },
  },
  {
    group: 'Partners',
    kind: 'service',
    services: { 'partner-api': 146, webhooks: 93, catalogue: 181, 'feed-export': 402, affiliates: 124 },
  },
  {
    group: 'Delivery',
    kind: 'service',
    services: { carriers: 298, labels: 176, 'pick-up-points': 137, routing: 219, returns: 105, customs: 346 },
  },
  {
    group: 'Analytics',
    kind: 'service',
    services: { 'event-intake': 16, reports: 520, funnels: 284, cohorts: 367, exports: 441 },
  },
  {
    group: 'Platform',
    kind: 'port',
    services: { registry: 3.8, 'mail-relay': 6.2, 'name-server': 1.6, 'time-server': 1.1, bastion: 7.4, proxy: 2.2 },
  },
]

/** Where further copies of a service run. */
const places = ['fra', 'ams', 'iad', 'sin', 'gru', 'syd', 'nrt', 'lhr'] as const

/** Names `turn` rounds after the first are of copies: `ledger-fra`, ... `ledger-fra-2`; for titles `Wiki fra`. */
function copyName(name: string, turn: number): string {
  if (turn === 0) return name
  const place = places[(turn - 1) % places.length] ?? ''
  const number = 1 + Math.floor((turn - 1) / places.length)
  const joint = /^[a-z]/.test(name) ? '-' : ' '
  if (name.startsWith('edge-')) return `${name.slice(0, -1)}${10 * turn + Number(name.slice(-1))}`
  return number === 1 ? `${name}${joint}${place}` : `${name}${joint}${place}${joint}${number}`
}

/** The services of `group`, however many are asked for. */
function servicesOf({ group, kind, services, other }: GroupOfServices, count: number): Service[] {
  const first = Object.entries(services)
  return Array.from({ length: count }, (_, i) => {
    const [name = '', baseMs = 50] = first[i % first.length] ?? []
    const own = other?.names.includes(name) ? other.kind : kind
    return { group, name: copyName(name, Math.floor(i / first.length)), kind: own, baseMs }
  })
}

/** So many services in as many groups as suit that number, group by group. */
export function services(count: number): readonly Service[] {
  const used = Math.min(Math.max(Math.round(0.9 * Math.sqrt(count)), 1), groups.length)
  return groups.slice(0, used).flatMap((group, i) => {
    const own = Math.floor(((i + 1) * count) / used) - Math.floor((i * count) / used)
    return servicesOf(group, own)
  })
}
