import { sql } from 'drizzle-orm'
import type { Bucket, Resolution } from '../../domain/bucket.ts'
import { bucketStart, resolutionMs, mergeBuckets as summed } from '../../domain/bucket.ts'
import { decodeHistogram, encodeHistogram } from '../../domain/histogram.ts'
import type { Tally } from '../../domain/ports.ts'
import type { Db } from './database.ts'
import { bufferOf } from './database.ts'
import type { KnownEndpoint } from './endpoints.ts'

export const resolutions: readonly Resolution[] = ['5m', '1h', '1d']

/** How a resolution is called in rows. */
export const minutesOf = (resolution: Resolution) => resolutionMs[resolution] / 60_000

export function createBuckets(db: Db) {
  // Reads of thousands of rows for a page and of millions at a start, writes of every endpoint at once: the driver's own
  // statements take half the time.
  const upsert = db.$client.prepare<StoredRow>(
    `insert into buckets (endpoint_id, minutes, start_at, count, successes, maintenance_count, maintenance_successes,
        sum, min, max, histogram, through) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (endpoint_id, minutes, start_at) do update set count = excluded.count, successes = excluded.successes,
        maintenance_count = excluded.maintenance_count, maintenance_successes = excluded.maintenance_successes,
        sum = excluded.sum, min = excluded.min, max = excluded.max, histogram = excluded.histogram,
        through = excluded.through`,
  )
  const range = db.$client
    .prepare<[number, number, number, number], StoredBucket>(
      `select start_at, count, successes, maintenance_count, maintenance_successes, sum, min, max, histogram, through
        from buckets where endpoint_id = ? and minutes = ? and start_at >= ? and start_at < ? order by start_at`,
    )
    .raw()
  // As one text: of a million rows at a start, each of its own would be garbage that outlives the statement.
  const counts = db.$client
    .prepare<[number, number, number], string | null>(
      `select group_concat(line) from (
        select format('%d,%d,%d,%d,%d,%d', start_at, count, successes, maintenance_count, maintenance_successes, sum)
          as line from buckets where endpoint_id = ? and minutes = ? and start_at >= ? order by start_at)`,
    )
    .pluck()

  const save = (endpointId: number, resolution: Resolution, bucket: Bucket): void => {
    upsert.run(...rowOf(endpointId, minutesOf(resolution), bucket))
  }

  const read = (endpointId: number, resolution: Resolution, from: number, to: number): readonly Bucket[] =>
    range.all(endpointId, minutesOf(resolution), from, to).map(bucketOf)

  return {
    /** Replaces what is there. */
    save,

    /** Sums up with what is there. */
    add(endpointId: number, resolution: Resolution, bucket: Bucket): void {
      const { startAt } = bucket
      save(endpointId, resolution, summed([...read(endpointId, resolution, startAt, startAt + 1), bucket], startAt))
    },

    /** Oldest first. */
    tallies({ id, key }: KnownEndpoint, resolution: Resolution, from: number, visit: (tally: Tally) => void): void {
      const numbers: number[] = JSON.parse(`[${counts.get(id, minutesOf(resolution), from) ?? ''}]`)
      const number = (position: number) => numbers[position] ?? 0
      for (let i = 0; i < numbers.length; i += 6) {
        visit({
          key,
          startAt: number(i),
          count: number(i + 1),
          successes: number(i + 2),
          maintenanceCount: number(i + 3),
          maintenanceSuccesses: number(i + 4),
          sumMs: number(i + 5),
        })
      }
    },

    /** Those that start at or after `from` and before `to`, oldest first. */
    read,

    /** By resolution, the one that `at` lies in and those after it, oldest first. */
    since(endpointId: number, at: number): Readonly<Record<Resolution, readonly Bucket[]>> {
      const ofResolution = (resolution: Resolution) =>
        read(endpointId, resolution, bucketStart(at, resolution), Number.MAX_SAFE_INTEGER)
      return { '5m': ofResolution('5m'), '1h': ofResolution('1h'), '1d': ofResolution('1d') }
    },
  }
}

const rowOf = (endpointId: number, minutes: number, bucket: Bucket): StoredRow => [
  endpointId,
  minutes,
  bucket.startAt,
  bucket.count,
  bucket.successes,
  bucket.maintenanceCount,
  bucket.maintenanceSuccesses,
  bucket.sumMs,
  Math.round(bucket.minMs * 1000),
  Math.round(bucket.maxMs * 1000),
  bufferOf(encodeHistogram(bucket.histogram)),
  bucket.throughAt - bucket.startAt,
]

type StoredBucket = [
  startAt: number,
  count: number,
  successes: number,
  maintenanceCount: number,
  maintenanceSuccesses: number,
  sum: number,
  min: number,
  max: number,
  histogram: Buffer,
  through: number,
]

type StoredRow = [endpointId: number, minutes: number, ...StoredBucket]

function bucketOf(row: StoredBucket): Bucket {
  const [startAt, count, successes, maintenanceCount, maintenanceSuccesses, sumMs, min, max, histogram, through] = row
  return {
    startAt,
    count,
    successes,
    maintenanceCount,
    maintenanceSuccesses,
    sumMs,
    minMs: min / 1000,
    maxMs: max / 1000,
    histogram: decodeHistogram(histogram),
    throughAt: startAt + through,
  }
}

/** Moves the buckets of one endpoint to another, summing up where both have one. */
export function mergeBuckets(db: Db, from: number, to: number): void {
  const { read, save } = createBuckets(db)
  for (const resolution of resolutions) {
    const kept = new Map(read(to, resolution, 0, Number.MAX_SAFE_INTEGER).map((bucket) => [bucket.startAt, bucket]))
    for (const moved of read(from, resolution, 0, Number.MAX_SAFE_INTEGER)) {
      const own = kept.get(moved.startAt)
      if (own !== undefined) save(to, resolution, summed([moved, own], own.startAt))
    }
  }
  db.run(sql`update or ignore buckets set endpoint_id = ${to} where endpoint_id = ${from}`)
}
