import type { Histogram } from './histogram.ts'
import { addToHistogram, emptyHistogram, mergeHistograms } from './histogram.ts'
import type { Result } from './result.ts'

/** How long a roll-up bucket is. Buckets start at multiples of their length since 1970, in UTC. */
export type Resolution = '5m' | '1h' | '1d'

export const resolutionMs: Readonly<Record<Resolution, number>> = {
  '5m': 5 * 60_000,
  '1h': 60 * 60_000,
  '1d': 24 * 60 * 60_000,
}

/** The results of one endpoint in one span of time, summed up. */
export interface Bucket {
  /** Milliseconds since 1970. */
  readonly startAt: number
  /** All results, those inside maintenance windows included. */
  readonly count: number
  readonly successes: number
  /** Of `count`, those inside a maintenance window. */
  readonly maintenanceCount: number
  /** Of `successes`, those inside a maintenance window. */
  readonly maintenanceSuccesses: number
  /** Response times in milliseconds, truncated to whole ones before summing, as the uptime API asks. */
  readonly sumMs: number
  readonly minMs: number
  readonly maxMs: number
  /** Response times; mergeable, answers quantiles. */
  readonly histogram: Histogram
  /** Time of the newest result in it, so that a restart knows which raw results it already holds. */
  readonly throughAt: number
}

/** What a bucket takes from a result. */
export type Summed = Pick<Result, 'at' | 'success' | 'durationMs' | 'maintenance'>

/** A bucket that is still being filled. */
export interface BucketAccumulator {
  readonly startAt: number
  /** Adds a result, which must lie in the span of the bucket. */
  add(result: Summed): void
  /** The bucket as it is now; later results do not change it. */
  bucket(): Bucket
}

/** The start of the bucket that a moment falls into. */
export const bucketStart = (at: number, resolution: Resolution) =>
  Math.floor(at / resolutionMs[resolution]) * resolutionMs[resolution]

/** A bucket without results: times are 0, and `throughAt` lies before its start. */
export const emptyBucket = (startAt: number): Bucket => ({
  startAt,
  count: 0,
  successes: 0,
  maintenanceCount: 0,
  maintenanceSuccesses: 0,
  sumMs: 0,
  minMs: 0,
  maxMs: 0,
  histogram: emptyHistogram(),
  throughAt: startAt - 1,
})

export const createAccumulator = (startAt: number): BucketAccumulator => accumulatorOf(emptyBucket(startAt))

/** Goes on filling a bucket, such as one that a restart found in the store. */
export function accumulatorOf(bucket: Bucket): BucketAccumulator {
  const { startAt } = bucket
  const sums = { ...bucket }
  const histogram = [...bucket.histogram]
  return {
    startAt,
    add({ at, success, durationMs, maintenance }) {
      sums.minMs = sums.count === 0 ? durationMs : Math.min(sums.minMs, durationMs)
      sums.maxMs = Math.max(sums.maxMs, durationMs)
      sums.sumMs += Math.trunc(durationMs)
      sums.throughAt = Math.max(sums.throughAt, at)
      sums.count++
      if (success) sums.successes++
      if (maintenance) sums.maintenanceCount++
      if (maintenance && success) sums.maintenanceSuccesses++
      addToHistogram(histogram, durationMs)
    },
    bucket: () => ({ ...sums, histogram: histogram.slice() }),
  }
}

/** Sums up buckets into a longer one. */
export function mergeBuckets(buckets: Iterable<Bucket>, startAt: number): Bucket {
  const merged = { ...emptyBucket(startAt) }
  const histograms: Histogram[] = []
  for (const bucket of buckets) {
    if (bucket.count === 0) continue
    merged.minMs = merged.count === 0 ? bucket.minMs : Math.min(merged.minMs, bucket.minMs)
    merged.maxMs = Math.max(merged.maxMs, bucket.maxMs)
    merged.sumMs += bucket.sumMs
    merged.throughAt = Math.max(merged.throughAt, bucket.throughAt)
    merged.count += bucket.count
    merged.successes += bucket.successes
    merged.maintenanceCount += bucket.maintenanceCount
    merged.maintenanceSuccesses += bucket.maintenanceSuccesses
    histograms.push(bucket.histogram)
  }
  return { ...merged, histogram: mergeHistograms(histograms) }
}
