import Sqlite from 'better-sqlite3'

export interface StoredRow {
  readonly id: number
  readonly at: number
  readonly success: boolean
  readonly status: number | undefined
}

export interface StoredAlert {
  readonly key: string
  readonly failuresInARow: number
  readonly successesInARow: number
  readonly triggered: boolean
}

export interface StoredNotice {
  readonly id: string
  readonly key: string
  readonly kind: string
  readonly state: string
  /** Why it was not delivered. */
  readonly error: string | null
}

export interface StoredEvent {
  readonly type: string
  readonly at: number
}

export interface StoredCounts {
  readonly count: number
  readonly successes: number
}

/** What is in the database of a monitor that does not run. */
export interface Stored {
  /** What SQLite itself finds damaged. */
  readonly damage: readonly string[]
  /** By the key of the endpoint, oldest first. */
  readonly results: ReadonlyMap<string, readonly StoredRow[]>
  readonly events: ReadonlyMap<string, readonly StoredEvent[]>
  readonly counts: ReadonlyMap<string, StoredCounts>
  readonly alerts: ReadonlyMap<string, StoredAlert>
  /** In the order of writing. */
  readonly notices: readonly StoredNotice[]
}

export const nothingStored: Stored = {
  damage: [],
  results: new Map(),
  events: new Map(),
  counts: new Map(),
  alerts: new Map(),
  notices: [],
}

function grouped<T extends { readonly key: string }, U>(rows: readonly T[], of: (row: T) => U): Map<string, U[]> {
  const groups = new Map<string, U[]>()
  for (const row of rows) {
    const group = groups.get(row.key)
    if (group === undefined) groups.set(row.key, [of(row)])
    else group.push(of(row))
  }
  return groups
}

/** Reads a database, and changes nothing in it. */
export function readStored(path: string): Stored {
  const db = new Sqlite(path, { readonly: true })
  try {
    const all = <T>(sql: string): T[] => db.prepare<[], T>(sql).all()
    const damage = all<{ quick_check: string }>('pragma quick_check').map((row) => row.quick_check)
    const isNew = all<{ name: string }>(`select name from sqlite_master where name = 'notices'`).length === 0
    const empty: Stored = { ...nothingStored, damage: damage.filter((line) => line !== 'ok') }
    // Killed before its first migration.
    if (isNew) return empty
    return {
      ...empty,
      results: grouped(
        all<{ key: string; id: number; at: number; flags: number; status: number | null }>(
          'select key, r.id, at, flags, status from results r join endpoints e on e.id = endpoint_id order by r.id',
        ),
        ({ id, at, flags, status }) => ({ id, at, success: (flags & 1) !== 0, status: status ?? undefined }),
      ),
      events: grouped(
        all<{ key: string; type: string; at: number }>(
          'select key, type, at from events v join endpoints e on e.id = endpoint_id order by v.id',
        ),
        ({ type, at }) => ({ type, at }),
      ),
      counts: new Map(
        all<{ key: string; count: number; successes: number }>(
          `select key, sum(count) as count, sum(successes) as successes
            from buckets join endpoints e on e.id = endpoint_id where minutes = 5 group by key`,
        ).map(({ key, count, successes }) => [key, { count, successes }]),
      ),
      alerts: new Map(
        all<{ key: string; failures: number; successes: number; triggered: number }>(
          `select key, failures_in_a_row as failures, successes_in_a_row as successes, triggered
            from alerts join endpoints e on e.id = endpoint_id`,
        ).map(({ key, failures, successes, triggered }) => [
          key,
          { key, failuresInARow: failures, successesInARow: successes, triggered: triggered === 1 },
        ]),
      ),
      notices: all<StoredNotice>(
        `select n.id, key, json_extract(content, '$.kind') as kind, state, error
          from notices n join endpoints e on e.id = endpoint_id order by position`,
      ),
    }
  } finally {
    db.close()
  }
}
