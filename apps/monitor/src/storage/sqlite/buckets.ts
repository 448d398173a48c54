import { and, asc, eq, gte, inArray, lt, sql } from 'drizzle-orm'
import type { Bucket, Resolution } from '../../domain/bucket.ts'
import { mergeBuckets, resolutionMs } from '../../domain/bucket.ts'
import { decodeHistogram, encodeHistogram } from '../../domain/histogram.ts'
import type { Tally } from '../../domain/ports.ts'
import type { Db } from './database.ts'
import { bufferOf } from './database.ts'
import type { KnownEndpoint } from './endpoints.ts'
import * as schema from './schema.ts'

const { buckets: table } = schema

/** How a resolution is called in rows. */
export const minutesOf = (resolution: Resolution) => resolutionMs[resolution] / 60_000

export function createBuckets(db: Db) {
  const upsert = db
    .insert(table)
    .values({
      endpointId: sql.placeholder('endpointId'),
      minutes: sql.placeholder('minutes'),
      startAt: sql.placeholder('startAt'),
      count: sql.placeholder('count'),
      successes: sql.placeholder('successes'),
      maintenanceCount: sql.placeholder('maintenanceCount'),
      maintenanceSuccesses: sql.placeholder('maintenanceSuccesses'),
      sum: sql.placeholder('sum'),
      min: sql.placeholder('min'),
      max: sql.placeholder('max'),
      histogram: sql.placeholder('histogram'),
      through: sql.placeholder('through'),
    })
    .onConflictDoUpdate({
      target: [table.endpointId, table.minutes, table.startAt],
      set: {
        count: sql`excluded.count`,
        successes: sql`excluded.successes`,
        maintenanceCount: sql`excluded.maintenance_count`,
        maintenanceSuccesses: sql`excluded.maintenance_successes`,
        sum: sql`excluded.sum`,
        min: sql`excluded.min`,
        max: sql`excluded.max`,
        histogram: sql`excluded.histogram`,
        through: sql`excluded.through`,
      },
    })
    .prepare()

  const range = db
    .select()
    .from(table)
    .where(
      and(
        eq(table.endpointId, sql.placeholder('endpointId')),
        eq(table.minutes, sql.placeholder('minutes')),
        gte(table.startAt, sql.placeholder('from')),
        lt(table.startAt, sql.placeholder('to')),
      ),
    )
    .orderBy(asc(table.startAt))
    .prepare()

  // Millions of rows at a start: the driver's own statement makes three times less of each.
  const counts = db.$client
    .prepare<[number, number, number], [number, number, number, number, number, number]>(
      `select start_at, count, successes, maintenance_count, maintenance_successes, sum from buckets
        where endpoint_id = ? and minutes = ? and start_at >= ? order by start_at`,
    )
    .raw()

  return {
    /** Oldest first. */
    tallies({ id, key }: KnownEndpoint, resolution: Resolution, from: number, visit: (tally: Tally) => void): void {
      for (const row of counts.all(id, minutesOf(resolution), from)) {
        const [startAt, count, successes, maintenanceCount, maintenanceSuccesses, sumMs] = row
        visit({ key, startAt, count, successes, maintenanceCount, maintenanceSuccesses, sumMs })
      }
    },

    save(endpointId: number, resolution: Resolution, bucket: Bucket): void {
      upsert.run(rowOf(endpointId, minutesOf(resolution), bucket))
    },

    read(endpointId: number, resolution: Resolution, from: number, to: number): readonly Bucket[] {
      return range.all({ endpointId, minutes: minutesOf(resolution), from, to }).map(bucketOf)
    },
  }
}

const rowOf = (endpointId: number, minutes: number, bucket: Bucket) => ({
  endpointId,
  minutes,
  startAt: bucket.startAt,
  count: bucket.count,
  successes: bucket.successes,
  maintenanceCount: bucket.maintenanceCount,
  maintenanceSuccesses: bucket.maintenanceSuccesses,
  sum: bucket.sumMs,
  min: Math.round(bucket.minMs * 1000),
  max: Math.round(bucket.maxMs * 1000),
  histogram: bufferOf(encodeHistogram(bucket.histogram)),
  through: bucket.throughAt - bucket.startAt,
})

const bucketOf = (row: typeof table.$inferSelect): Bucket => ({
  startAt: row.startAt,
  count: row.count,
  successes: row.successes,
  maintenanceCount: row.maintenanceCount,
  maintenanceSuccesses: row.maintenanceSuccesses,
  sumMs: row.sum,
  minMs: row.min / 1000,
  maxMs: row.max / 1000,
  histogram: decodeHistogram(row.histogram),
  throughAt: row.startAt + row.through,
})

/** Moves the buckets of one endpoint to another, summing up where both have one. */
export function mergeBucketRows(db: Db, from: number, to: number): void {
  const both = db
    .select()
    .from(table)
    .where(
      and(
        inArray(table.endpointId, [from, to]),
        sql`(minutes, start_at) in (select minutes, start_at from buckets where endpoint_id = ${from}
          intersect select minutes, start_at from buckets where endpoint_id = ${to})`,
      ),
    )
    .orderBy(asc(table.minutes), asc(table.startAt))
    .all()
  for (let i = 0; i + 1 < both.length; i += 2) {
    const pair = both.slice(i, i + 2)
    const [first] = pair
    if (first === undefined) break
    const {
      endpointId: _,
      minutes,
      startAt,
      ...sums
    } = rowOf(to, first.minutes, mergeBuckets(pair.map(bucketOf), first.startAt))
    db.update(table)
      .set(sums)
      .where(and(eq(table.endpointId, to), eq(table.minutes, minutes), eq(table.startAt, startAt)))
      .run()
  }
  db.run(sql`update or ignore buckets set endpoint_id = ${to} where endpoint_id = ${from}`)
}
