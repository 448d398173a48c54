import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { Clock, Log } from '../../domain/ports.ts'
import { StorageError } from '../../domain/storage-error.ts'
import { holdStatements } from './connection.ts'
import type { Db } from './database.ts'
import { isCorrupt, sqliteCode, storageError } from './errors.ts'

export interface DatabaseOptions {
  /** A file, or `:memory:`. */
  readonly path: string
  /** The folder with the SQL migrations and their journal. */
  readonly migrationsFolder: string
  /** How long one statement waits for another process that holds the file, in milliseconds; the whole monitor waits with it. */
  readonly busyTimeoutMs: number
  readonly log: Log
  readonly clock: Pick<Clock, 'now'>
  /** Opens the file. Tests bring a database that outlives the store. */
  readonly connect?: ((path: string) => Sqlite.Database) | undefined
}

const inMemory = (path: string) => path === ':memory:'

/**
 * Opens a database of the current schema. What is not a database, or a damaged one, is moved aside and a fresh one
 * begun. A database that is not ours, or of a newer version, is a `StorageError` and stays as it is.
 */
export function openDatabase(options: DatabaseOptions): Db {
  const { path } = options
  createFolder(path)
  // Looked at before SQLite does, since it deletes the log of a file that it does not recognise.
  if (!isDatabase(path)) moveAside(options, new Error('file is not a database'))
  try {
    return openMigrated(options)
  } catch (error) {
    if (inMemory(path) || !isCorrupt(error)) throw explained(error, path)
    moveAside(options, error)
  }
  try {
    return openMigrated(options)
  } catch (error) {
    throw explained(error, path)
  }
}

function createFolder(path: string): void {
  if (inMemory(path)) return
  const folder = dirname(path)
  try {
    mkdirSync(folder, { recursive: true })
  } catch (cause) {
    throw new StorageError(`storage.path: cannot create the folder ${folder}: ${reasonOf(cause)}`, {
      cause,
      transient: false,
    })
  }
}

/** https://www.sqlite.org/fileformat.html#the_database_header */
const magic = Buffer.from('SQLite format 3\0')

/** Whether a file begins as a database does; also when there is none, or only SQLite can tell. */
function isDatabase(path: string): boolean {
  if (inMemory(path)) return true
  try {
    if (!statSync(path).isFile()) return true
    const file = openSync(path, 'r')
    const start = Buffer.alloc(magic.length)
    const length = readSync(file, start, 0, magic.length, 0)
    closeSync(file)
    return length === 0 || start.equals(magic)
  } catch {
    return true
  }
}

function openMigrated({ path, migrationsFolder, busyTimeoutMs, log, connect }: DatabaseOptions): Db {
  const client = holdStatements(connect?.(path) ?? new Sqlite(path, { timeout: busyTimeoutMs }))
  try {
    const db = drizzle({ client })
    refuseForeign(db, path)
    refuseNewer(db, path, migrationsFolder)
    const mode = client.prepare<[], { journal_mode: string }>('pragma journal_mode = WAL').get()?.journal_mode
    if (mode !== 'wal' && !inMemory(path)) {
      log.warn({ path, mode }, 'the file system of the database has no write-ahead log: writing will be slower')
    }
    client.exec('pragma synchronous = NORMAL')
    // While a migration rebuilds a table, references to it dangle.
    client.exec('pragma foreign_keys = OFF')
    migrate(db, { migrationsFolder })
    client.exec('pragma foreign_keys = ON')
    return db
  } catch (error) {
    client.close()
    throw error
  }
}

/** What is damaged can look like anything. */
function refuseDamaged(db: Db): void {
  const [first] = db.all<{ problem: string }>(sql`select quick_check as problem from pragma_quick_check`)
  if (first === undefined || first.problem === 'ok') return
  throw Object.assign(new Error(first.problem), { code: 'SQLITE_CORRUPT' })
}

const tableNames = (db: Db) =>
  new Set(db.all<{ name: string }>(sql`select name from sqlite_master where type = 'table'`).map(({ name }) => name))

function refuseForeign(db: Db, path: string): void {
  const tables = tableNames(db)
  if (tables.size === 0 || tables.has('__drizzle_migrations')) return
  const owner =
    tables.has('endpoint_results') && tables.has('endpoint_uptimes')
      ? 'is a Gatus database'
      : 'belongs to another program'
  refuseDamaged(db)
  throw new StorageError(
    `storage.path: ${path} ${owner}, which cannot be continued and was left as it is; choose another path`,
    { transient: false },
  )
}

/** The migrator skips what it does not know, so a newer schema has to be noticed here. */
function refuseNewer(db: Db, path: string, migrationsFolder: string): void {
  if (!tableNames(db).has('__drizzle_migrations')) return
  const known = new Set(readMigrationFiles({ migrationsFolder }).map(({ folderMillis }) => folderMillis))
  const applied = db.all<{ at: number }>(sql`select created_at as at from __drizzle_migrations`)
  if (applied.every(({ at }) => known.has(Number(at)))) return
  refuseDamaged(db)
  throw new StorageError(
    `storage.path: ${path} was written by a newer version of Vedette and was left as it is; run that version, or choose another path`,
    { transient: false },
  )
}

/** Renames a damaged database and what belongs to it, so that it can be looked at later. */
export function moveAside({ path, clock, log }: Pick<DatabaseOptions, 'path' | 'clock' | 'log'>, cause: unknown): void {
  const aside = freeName(`${path}.corrupt-${new Date(clock.now()).toISOString().replace(/[-:]|\.\d+/g, '')}`)
  try {
    // The database itself last: should this be interrupted, the next start finds it damaged again.
    for (const suffix of ['-wal', '-shm', '']) {
      if (existsSync(`${path}${suffix}`)) renameSync(`${path}${suffix}`, `${aside}${suffix}`)
    }
  } catch (error) {
    throw new StorageError(
      `storage.path: ${path} is damaged (${reasonOf(cause)}) and cannot be moved aside: ${reasonOf(error)}`,
      { cause: error, transient: false },
    )
  }
  log.error(
    { path, movedTo: aside, reason: reasonOf(cause) },
    'the database is damaged or not a database: moved aside, beginning a fresh one without the earlier history',
  )
}

function freeName(name: string): string {
  let free = name
  for (let i = 2; existsSync(free); i++) free = `${name}-${i}`
  return free
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Says what to do about the common reasons not to open. */
function explained(error: unknown, path: string): StorageError {
  const code = sqliteCode(error) ?? ''
  const failed = (problem: string, transient: boolean) =>
    new StorageError(`storage.path: ${path} ${problem}`, { cause: error, transient })
  if (code.startsWith('SQLITE_CANTOPEN')) {
    return failed('cannot be opened: check that it is a file, and that its folder may be written', false)
  }
  if (code.startsWith('SQLITE_READONLY')) {
    return failed('cannot be written: check the permissions of the file and of its folder', false)
  }
  if (code.startsWith('SQLITE_BUSY')) return failed('is in use by another process', true)
  return storageError(error, `opening ${path}`)
}
