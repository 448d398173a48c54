import { and, desc, eq, lt, sql } from 'drizzle-orm'
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

  return {
    add(endpointId: number, { type, at, reason }: Event): void {
      db.insert(table).values({ endpointId, type, at, reason }).run()
    },

    /** Newest first. */
    read({ id, key }: KnownEndpoint, before: number, limit: number): readonly Event[] {
      return page
        .all({ endpointId: id, before, limit })
        .map(({ type, at, reason }) => ({ key, type, at, ...(reason !== null && { reason }) }))
    },
  }
}
