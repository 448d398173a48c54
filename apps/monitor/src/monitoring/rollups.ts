import type { Bucket, BucketAccumulator, Resolution } from '../domain/bucket.ts'
import { accumulatorOf, bucketStart, createAccumulator, resolutionMs } from '../domain/bucket.ts'
import type { BucketRecord } from '../domain/ports.ts'
import type { Result } from '../domain/result.ts'

const resolutions: readonly Resolution[] = ['5m', '1h', '1d']

/** A bucket that is still being filled is written at least this often, while it changes. */
const longestUnsavedMs = 30_000

interface OpenBucket {
  accumulator: BucketAccumulator
  /** Results that the store does not know this bucket holds. */
  unsaved: number
  /** When the oldest of them came. */
  unsavedSince: number
  /** Holds only what is to be added to the bucket in the store, since the clock was set back to that. */
  adds: boolean
  /** To be written together with its newest result: a restart could not tell whether it holds that. */
  urgent: boolean
  /** When the newest of all results in it came. */
  throughAt: number
  /** Start of the latest bucket there is, which this one may lie before. */
  latestStartAt: number
}

/**
 * Sums results into 5-minute, hourly and daily buckets. A bucket is written when it ends and now and then before;
 * what is missing after a crash is counted again from the raw results, which are kept longer than that. Raw results
 * that are not newer than all before them, since the clock was set back, are not counted again: so the buckets that
 * count them are written in the same batch.
 */
export interface Rollups {
  add(result: Result): void
  /** Buckets that should be written now; all that changed, if `everything`. */
  take(now: number, everything: boolean): readonly BucketRecord[]
  /** The bucket of an endpoint that is being filled, if it is known here as a whole. */
  current(key: string, resolution: Resolution): Bucket | undefined
  /**
   * Goes on with a stored bucket, and counts the raw results that came after it was written. `stored` begins with the
   * bucket of the newest result, if it is stored, and has those after it, should the clock have been ahead.
   */
  restore(key: string, resolution: Resolution, stored: readonly Bucket[], results: readonly Result[]): void
  /** Takes over the endpoints that others were restored for. */
  adopt(restored: Rollups): void
  /** By the keys of their endpoints. */
  readonly open: ReadonlyMap<string, Record<Resolution, OpenBucket>>
  /** Forgets all other endpoints. */
  retain(keys: ReadonlySet<string>): void
}

/** `unsavedLimit`: so many results of one bucket may wait to be written; less than the raw results that are kept. */
export function createRollups(unsavedLimit: number): Rollups {
  const open = new Map<string, Record<Resolution, OpenBucket>>()
  let ended: BucketRecord[] = []

  const begin = (startAt: number, latestStartAt: number): OpenBucket => ({
    accumulator: createAccumulator(startAt),
    unsaved: 0,
    unsavedSince: 0,
    adds: startAt <= latestStartAt,
    urgent: false,
    throughAt: -Infinity,
    latestStartAt: Math.max(startAt, latestStartAt),
  })

  const opened = (key: string, at: number) => {
    const found = open.get(key)
    if (found !== undefined) return found
    const buckets = {
      '5m': begin(bucketStart(at, '5m'), -Infinity),
      '1h': begin(bucketStart(at, '1h'), -Infinity),
      '1d': begin(bucketStart(at, '1d'), -Infinity),
    }
    open.set(key, buckets)
    return buckets
  }

  const addTo = (bucket: OpenBucket, result: Result) => {
    bucket.accumulator.add(result)
    if (bucket.unsaved === 0) bucket.unsavedSince = result.at
    bucket.unsaved += 1
    if (bucket.adds || result.at <= bucket.throughAt) bucket.urgent = true
    bucket.throughAt = Math.max(bucket.throughAt, result.at)
  }

  /** What of a bucket is to be written; afterwards it counts as written. */
  const takeOut = (key: string, resolution: Resolution, current: OpenBucket): BucketRecord => {
    const bucket = current.accumulator.bucket()
    current.unsaved = 0
    current.urgent = false
    if (!current.adds) return { key, resolution, bucket }
    current.accumulator = createAccumulator(bucket.startAt)
    return { key, resolution, bucket, adds: true }
  }

  return {
    open,
    adopt(restored) {
      for (const [key, buckets] of restored.open) open.set(key, buckets)
    },
    add(result) {
      const buckets = opened(result.key, result.at)
      for (const resolution of resolutions) {
        const current = buckets[resolution]
        const startAt = bucketStart(result.at, resolution)
        if (startAt === current.accumulator.startAt) {
          addTo(current, result)
          continue
        }
        if (current.unsaved > 0) ended.push(takeOut(result.key, resolution, current))
        buckets[resolution] = begin(startAt, current.latestStartAt)
        addTo(buckets[resolution], result)
      }
    },
    take(now, everything) {
      const taken = ended
      ended = []
      for (const [key, buckets] of open) {
        for (const resolution of resolutions) {
          const current = buckets[resolution]
          if (current.unsaved === 0) continue
          const isOld = Math.abs(now - current.unsavedSince) >= longestUnsavedMs
          const due = current.urgent || current.unsaved >= unsavedLimit || isOld
          if (due || everything) taken.push(takeOut(key, resolution, current))
        }
      }
      return taken
    },
    current(key, resolution) {
      const current = open.get(key)?.[resolution]
      return current === undefined || current.adds ? undefined : current.accumulator.bucket()
    },
    restore(key, resolution, stored, results) {
      const newest = results.at(-1)
      if (newest === undefined) return
      const startAt = bucketStart(newest.at, resolution)
      const bucket = begin(startAt, -Infinity)
      const [same] = stored
      if (same?.startAt === startAt) bucket.accumulator = accumulatorOf(same)
      const writtenThroughAt = same?.startAt === startAt ? same.throughAt : startAt - 1
      const endAt = startAt + resolutionMs[resolution]
      for (const result of results) if (result.at > writtenThroughAt && result.at < endAt) addTo(bucket, result)
      bucket.throughAt = Math.max(bucket.throughAt, writtenThroughAt)
      bucket.latestStartAt = Math.max(startAt, stored.at(-1)?.startAt ?? startAt)
      opened(key, newest.at)[resolution] = bucket
    },
    retain(keys) {
      for (const key of open.keys()) if (!keys.has(key)) open.delete(key)
    },
  }
}
