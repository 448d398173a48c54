import type { Bucket } from './bucket.ts'
import { resolutionMs } from './bucket.ts'
import type { Result } from './result.ts'

/** The windows that uptime and response time are given for. */
export const uptimeWindowsMs = {
  '1h': resolutionMs['1h'],
  '24h': resolutionMs['1d'],
  '7d': 7 * resolutionMs['1d'],
  '30d': 30 * resolutionMs['1d'],
} as const

export type UptimeWindow = keyof typeof uptimeWindowsMs

/** Results of a window, summed up. */
export interface WindowStats {
  /** Results that count for uptime, and of them the successful ones. */
  readonly count: number
  readonly successes: number
  /** All results, and their response times in whole milliseconds. */
  readonly timedCount: number
  readonly sumMs: number
}

export interface UptimeOptions {
  /** Leave results inside maintenance windows out of uptime. Response times keep them. */
  readonly excludeMaintenance: boolean
}

const keepAll: UptimeOptions = { excludeMaintenance: false }

type BucketSums = Pick<
  Bucket,
  'startAt' | 'count' | 'successes' | 'maintenanceCount' | 'maintenanceSuccesses' | 'sumMs'
>
type ResultSums = Pick<Result, 'at' | 'success' | 'durationMs' | 'maintenance'>

/** The results after `from`, one by one. */
export function statsOfResults(
  results: Iterable<ResultSums>,
  from: number,
  { excludeMaintenance } = keepAll,
): WindowStats {
  const stats = { count: 0, successes: 0, timedCount: 0, sumMs: 0 }
  for (const { at, success, durationMs, maintenance } of results) {
    if (at <= from) continue
    stats.timedCount++
    stats.sumMs += Math.trunc(durationMs)
    if (excludeMaintenance && maintenance) continue
    stats.count++
    if (success) stats.successes++
  }
  return stats
}

/** The buckets that start at or after `from`. */
export function statsOfBuckets(
  buckets: Iterable<BucketSums>,
  from: number,
  { excludeMaintenance } = keepAll,
): WindowStats {
  const stats = { count: 0, successes: 0, timedCount: 0, sumMs: 0 }
  for (const bucket of buckets) {
    if (bucket.startAt < from) continue
    stats.timedCount += bucket.count
    stats.sumMs += bucket.sumMs
    stats.count += excludeMaintenance ? bucket.count - bucket.maintenanceCount : bucket.count
    stats.successes += excludeMaintenance ? bucket.successes - bucket.maintenanceSuccesses : bucket.successes
  }
  return stats
}

/** What is known of an endpoint, each list up to now: buckets that are still being filled belong in it. */
export interface RecentHistory {
  readonly results: Iterable<ResultSums>
  readonly fiveMinutes: Iterable<BucketSums>
  readonly hours: Iterable<BucketSums>
}

/**
 * A window that ends at `now`. The last hour is counted result by result; longer windows in whole clock hours (UTC),
 * those that start inside the window.
 */
export function windowStats(
  window: UptimeWindow,
  { results, fiveMinutes, hours }: RecentHistory,
  now: number,
  options = keepAll,
): WindowStats {
  const from = now - uptimeWindowsMs[window]
  if (window !== '1h') return statsOfBuckets(hours, from, options)
  const exact = statsOfResults(results, from, options)
  // Frequent checks: the raw results that are kept do not reach back an hour, but buckets know of more.
  const coarse = statsOfBuckets(fiveMinutes, from + 1, options)
  return coarse.timedCount > exact.timedCount ? coarse : exact
}

/** Share of successful results, 0 to 1; 0 when there are none. */
export const uptimeOf = ({ count, successes }: Pick<WindowStats, 'count' | 'successes'>) =>
  count === 0 ? 0 : successes / count

/** Whole milliseconds; 0 when there are no results. */
export const averageMsOf = ({ timedCount, sumMs }: Pick<WindowStats, 'timedCount' | 'sumMs'>) =>
  timedCount === 0 ? 0 : Math.trunc(sumMs / timedCount)

/** Average response time in whole milliseconds of each clock hour with results that starts at or after `from`. */
export function hourlyAverages(
  hours: Iterable<BucketSums>,
  from: number,
): readonly { readonly startAt: number; readonly averageMs: number }[] {
  const averages = []
  for (const { startAt, count, sumMs } of hours) {
    if (startAt >= from && count > 0) averages.push({ startAt, averageMs: Math.trunc(sumMs / count) })
  }
  return averages
}
