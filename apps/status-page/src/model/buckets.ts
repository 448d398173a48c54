import type { Check, EndpointModel, HistoryBucket } from '../contract.ts'
import { say } from '../text/say.ts'
import { type BucketClass, expandRuns } from './history.ts'
import { latencyText } from './numbers.ts'
import { spanText, timeText } from './times.ts'

export interface NamedBucket {
  readonly bucket: HistoryBucket
  readonly kind: BucketClass
  readonly index: number
}

/** The buckets behind the bar with the class each is drawn as. Both end with the newest. */
export function namedBuckets({ row, buckets }: Pick<EndpointModel, 'row' | 'buckets'>): NamedBucket[] {
  const kinds = expandRuns(row.history)
  const offset = kinds.length - buckets.length
  return buckets.map((bucket, index) => ({ bucket, kind: kinds[index + offset] ?? 'n', index }))
}

export const bucketTime = ({ startAt, lengthMs }: HistoryBucket, now: number, zone?: string): string =>
  lengthMs === 0 ? timeText(startAt, 'seconds', zone) : spanText(startAt, lengthMs, now, zone)

/** `2 of 30 checks failed`, or that there were none. */
export const bucketFailures = ({ count, failures }: HistoryBucket): string =>
  count === 0 ? say('detail.nochecks') : say('detail.failed', { failures, n: count })

export const medianText = (ms: number): string => say('detail.median.value', { value: latencyText(ms) })

/** What is read out, and shown beside the pointer, for one bar. */
export function bucketSentence({ bucket, kind }: NamedBucket, now: number, zone?: string): string {
  const facts = [bucketTime(bucket, now, zone), say(`class.${kind}`), bucketFailures(bucket)]
  if (bucket.p50Ms !== undefined) facts.push(medianText(bucket.p50Ms))
  return facts.join(say('comma'))
}

/** The bucket that an address names by a moment within it. */
export function bucketAt(buckets: readonly NamedBucket[], at: string | undefined): NamedBucket | undefined {
  const moment = at === undefined ? Number.NaN : Date.parse(at)
  return buckets.find(
    ({ bucket: { startAt, lengthMs } }) => moment >= startAt && moment < startAt + Math.max(lengthMs, 1),
  )
}

export const checksIn = (checks: readonly Check[], { startAt, lengthMs }: HistoryBucket): readonly Check[] =>
  checks.filter(({ at }) => at >= startAt && at < startAt + Math.max(lengthMs, 1))
