import type { BoardEntry } from '../../domain/board.ts'
import { mergeBuckets } from '../../domain/bucket.ts'
import type { Endpoint } from '../../domain/endpoint.ts'
import type { Result } from '../../domain/result.ts'
import type { BarRange, Check, EndpointModel, EventEntry, HistoryBucket, UptimeFigure } from '../contract.ts'
import { axisOf, checksShown, timedRanges } from './bar.ts'
import type { HistorySource, HistoryWindow } from './history.ts'
import { historyWindows, quantilesOf, readBuckets, regroup } from './history.ts'
import type { Rows } from './row.ts'
import { expectedChecks, uptimeFigure } from './row.ts'

const checksListed = 100
const eventsListed = 50
const dayMs = 24 * 60 * 60_000

/** A result as it is shown. What is hidden now may still be stored from before it was. */
export const checkOf = (result: Result, { display }: Endpoint): Check => ({
  at: result.at,
  success: result.success,
  maintenance: result.maintenance,
  durationMs: result.durationMs,
  status: result.status,
  conditions: display.hideConditions ? [] : result.conditions,
  errors: display.hideErrors ? [] : result.errors,
  phases: result.phases,
})

const singleCheck = ({ at, success, maintenance, durationMs }: Result): HistoryBucket => ({
  startAt: at,
  lengthMs: 0,
  count: 1,
  failures: success ? 0 : 1,
  maintenance: maintenance ? 1 : 0,
  expected: 1,
  minMs: durationMs,
  p50Ms: durationMs,
  p95Ms: durationMs,
  p99Ms: durationMs,
  maxMs: durationMs,
})

function eventEntries({ events, endpoint }: BoardEntry): readonly EventEntry[] {
  const hidden = endpoint.display.hideErrors && endpoint.display.hideConditions
  const newestFirst = events.slice().reverse()
  return newestFirst.slice(0, eventsListed).map(({ type, at, reason }, index) => ({
    type,
    at,
    untilAt: newestFirst[index - 1]?.at,
    reason: hidden ? undefined : reason,
  }))
}

function uptimesOf(entry: BoardEntry, now: number, excludeMaintenance: boolean): EndpointModel['uptimes'] {
  const over = (days: number, resolution: '5m' | '1h' | '1d'): UptimeFigure => {
    const { slotMs } = entry.series(resolution)
    // Whole slots are summed, so that is what checks are expected in.
    const from = Math.ceil((now - days * dayMs) / slotMs) * slotMs
    const tally = entry.series(resolution).sum(from, now + slotMs)
    return uptimeFigure(tally, expectedChecks(entry, from, now), excludeMaintenance)
  }
  return { '24h': over(1, '5m'), '7d': over(7, '1h'), '30d': over(30, '1h'), '90d': over(90, '1d') }
}

/** Response time limits in milliseconds that conditions such as `[RESPONSE_TIME] < 300` name. */
export function latencyLimits(conditions: readonly string[], parse: (text: string) => number | undefined): number[] {
  const limits: number[] = []
  for (const condition of conditions) {
    const limit = /^\s*\[RESPONSE_TIME\]\s+<=?\s+(\S+)\s*$/i.exec(condition)?.[1]
    const ms = limit === undefined ? undefined : /^\d+(\.\d+)?$/.test(limit) ? Number(limit) : parse(limit)
    if (ms !== undefined) limits.push(ms)
  }
  return limits
}

/** The chart of a range has finer buckets than its bar. */
const chartWindow: Readonly<Record<BarRange, HistoryWindow>> = {
  checks: '1h',
  '24h': '24h',
  '7d': '7d',
  '30d': '30d',
  '90d': '90d',
}

async function chartOf(source: HistorySource, entry: BoardEntry, range: BarRange, now: number) {
  if (range === 'checks') return entry.results.slice(entry.results.length - checksShown).map(singleCheck)
  const { bucketMs, lengthMs, resolution } = historyWindows[chartWindow[range]]
  const endAt = (Math.floor(now / bucketMs) + 1) * bucketMs
  const startAt = endAt - lengthMs
  const buckets = await readBuckets(source, entry.endpoint.key, resolution, startAt, endAt)
  return regroup(entry, buckets, { startAt, endAt, bucketMs }, now)
}

async function barBuckets(source: HistorySource, entry: BoardEntry, range: BarRange, now: number) {
  if (range === 'checks') return entry.results.slice(entry.results.length - checksShown).map(singleCheck)
  const axis = axisOf(range, now)
  const { resolution } = timedRanges[range]
  const buckets = await readBuckets(source, entry.endpoint.key, resolution, axis.startAt, axis.endAt)
  return regroup(entry, buckets, axis, now)
}

async function responseOf(source: HistorySource, { endpoint }: BoardEntry, now: number) {
  const buckets = await readBuckets(source, endpoint.key, '5m', now - dayMs, now + dayMs)
  const { p50Ms, p95Ms, maxMs } = {
    p50Ms: undefined,
    p95Ms: undefined,
    maxMs: undefined,
    ...quantilesOf(mergeBuckets(buckets, now)),
  }
  return { p50Ms, p95Ms, maxMs }
}

/** When a time left that was seen with a result runs out. */
const expiry = (result: Result | undefined, left: number | undefined) =>
  result === undefined || left === undefined || left === 0 ? undefined : result.at + left

export async function endpointModel(
  outside: {
    readonly source: HistorySource
    readonly rows: Rows
    readonly excludeMaintenance: boolean
    readonly parseDuration: (text: string) => number | undefined
  },
  entry: BoardEntry,
  range: BarRange,
  now: number,
  sequence: number,
): Promise<EndpointModel> {
  const { source, rows, excludeMaintenance, parseDuration } = outside
  const newest = entry.results.newest
  const [buckets, chart, response] = await Promise.all([
    barBuckets(source, entry, range, now),
    chartOf(source, entry, range, now),
    responseOf(source, entry, now),
  ])
  return {
    row: rows(entry, range, now),
    range,
    buckets,
    uptimes: uptimesOf(entry, now, excludeMaintenance),
    response,
    certificateExpiresAt: expiry(newest, newest?.certificateExpirationMs),
    domainExpiresAt: expiry(newest, newest?.domainExpirationMs),
    latencyLimitsMs: latencyLimits(entry.endpoint.conditions, parseDuration),
    checks: entry.results
      .slice(entry.results.length - checksListed)
      .toReversed()
      .map((result) => checkOf(result, entry.endpoint)),
    events: eventEntries(entry),
    chart,
    now,
    sequence,
  }
}
