import type { Board, BoardEntry } from '../../domain/board.ts'
import type { Incident } from '../../domain/incident.ts'
import { incidentsOf } from '../../domain/incident.ts'
import type { Store } from '../../domain/ports.ts'
import type { HistoryModel, IncidentEntry, IncidentModel } from '../contract.ts'
import { checkOf } from './detail.ts'
import { findMaintenance, plannedMaintenance } from './planned.ts'
import type { RowOptions, Rows } from './row.ts'
import { endpointNames } from './subscribe.ts'

const dayMs = 24 * 60 * 60_000

/** Events that one page of history reads at most; two make an outage. */
const mostEvents = 4_000
const mostIncidents = 500
const mostMaintenance = 500

const checksAround = { beforeMs: 10 * 60_000, most: 50 }
const mostRelated = 20
const mostRows = 20

interface PastSource {
  readonly board: Board
  readonly store: Pick<Store, 'eventsBetween'>
  readonly options: RowOptions
  readonly rows: Rows
}

const hidesReasons = ({ endpoint: { display } }: BoardEntry) => display.hideErrors && display.hideConditions

function entryOf(board: Board, { id, key, startAt, endAt, reason }: Incident): IncidentEntry | undefined {
  const entry = board.get(key)
  if (entry === undefined) return undefined
  const { name, group } = entry.endpoint
  return { id, key, name, group, startAt, endAt, reason: hidesReasons(entry) ? undefined : reason }
}

const entriesOf = (board: Board, incidents: readonly Incident[]): readonly IncidentEntry[] =>
  incidents.map((incident) => entryOf(board, incident)).filter((entry) => entry !== undefined)

/** An outage that ended long after the span that was read: the board may know when. */
function endOnBoard(board: Board, { key, startAt }: Incident): number | undefined {
  const later = board.get(key)?.events.slice() ?? []
  return later.find(({ type, at }) => type === 'HEALTHY' && at > startAt)?.at
}

/** Outages that touched a span of time, newest first. Those of more than a month may be cut at its ends. */
async function outagesBetween({ board, store }: PastSource, from: number, to: number) {
  // An outage may begin before the span and end after it, so its events are looked for on both sides.
  const events = await store.eventsBetween(from - 30 * dayMs, to + 30 * dayMs, mostEvents)
  const complete = incidentsOf(events).map((one) => ({ ...one, endAt: one.endAt ?? endOnBoard(board, one) }))
  const incidents = entriesOf(board, complete).filter(
    ({ startAt, endAt = Number.POSITIVE_INFINITY }) => startAt < to && endAt >= from,
  )
  return { incidents, truncated: events.length === mostEvents }
}

/** Outages of the last week that are over, from the board alone. */
export function recentIncidents(board: Board, now: number): readonly IncidentEntry[] {
  const since = now - 7 * dayMs
  const recent: IncidentEntry[] = []
  for (const entry of board.entries()) {
    if ((entry.events.newest?.at ?? 0) < since) continue
    const incidents = entriesOf(board, incidentsOf(entry.events.slice().reverse()))
    for (const incident of incidents) if (incident.endAt !== undefined && incident.endAt >= since) recent.push(incident)
  }
  return recent.sort((a, b) => b.startAt - a.startAt).slice(0, 5)
}

export const monthOf = (at: number) => new Date(at).toISOString().slice(0, 7)

/** Start and end of a month such as `2026-11`, in UTC; no month begins before 1970. */
export function monthSpan(month: string): { readonly startAt: number; readonly endAt: number } | undefined {
  const [, year, number] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month) ?? []
  if (year === undefined || number === undefined || Number(year) < 1970) return undefined
  return { startAt: Date.UTC(Number(year), Number(number) - 1), endAt: Date.UTC(Number(year), Number(number)) }
}

interface Filter {
  readonly group?: string | undefined
  readonly key?: string | undefined
}

/** Maintenance in a span of time, soonest first; of what is too much, that which is nearest to `now`. */
function maintenanceOf({ board, options }: PastSource, from: number, to: number, { group, key }: Filter, now: number) {
  const fits = (one: string) =>
    (key === undefined || one === key) && (group === undefined || board.get(one)?.endpoint.group === group)
  const entries = plannedMaintenance(board, options.maintenance, from, to).filter(
    ({ keys }) => keys.length === 0 || keys.some(fits),
  )
  const begun = entries.filter(({ beginAt }) => beginAt <= now)
  return [...begun.slice(-mostMaintenance), ...entries.slice(begun.length).slice(0, mostMaintenance)]
}

