import type { Histogram } from './histogram.ts'

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
