import { and, asc, desc, eq } from 'drizzle-orm'
import type { OutboxEntry } from '../../domain/notice.ts'
import type { Db } from './database.ts'
import * as schema from './schema.ts'

const { notices: table, endpoints } = schema

/** Writes a new notice. One that is there already stays as it is: its delivery may have begun. */
export function addNotice(db: Db, endpointId: number, entry: OutboxEntry): void {
  const { id, alertId, content, sequence, createdAt } = entry
  db.insert(table)
    .values({ id, endpointId, alertId, content, sequence, createdAt, ...deliveryOf(entry) })
    .onConflictDoNothing({ target: table.id })
    .run()
}

export function updateDelivery(db: Db, entry: OutboxEntry): void {
  db.update(table).set(deliveryOf(entry)).where(eq(table.id, entry.id)).run()
}

const deliveryOf = ({ state, attempts, nextAttemptAt, attemptedAt, error }: OutboxEntry) => ({
  state,
  attempts,
  nextAttemptAt,
  attemptedAt: attemptedAt ?? null,
  error: error ?? null,
})

const selected = (db: Db) =>
  db
    .select({ endpointKey: endpoints.key, row: table })
    .from(table)
    .innerJoin(endpoints, eq(table.endpointId, endpoints.id))

export const pendingNotices = (db: Db): readonly OutboxEntry[] =>
  selected(db).where(eq(table.state, 'pending')).orderBy(asc(table.sequence), asc(table.position)).all().map(entryOf)

/** Newest first. */
export const deliveries = (db: Db, endpointId: number | undefined, limit: number): readonly OutboxEntry[] =>
  selected(db)
    .where(and(endpointId === undefined ? undefined : eq(table.endpointId, endpointId)))
    .orderBy(desc(table.position))
    .limit(limit)
    .all()
    .map(entryOf)

function entryOf({ endpointKey, row }: { endpointKey: string; row: typeof table.$inferSelect }): OutboxEntry {
  const { id, alertId, content, sequence, createdAt, state, attempts, nextAttemptAt, attemptedAt, error } = row
  return {
    id,
    endpointKey,
    alertId,
    content,
    sequence,
    createdAt,
    state,
    attempts,
    nextAttemptAt,
    ...(attemptedAt !== null && { attemptedAt }),
    ...(error !== null && { error }),
  }
}
