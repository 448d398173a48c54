import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type Sqlite from 'better-sqlite3'
import { generateSQLiteDrizzleJson, generateSQLiteMigration } from 'drizzle-kit/api'
import { getTableName } from 'drizzle-orm'
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { expect, test } from 'vitest'
import { openDatabase } from '../../apps/monitor/src/storage/sqlite/open.ts'
import * as schema from '../../apps/monitor/src/storage/sqlite/schema.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { recordingLog } from '../support/recording-log.ts'

interface Journal {
  readonly entries: readonly { readonly idx: number; readonly when: number; readonly tag: string }[]
}

const folder = fileURLToPath(new URL('../../apps/monitor/drizzle/', import.meta.url))
const json = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8'))
const journal = json<Journal>(join(folder, 'meta/_journal.json'))

const migrated = (path: string, migrationsFolder = folder) =>
  openDatabase({ path, migrationsFolder, busyTimeoutMs: 0, log: recordingLog(), clock: fakeClock() }).$client

const layout = (client: Sqlite.Database) =>
  client.prepare('select type, name, tbl_name, sql from sqlite_master order by type, name').all()

const applied = (client: Sqlite.Database) => client.prepare('select hash, created_at from __drizzle_migrations').all()

const inTemporaryFolder = (work: (folder: string) => void) => {
  const temporary = mkdtempSync(join(tmpdir(), 'vedette-migrations-'))
  try {
    work(temporary)
  } finally {
    rmSync(temporary, { recursive: true })
  }
}

test('the times in the journal increase: the migrator skips, silently, what is older than the last one it applied', () => {
  const times = journal.entries.map(({ when }) => when)

  expect(times.length).toBeGreaterThan(0)
  expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
  for (const { tag } of journal.entries) expect(existsSync(join(folder, `${tag}.sql`)), tag).toBe(true)
})

test('running the migrations again changes nothing', () => {
  inTemporaryFolder((temporary) => {
    const path = join(temporary, 'vedette.db')
    const first = migrated(path)
    const before = [layout(first), applied(first)]
    first.close()

    const second = migrated(path)

    expect([layout(second), applied(second)]).toEqual(before)
    expect(applied(second)).toHaveLength(journal.entries.length)
    second.close()
  })
})

test.each(journal.entries)('a database left at $tag becomes the same as a fresh one', ({ idx }) => {
  inTemporaryFolder((temporary) => {
    const earlier = join(temporary, 'drizzle')
    cpSync(folder, earlier, { recursive: true })
    writeFileSync(
      join(earlier, 'meta/_journal.json'),
      JSON.stringify({ ...journal, entries: journal.entries.slice(0, idx + 1) }),
    )
    migrated(join(temporary, 'old.db'), earlier).close()

    const old = migrated(join(temporary, 'old.db'))
    const fresh = migrated(':memory:')

    expect(layout(old)).toEqual(layout(fresh))
    old.close()
    fresh.close()
  })
})

test('the schema has no change without a migration (if it has: npm run migrations)', async () => {
  const last = String(journal.entries.at(-1)?.idx).padStart(4, '0')
  const snapshot = json<Parameters<typeof generateSQLiteMigration>[0]>(join(folder, `meta/${last}_snapshot.json`))

  const statements = await generateSQLiteMigration(snapshot, await generateSQLiteDrizzleJson({ ...schema }))

  expect(statements).toEqual([])
})

test('a migrated database has the columns of the schema', () => {
  const client = migrated(':memory:')
  const tables = Object.values(schema).filter((value) => value instanceof SQLiteTable)

  expect(tables.length).toBeGreaterThan(0)
  for (const table of tables) {
    const { columns } = getTableConfig(table)
    const found = client
      .prepare<[string], { name: string; type: string; required: number }>(
        `select name, lower(type) as type, "notnull" as required from pragma_table_info(?)`,
      )
      .all(getTableName(table))

    const expected = columns.map((column) => ({
      name: column.name,
      type: column.getSQLType(),
      required: column.notNull ? 1 : 0,
    }))
    expect(found, getTableName(table)).toEqual(expected)
  }
  client.close()
})

test('buckets are WITHOUT ROWID, which the schema cannot say and a generated migration would lose', () => {
  const client = migrated(':memory:')

  const sql = client.prepare<[], string>("select sql from sqlite_master where name = 'buckets'").pluck().get()

  expect(sql).toMatch(/\) WITHOUT ROWID$/)
  client.close()
})
