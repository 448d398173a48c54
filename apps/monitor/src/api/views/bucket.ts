import type { BoardEntry } from '../../domain/board.ts'
import { mergeBuckets, type Resolution } from '../../domain/bucket.ts'
import { failureReason } from '../../domain/result.ts'
import type { BucketDetail } from '../contract.ts'
import type { HistorySource } from './history.ts'
import { historyBucket, readBuckets } from './history.ts'

const minuteMs = 60_000
const longestMs = 366 * 24 * 60 * minuteMs

const resolutions: readonly (readonly [Resolution, lengthMs: number])[] = [
  ['1d', 24 * 60 * minuteMs],
  ['1h', 60 * minuteMs],
  ['5m', 5 * minuteMs],
]

export interface Span {
  readonly startAt: number
  readonly endAt: number
  /** The coarsest roll-up that both ends lie on. */
  readonly resolution: Resolution
}

/** The span between two ISO moments; undefined when they are none, or lie on no roll-up. */
export function spanOf(from: string | undefined, to: string | undefined): Span | undefined {
  const startAt = Date.parse(from ?? '')
  const endAt = Date.parse(to ?? '')
  if (!(startAt < endAt && endAt - startAt <= longestMs)) return undefined
  const [resolution] = resolutions.find(([, length]) => startAt % length === 0 && endAt % length === 0) ?? []
  return resolution && { startAt, endAt, resolution }
}

/** Counts, times and the first failure of one endpoint within a span. */
export async function bucketDetail(
  source: HistorySource,
  entry: BoardEntry,
  { startAt, endAt, resolution }: Span,
  now: number,
): Promise<BucketDetail> {
  const parts = await readBuckets(source, entry.endpoint.key, resolution, startAt, endAt)
  const bucket = historyBucket(entry, mergeBuckets(parts, startAt), endAt - startAt, now)
  return { ...bucket, firstFailure: bucket.failures === 0 ? undefined : firstFailure(entry, startAt, endAt) }
}

/** From the checks that are still kept one by one, else from the outage that lasted then. */
function firstFailure(
  { endpoint, results, events }: BoardEntry,
  from: number,
  to: number,
): BucketDetail['firstFailure'] {
  const oldest = results.at(0)
  if (oldest !== undefined && oldest.at <= from) {
    const failed = results.slice(0).find(({ at, success }) => at >= from && at < to && !success)
    return failed && { at: failed.at, reason: failureReason(failed) }
  }
  const { hideErrors, hideConditions } = endpoint.display
  let endedAt = Number.POSITIVE_INFINITY
  let first: BucketDetail['firstFailure']
  for (const { type, at, reason } of events.slice(0).reverse()) {
    if (type === 'UNHEALTHY' && at < to && endedAt > from) {
      first = { at: Math.max(at, from), reason: hideErrors && hideConditions ? undefined : reason }
    }
    if (at < from) break
    endedAt = at
  }
  return first
}
