import type { BoardEntry } from '../../domain/board.ts'
import type { Bucket, Resolution } from '../../domain/bucket.ts'
import { mergeBuckets } from '../../domain/bucket.ts'
import { quantile } from '../../domain/histogram.ts'
import type { Store } from '../../domain/ports.ts'
import type { History, HistoryBucket } from '../contract.ts'
import { expectedChecks, uptimeFigure } from './row.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** Windows of the history route: how long, in buckets of which length, read from which roll-up. */
export const historyWindows = {
  '1h': { lengthMs: hourMs, bucketMs: 5 * minuteMs, resolution: '5m' },
  '24h': { lengthMs: dayMs, bucketMs: 5 * minuteMs, resolution: '5m' },
  '7d': { lengthMs: 7 * dayMs, bucketMs: hourMs, resolution: '1h' },
  '30d': { lengthMs: 30 * dayMs, bucketMs: 2 * hourMs, resolution: '1h' },
  '90d': { lengthMs: 90 * dayMs, bucketMs: 6 * hourMs, resolution: '1h' },
  '1y': { lengthMs: 365 * dayMs, bucketMs: dayMs, resolution: '1d' },
} as const satisfies Record<string, { lengthMs: number; bucketMs: number; resolution: Resolution }>

export type HistoryWindow = keyof typeof historyWindows

export const isHistoryWindow = (text: string | undefined): text is HistoryWindow =>
  text !== undefined && Object.hasOwn(historyWindows, text)

/** Where roll-ups come from: those that ended from the store, the one being filled from memory. */
export interface HistorySource {
  readonly store: Pick<Store, 'buckets'>
  readonly current: (key: string, resolution: Resolution) => Bucket | undefined
}

/** The roll-ups of an endpoint that start at or after `from` and before `to`, oldest first. */
export async function readBuckets(
  { store, current }: HistorySource,
  key: string,
  resolution: Resolution,
  from: number,
  to: number,
): Promise<readonly Bucket[]> {
  const stored = await store.buckets(key, resolution, from, to)
  const open = current(key, resolution)
  if (open === undefined || open.startAt < from || open.startAt >= to) return stored
  return [...stored.filter(({ startAt }) => startAt !== open.startAt), open]
}

/** Quantiles of a bucket, kept within what was seen. */
export function quantilesOf({ histogram, minMs, maxMs, count }: Bucket) {
  if (count === 0) return {}
  const at = (share: number) => Math.min(Math.max(quantile(histogram, share) ?? minMs, minMs), maxMs)
  return { minMs, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), maxMs }
}

/** A roll-up as it is told. */
export function historyBucket(entry: BoardEntry, bucket: Bucket, lengthMs: number, now: number): HistoryBucket {
  return {
    startAt: bucket.startAt,
    lengthMs,
    count: bucket.count,
    failures: bucket.count - bucket.successes,
    maintenance: bucket.maintenanceCount,
    expected: expectedChecks(entry, bucket.startAt, Math.min(bucket.startAt + lengthMs, now)),
    ...quantilesOf(bucket),
  }
}

/** Puts roll-ups into buckets of `bucketMs` from `startAt` to `endAt`; those without results are there, empty. */
export function regroup(
  entry: BoardEntry,
  buckets: readonly Bucket[],
  { startAt, endAt, bucketMs }: { readonly startAt: number; readonly endAt: number; readonly bucketMs: number },
  now: number,
): readonly HistoryBucket[] {
  const members = new Map<number, Bucket[]>()
  for (const bucket of buckets) {
    const slot = Math.floor((bucket.startAt - startAt) / bucketMs)
    const list = members.get(slot)
    if (list === undefined) members.set(slot, [bucket])
    else list.push(bucket)
  }
  const grouped: HistoryBucket[] = []
  for (let at = startAt, slot = 0; at < endAt; at += bucketMs, slot += 1) {
    grouped.push(historyBucket(entry, mergeBuckets(members.get(slot) ?? [], at), bucketMs, now))
  }
  return grouped
}

/** The history of one endpoint over a window that ends now. */
export async function historyOf(
  source: HistorySource,
  entry: BoardEntry,
  window: HistoryWindow,
  now: number,
  excludeMaintenance: boolean,
): Promise<History> {
  const { lengthMs, bucketMs, resolution } = historyWindows[window]
  const endAt = (Math.floor(now / bucketMs) + 1) * bucketMs
  const startAt = endAt - Math.ceil(lengthMs / bucketMs) * bucketMs
  const { key } = entry.endpoint
  const buckets = await readBuckets(source, key, resolution, startAt, endAt)
  const whole = mergeBuckets(buckets, startAt)
  const expected = expectedChecks(entry, startAt, now)
  return {
    key,
    window,
    startAt,
    endAt,
    uptime: uptimeFigure(whole, expected, excludeMaintenance),
    coverage: expected === 0 ? (whole.count > 0 ? 1 : 0) : Math.min(whole.count / expected, 1),
    ...quantilesOf(whole),
    buckets: regroup(entry, buckets, { startAt, endAt, bucketMs }, now),
  }
}
