import { eq, sql } from 'drizzle-orm'
import type { Resolution } from '../../domain/bucket.ts'
import type { Retention } from '../../domain/ports.ts'
import { minutesOf, resolutions } from './buckets.ts'
import type { Db } from './database.ts'
import type { KnownEndpoint, KnownEndpoints } from './endpoints.ts'
import * as schema from './schema.ts'

/** Rows deleted per call: a few milliseconds of work. */
const rowsPerCall = 5_000

/** An endpoint that flaps makes two events a minute or more, for years: the newest tell enough. */
const eventsPerEndpoint = 10_000

/** Deleting an endpoint costs as much as so many rows, even one that owns none. */
const rowsPerEndpoint = 50

/** What a call did. `known` is to be changed accordingly, once the transaction has ended well. */
export interface Pruned {
  readonly more: boolean
  /** How many of the oldest raw results each of these endpoints lost. */
  readonly lostResults: ReadonlyMap<KnownEndpoint, number>
  readonly deleted: readonly KnownEndpoint[]
}

/** Deletes what is too old, at most `rowsPerCall` rows, in a transaction of the caller. */
export function prune(
  db: Db,
  known: KnownEndpoints,
  { bucketsBefore, deliveriesBefore, goneBefore }: Retention,
  maximumNumberOfResults: number,
): Pruned {
  const lostResults = new Map<KnownEndpoint, number>()
  const deleted: KnownEndpoint[] = []
  let left = rowsPerCall

  const spend = (rows: number) => {
    left -= rows
    return left <= 0
  }
  const deleteOldest = (endpoint: KnownEndpoint, count: number) => {
    const ids = endpoint.resultIds.slice(0, Math.max(Math.min(count, left), 0))
    if (ids.length === 0) return false
    db.run(sql`delete from results where id in (select value from json_each(${JSON.stringify(ids)}))`)
    lostResults.set(endpoint, ids.length)
    return spend(ids.length)
  }

  const full = (): boolean => {
    for (const resolution of resolutions) {
      if (spend(deleteBuckets(db, resolution, bucketsBefore[resolution], left))) return true
    }
    // Events tell why a bucket looks as it does, so they stay as long as the longest kept buckets.
    if (spend(deleteEvents(db, bucketsBefore['1d'], left))) return true
    if (spend(deleteExcessEvents(db, left))) return true
    if (spend(deleteDeliveries(db, deliveriesBefore, left))) return true
    for (const endpoint of known.values()) {
      const gone = endpoint.goneAt !== undefined && endpoint.goneAt < goneBefore
      const kept = gone ? 0 : maximumNumberOfResults
      if (deleteOldest(endpoint, endpoint.resultIds.length - kept)) return true
      if (!gone) continue
      if (spend(deleteOwned(db, endpoint.id, left))) return true
      db.delete(schema.endpoints).where(eq(schema.endpoints.id, endpoint.id)).run()
      deleted.push(endpoint)
      if (spend(rowsPerEndpoint)) return true
    }
    return false
  }

  return { more: full(), lostResults, deleted }
}

/** Goes from endpoint to endpoint, since the start of a bucket is the last part of its key. */
const deleteBuckets = (db: Db, resolution: Resolution, before: number, limit: number) =>
  db.run(sql`delete from buckets where (endpoint_id, minutes, start_at) in (
    select b.endpoint_id, b.minutes, b.start_at from endpoints e
    cross join buckets b on b.endpoint_id = e.id and b.minutes = ${minutesOf(resolution)} and b.start_at < ${before}
    limit ${limit})`).changes

const deleteEvents = (db: Db, before: number, limit: number) =>
  db.run(sql`delete from events where id in (select id from events where at < ${before} order by at limit ${limit})`)
    .changes

function deleteExcessEvents(db: Db, limit: number): number {
  const flapping = db.all<{ id: number }>(
    sql`select endpoint_id as id from events group by endpoint_id having count(*) > ${eventsPerEndpoint}`,
  )
  let deleted = 0
  for (const { id } of flapping) {
    deleted += db.run(sql`delete from events where id in (select id from events where endpoint_id = ${id}
      order by at desc, id desc limit ${limit - deleted} offset ${eventsPerEndpoint})`).changes
  }
  return deleted
}

const deleteDeliveries = (db: Db, before: number, limit: number) =>
  db.run(sql`delete from notices where position in (
    select position from notices where state in ('delivered', 'refused', 'expired') and created_at < ${before}
    limit ${limit})`).changes

/** Deletes rows of an endpoint that may be many; the few others go with the endpoint itself. */
function deleteOwned(db: Db, endpointId: number, limit: number): number {
  let deleted = db.run(sql`delete from buckets where endpoint_id = ${endpointId} and (minutes, start_at) in (
    select minutes, start_at from buckets where endpoint_id = ${endpointId} limit ${limit})`).changes
  for (const table of [schema.events, schema.notices]) {
    deleted += db.run(sql`delete from ${table} where rowid in (
      select rowid from ${table} where endpoint_id = ${endpointId} limit ${limit - deleted})`).changes
  }
  return deleted
}
