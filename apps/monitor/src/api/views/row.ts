import type { BoardEntry } from '../../domain/board.ts'
import type { Endpoint } from '../../domain/endpoint.ts'
import { isUnderMaintenance } from '../../domain/maintenance.ts'
import { failureReason } from '../../domain/result.ts'
import type { BarRange, EndpointRow, State, UptimeFigure } from '../contract.ts'
import { axisOf, checksShown, historyBar, timedRanges } from './bar.ts'

const dayMs = 24 * 60 * 60_000

/** Without a result for so many intervals, an endpoint's state is old news. */
const staleIntervals = 3

/** Configuration that decides how results are shown. */
export interface RowOptions {
  readonly maintenance: Parameters<typeof isUnderMaintenance>[0]
  readonly excludeMaintenance: boolean
}

export const stateOf = (entry: BoardEntry, options: RowOptions, now: number): State =>
  stateAt(entry.endpoint, entry.results.newest?.success, options, now)

/** What the state was after the result before the newest one, which had this success. */
export function stateBefore(entry: BoardEntry, success: boolean | undefined, options: RowOptions): State {
  const { endpoint, results } = entry
  const at = results.at(-2)?.at ?? (results.newest?.at ?? 0) - endpoint.intervalMs
  return stateAt(endpoint, success, options, at)
}

function stateAt(
  { maintenanceWindows }: Endpoint,
  success: boolean | undefined,
  options: RowOptions,
  at: number,
): State {
  if (isUnderMaintenance(options.maintenance, at) || isUnderMaintenance(maintenanceWindows, at)) return 'maintenance'
  if (success === undefined) return 'pending'
  return success ? 'up' : 'down'
}

/** Whether results stopped coming. Disabled endpoints are not expected to have any. */
export function isStale(entry: BoardEntry, now: number): boolean {
  const newest = entry.results.newest
  const { intervalMs } = entry.endpoint
  return newest !== undefined && now - newest.at > staleIntervals * intervalMs + entry.endpoint.client.timeoutMs
}

/** The host of an endpoint's url, unless it is hidden or part of a hidden url. */
export function shownHost({ url, display }: Endpoint): string | undefined {
  if (display.hideHostname || display.hideUrl) return undefined
  try {
    const { host, hostname } = new URL(url)
    return (display.hidePort ? hostname : host) || undefined
  } catch {
    return undefined
  }
}

/** Median response time of the newest successful checks, in milliseconds. */
export function recentLatency({ results }: BoardEntry): number | undefined {
  const durations = results.successfulDurations(20).sort((a, b) => a - b)
  return durations[durations.length >> 1]
}

/** How many checks an endpoint should have had in a span of time, given when it was first seen. */
export function expectedChecks(entry: BoardEntry, from: number, to: number): number {
  const since = Math.max(from, entry.firstResultAt ?? to)
  return Math.max(Math.floor((to - since) / entry.endpoint.intervalMs), 0)
}

type Counts = {
  readonly count: number
  readonly successes: number
  readonly maintenanceCount: number
  readonly maintenanceSuccesses: number
}

/** What counts for uptime of what was counted. */
export const uptimeFigure = (tally: Counts, expected: number, excludeMaintenance: boolean): UptimeFigure =>
  excludeMaintenance
    ? {
        count: tally.count - tally.maintenanceCount,
        successes: tally.successes - tally.maintenanceSuccesses,
        expected: Math.max(expected - tally.maintenanceCount, 0),
      }
    : { count: tally.count, successes: tally.successes, expected: Math.max(expected, tally.count) }

function checksFigure({ results }: BoardEntry, excludeMaintenance: boolean): UptimeFigure {
  const shown = results.slice(results.length - checksShown).filter((one) => !(excludeMaintenance && one.maintenance))
  return { count: shown.length, successes: shown.filter(({ success }) => success).length, expected: shown.length }
}

/** Uptime over a range of the history bar. */
export function rangeUptime(
  entry: BoardEntry,
  range: BarRange,
  now: number,
  excludeMaintenance: boolean,
): UptimeFigure {
  if (range === 'checks') return checksFigure(entry, excludeMaintenance)
  const { startAt, endAt } = axisOf(range, now)
  const tally = entry.series(timedRanges[range].resolution).sum(startAt, endAt)
  return uptimeFigure(tally, expectedChecks(entry, startAt, now), excludeMaintenance)
}

/** When the endpoint last was down within the range. */
function lastOutage({ events }: BoardEntry, from: number): EndpointRow['lastOutage'] {
  for (let index = events.length - 1; index >= 0; index -= 1) {
    const event = events.at(index)
    if (event?.type !== 'UNHEALTHY') continue
    const endAt = events.at(index + 1)?.at
    return endAt !== undefined && endAt < from ? undefined : { startAt: event.at, endAt }
  }
  return undefined
}

const rangeStart = (entry: BoardEntry, range: BarRange, now: number) =>
  range === 'checks' ? ((entry.results.at(-checksShown) ?? entry.results.at(0))?.at ?? now) : axisOf(range, now).startAt

function buildRow(entry: BoardEntry, range: BarRange, options: RowOptions, now: number): EndpointRow {
  const { endpoint, results, events } = entry
  const newest = results.newest
  const state = stateOf(entry, options, now)
  const { display } = endpoint
  const reasonHidden = display.hideErrors && display.hideConditions
  const failuresToday = entry.series('5m').sum(now - dayMs, now + dayMs)
  return {
    key: endpoint.key,
    name: endpoint.name,
    group: endpoint.group,
    type: endpoint.type,
    host: shownHost(endpoint),
    state,
    sinceAt: state === 'maintenance' || newest === undefined ? undefined : events.newest?.at,
    lastCheckAt: newest?.at,
    intervalMs: endpoint.intervalMs,
    reason: newest === undefined || reasonHidden ? undefined : failureReason(newest),
    latencyMs: recentLatency(entry),
    unstable: newest?.success === true && failuresToday.successes < failuresToday.count,
    stale: endpoint.enabled && isStale(entry, now),
    history: historyBar(entry, range, now),
    uptime: rangeUptime(entry, range, now, options.excludeMaintenance),
    lastOutage: lastOutage(entry, rangeStart(entry, range, now)),
  }
}

interface CachedRow {
  readonly row: EndpointRow
  readonly version: number
  readonly state: State
  readonly stale: boolean
  /** End of the bar's last bucket: from then on the bar is another one. */
  readonly validUntil: number
}

/** Rows of the board. As long as nothing in a row changes, the same object is handed out again. */
export function createRows(options: () => RowOptions) {
  const cached = new WeakMap<BoardEntry, Map<BarRange, CachedRow>>()

  return (entry: BoardEntry, range: BarRange, now: number): EndpointRow => {
    const rows = cached.get(entry) ?? new Map<BarRange, CachedRow>()
    cached.set(entry, rows)
    const known = rows.get(range)
    const state = stateOf(entry, options(), now)
    const stale = entry.endpoint.enabled && isStale(entry, now)
    if (known?.version === entry.version && known.state === state && known.stale === stale && now < known.validUntil) {
      return known.row
    }
    const row = buildRow(entry, range, options(), now)
    const validUntil = axisOf(range === 'checks' ? '24h' : range, now).endAt
    rows.set(range, { row, version: entry.version, state, stale, validUntil })
    return row
  }
}

export type Rows = ReturnType<typeof createRows>
