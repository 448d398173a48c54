import type Sqlite from 'better-sqlite3'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'

export type Db = BetterSQLite3Database & { readonly $client: Sqlite.Database }

/** Steps that bring what is remembered in memory back to what it was, should the transaction fail. */
export type Undo = (() => void)[]

export type NotAPromise<T> = T extends PromiseLike<unknown> ? never : T

/**
 * One transaction, for the rows and for what is remembered about them: when it fails, `undo` runs, newest step first.
 * SQLite has one transaction per connection, so statements prepared before it take part in it.
 */
export function write<T>(db: Db, work: (undo: Undo) => NotAPromise<T>): T {
  const undo: Undo = []
  try {
    return db.$client.transaction(() => work(undo)).immediate()
  } catch (error) {
    for (const step of undo.reverse()) step()
    throw error
  }
}

/** A view of bytes that the driver takes, without a copy. */
export const bufferOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
