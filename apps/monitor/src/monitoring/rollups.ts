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
}

/**
 * Sums results into 5-minute, hourly and daily buckets. A bucket is written when it ends and now and then before;
 * what is missing after a crash is counted again from the raw results, which are kept longer than that.
 */
export interface Rollups {
  add(result: Result): void
  /** Buckets that should be written now; all that changed, if `everything`. */
  take(now: number, everything: boolean): readonly BucketRecord[]
  /** The bucket of an endpoint that is being filled. */
  current(key: string, resolution: Resolution): Bucket | undefined
  /** Goes on with a stored bucket, and counts the raw results that came after it was written. */
  restore(key: string, resolution: Resolution, stored: Bucket | undefined, results: readonly Result[]): void
  /** Forgets all other endpoints. */
  retain(keys: ReadonlySet<string>): void
}

/** `unsavedLimit`: so many results of one bucket may wait to be written; less than the raw results that are kept. */
export function createRollups(unsavedLimit: number): Rollups {
  const open = new Map<string, Record<Resolution, OpenBucket>>()
  let ended: BucketRecord[] = []

  const begin = (startAt: number): OpenBucket => ({
    accumulator: createAccumulator(startAt),
    unsaved: 0,
    unsavedSince: 0,
  })

  const opened = (key: string, at: number) => {
    const found = open.get(key)
    if (found !== undefined) return found
    const buckets = {
      '5m': begin(bucketStart(at, '5m')),
      '1h': begin(bucketStart(at, '1h')),
      '1d': begin(bucketStart(at, '1d')),
    }
    open.set(key, buckets)
    return buckets
  }

  const addTo = (bucket: OpenBucket, result: Result) => {
    bucket.accumulator.add(result)
    if (bucket.unsaved === 0) bucket.unsavedSince = result.at
    bucket.unsaved += 1
  }

  return {
    add(result) {
      const buckets = opened(result.key, result.at)
      for (const resolution of resolutions) {
        const current = buckets[resolution]
        // A wall clock that was set back finds the bucket of a later time: it is counted there, never lost.
        if (result.at < current.accumulator.startAt + resolutionMs[resolution]) {
          addTo(current, result)
          continue
        }
        if (current.unsaved > 0) ended.push({ key: result.key, resolution, bucket: current.accumulator.bucket() })
        buckets[resolution] = begin(bucketStart(result.at, resolution))
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
          const due = current.unsaved >= unsavedLimit || Math.abs(now - current.unsavedSince) >= longestUnsavedMs
          if (!due && !everything) continue
          current.unsaved = 0
          taken.push({ key, resolution, bucket: current.accumulator.bucket() })
        }
      }
      return taken
    },
    current: (key, resolution) => open.get(key)?.[resolution].accumulator.bucket(),
    restore(key, resolution, stored, results) {
      const newest = results.at(-1)
      if (newest === undefined) return
      const startAt = bucketStart(newest.at, resolution)
      const bucket = begin(startAt)
      if (stored?.startAt === startAt) bucket.accumulator = accumulatorOf(stored)
      const throughAt = stored?.startAt === startAt ? stored.throughAt : startAt - 1
      for (const result of results) if (result.at > throughAt) addTo(bucket, result)
      opened(key, newest.at)[resolution] = bucket
    },
    retain(keys) {
      for (const key of open.keys()) if (!keys.has(key)) open.delete(key)
    },
  }
}
