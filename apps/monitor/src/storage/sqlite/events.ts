import { and, desc, eq, gte, isNull, lt, sql } from 'drizzle-orm'
import type { Event } from '../../domain/event.ts'
import type { Db } from './database.ts'
import type { KnownEndpoint } from './endpoints.ts'
import * as schema from './schema.ts'

const { events: table } = schema

export function createEvents(db: Db) {
  const page = db
    .select()
    .from(table)
    .where(and(eq(table.endpointId, sql.placeholder('endpointId')), lt(table.at, sql.placeholder('before'))))
    .orderBy(desc(table.at), desc(table.id))
    .limit(sql.placeholder('limit'))
    .prepare()

  const insert = db
    .insert(table)
    .values({
      endpointId: sql.placeholder('endpointId'),
      type: sql.placeholder('type'),
      at: sql.placeholder('at'),
      reason: sql.placeholder('reason'),
    })
    .prepare()

  const span = db
    .select({ key: schema.endpoints.key, type: table.type, at: table.at, reason: table.reason })
    .from(table)
    .innerJoin(schema.endpoints, eq(schema.endpoints.id, table.endpointId))
    .where(
      and(isNull(schema.endpoints.goneAt), gte(table.at, sql.placeholder('from')), lt(table.at, sql.placeholder('to'))),
    )
    .orderBy(desc(table.at), desc(table.id))
    .limit(sql.placeholder('limit'))
    .prepare()

  return {
    add(endpointId: number, { type, at, reason }: Event): void {
      insert.run({ endpointId, type, at, reason: reason ?? null })
    },

    /** Newest first. */
    read({ id, key }: KnownEndpoint, before: number, limit: number): readonly Event[] {
      return page
        .all({ endpointId: id, before, limit })
        .map(({ type, at, reason }) => ({ key, type, at, ...(reason !== null && { reason }) }))
    },

    /** Of all endpoints that are not gone, newest first. */
    readBetween(from: number, to: number, limit: number): readonly Event[] {
      return span
        .all({ from, to, limit })
        .map(({ key, type, at, reason }) => ({ key, type, at, ...(reason !== null && { reason }) }))
    },
  }
}
