import type {
  HistoryModel,
  IncidentEntry,
  IncidentModel,
  MaintenanceEntry,
  SubscribeModel,
} from '../../apps/monitor/src/api/contract.ts'
import { detail, endpoint, few, longName, now, oneDown } from './fixtures.ts'

const minute = 60_000
const hour = 60 * minute

const at = (day: number, hours = 0, minutes = 0): number => Date.UTC(2026, 10, day, hours, minutes)

const named = ({ key, name, group }: (typeof few)[number]) => ({ key, name, group })

export function outage(name: string, startAt: number, lengthMs?: number, reason?: string): IncidentEntry {
  const row = few.find((candidate) => candidate.name === name) ?? endpoint(name, 'Names')
  return {
    id: `${row.key}~${startAt.toString(36)}`,
    ...named(row),
    startAt,
    ...(lengthMs === undefined ? {} : { endAt: startAt + lengthMs }),
    ...(reason === undefined ? {} : { reason }),
  }
}

export function work(names: readonly string[], beginAt: number, lengthMs: number, id = 'nightly'): MaintenanceEntry {
  const rows = few.filter((row) => names.includes(row.name))
  return {
    id: `maintenance~${id}~${beginAt.toString(36)}`,
    keys: rows.map((row) => row.key),
    names: rows.slice(0, 3).map((row) => row.name),
    beginAt,
    endAt: beginAt + lengthMs,
  }
}

export const ongoing = outage('Checkout', now - 12 * minute, undefined, '[STATUS] (503) == 200')
export const over = outage('Sign-in', at(18, 9), 14 * minute, 'timeout after 10 s')
export const upgrade = work(['Orders database', 'Replica'], now - 100 * minute, 140 * minute, 'upgrade')
export const planned = work([], at(28, 2), 2 * hour, 'weekly')

/** November until the 21st: a long outage, two on one day, nightly maintenance in the first week. */
export const november: HistoryModel = {
  month: '2026-11',
  startAt: at(1),
  endAt: at(31),
  previousMonth: '2026-10',
  incidents: [
    ongoing,
    over,
    outage('Search', at(18, 3, 12), 4 * minute, '[RESPONSE_TIME] (1913) < 1000'),
    outage('Singapore', at(11, 22, 40), 61 * hour, 'no route to host'),
    outage('Account', at(6, 16, 5), 3 * hour + 5 * minute, 'certificate has expired'),
  ],
  truncated: false,
  maintenance: [
    ...[1, 2, 3, 4, 5].map((day) => work([], at(day, 2), 90 * minute)),
    work(['Orders database', 'Replica'], at(9, 22), 4 * hour, 'move'),
    upgrade,
    planned,
  ],
  groups: ['Core', 'Data', 'Edge'],
  endpoints: few.map(named),
  now,
}

/** The first month somebody watched, and nothing happened. */
export const august: HistoryModel = {
  ...november,
  month: '2026-08',
  startAt: Date.UTC(2026, 7, 1),
  endAt: Date.UTC(2026, 8, 1),
  previousMonth: undefined,
  nextMonth: '2026-09',
  incidents: [],
  maintenance: [],
  monitoredFrom: Date.UTC(2026, 7, 23, 11),
}

/** Names and reasons that test the layout. */
export const awkwardMonth: HistoryModel = {
  ...november,
  incidents: [
    outage(longName, at(20, 1), 3 * minute, `<img src=x onerror=alert(1)> ${'no-space-in-here-'.repeat(12)}`),
    outage('خدمة الدفع', at(20, 0), 45_000),
    outage('<script>alert(1)</script>', at(19, 5), 26 * hour),
  ],
  maintenance: [],
  truncated: true,
  group: 'Core',
}

const checkout = oneDown.find((row) => row.state === 'down') ?? endpoint('Checkout', 'Core')
const signIn = few.find((row) => row.name === 'Sign-in') ?? endpoint('Sign-in', 'Core')

export const incidentOngoing: IncidentModel = {
  kind: 'outage',
  incident: ongoing,
  row: { ...checkout, history: 'n10u60m2u20a1u2d1' },
  checks: [...detail(checkout).checks].reverse().slice(-34),
  related: [outage('Singapore', now - 20 * minute, 9 * minute, 'no route to host')],
  now,
}

export const incidentOver: IncidentModel = {
  kind: 'outage',
  incident: over,
  row: { ...signIn, history: 'u96' },
  checks: [],
  related: [],
  now,
}

export const maintenanceNow: IncidentModel = {
  kind: 'maintenance',
  maintenance: upgrade,
  rows: few
    .filter(({ key }) => upgrade.keys.includes(key))
    .map((row) => ({ ...row, state: 'maintenance' as const, sinceAt: upgrade.beginAt })),
  related: [ongoing],
  now,
}

export const maintenancePlanned: IncidentModel = {
  kind: 'maintenance',
  maintenance: planned,
  rows: few,
  related: [],
  now,
}

export const subscriptions: SubscribeModel = { endpoint: named(signIn), endpoints: few.map(named), badges: true }