/** What a month held. Nothing for what is no month, has not begun, or is narrowed to a group or endpoint not known. */
export async function historyModel(
  source: PastSource,
  month: string,
  asked: Filter,
  now: number,
): Promise<HistoryModel | undefined> {
  const span = monthSpan(month)
  if (span === undefined || span.startAt > now) return undefined
  const { board } = source
  const { startAt, endAt } = span
  const entries = board.entries()
  const chosen = asked.key === undefined ? undefined : board.get(asked.key)
  const groups = [...new Set(entries.map(({ endpoint }) => endpoint.group))].filter((group) => group !== '')
  if (asked.key !== undefined && chosen === undefined) return undefined
  if (asked.group !== undefined && !groups.includes(asked.group)) return undefined
  // Another group was chosen after the endpoint: it means that group.
  const endpoint = chosen !== undefined && [undefined, chosen.endpoint.group].includes(asked.group) ? chosen : undefined
  const filter = { group: asked.group, key: endpoint?.endpoint.key }

  const watched = endpoint === undefined ? entries : [endpoint]
  const firstResultAt = watched.reduce((oldest, entry) => Math.min(oldest, entry.firstResultAt ?? now), now)
  const found = await outagesBetween(source, startAt, endAt)
  const incidents = found.incidents.filter(
    ({ key, group }) => [undefined, group].includes(filter.group) && [undefined, key].includes(filter.key),
  )
  return {
    month,
    startAt,
    endAt,
    previousMonth: firstResultAt < startAt ? monthOf(startAt - 1) : undefined,
    nextMonth: endAt <= now ? monthOf(endAt) : undefined,
    incidents: incidents.slice(0, mostIncidents),
    truncated: found.truncated || incidents.length > mostIncidents,
    maintenance: maintenanceOf(source, Math.max(startAt, firstResultAt), endAt, filter, now),
    group: filter.group,
    endpoint: endpoint && { key: endpoint.endpoint.key, name: endpoint.endpoint.name },
    groups,
    endpoints: endpointNames(board, filter.group),
    monitoredFrom: firstResultAt > startAt ? firstResultAt : undefined,
    now,
  }
}

async function outageModel(source: PastSource, id: string, key: string, startAt: number, now: number) {
  const entry = source.board.get(key)
  if (entry === undefined) return undefined
  const { incidents } = await outagesBetween(source, startAt, startAt + 1)
  const incident = incidents.find((one) => one.id === id)
  if (incident === undefined) return undefined
  const until = incident.endAt ?? now
  const checks = entry.results
    .slice()
    .filter(({ at }) => at >= startAt - checksAround.beforeMs && at <= until + checksAround.beforeMs)
  const overlapping = await outagesBetween(source, startAt, until)
  return {
    kind: 'outage',
    incident,
    row: source.rows(entry, '24h', now),
    checks: checks.slice(0, checksAround.most).map((result) => checkOf(result, entry.endpoint)),
    related: overlapping.incidents.filter((one) => one.id !== id).slice(0, mostRelated),
    now,
  } as const
}

async function maintenanceModel(source: PastSource, id: string, now: number) {
  const { board, options, rows } = source
  const maintenance = findMaintenance(board, options.maintenance, id)
  if (maintenance === undefined) return undefined
  const covered = new Set(maintenance.keys)
  const { incidents } = await outagesBetween(source, maintenance.beginAt, maintenance.endAt)
  const shown = board.entries().filter(({ endpoint }) => covered.size === 0 || covered.has(endpoint.key))
  return {
    kind: 'maintenance',
    maintenance,
    rows: shown.slice(0, mostRows).map((entry) => rows(entry, '24h', now)),
    related: covered.size === 0 ? [] : incidents.filter(({ key }) => !covered.has(key)).slice(0, mostRelated),
    now,
  } as const
}

/** What `/incidents/{id}` shows; nothing when there is no such thing, or no more. */
export async function incidentModel(
  source: PastSource,
  id: string,
  parsed: { readonly key: string; readonly startAt: number } | undefined,
  now: number,
): Promise<IncidentModel | undefined> {
  if (id.startsWith('maintenance~')) return maintenanceModel(source, id, now)
  return parsed === undefined ? undefined : outageModel(source, id, parsed.key, parsed.startAt, now)
}

/** For feeds: the newest outages, those under way included. */
export async function newestIncidents(source: PastSource, now: number, most: number) {
  const { incidents } = await outagesBetween(source, now - 30 * dayMs, now + 1)
  return incidents.slice(0, most)
}
