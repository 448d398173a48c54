import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { fakeClock } from '../../../../../test/support/fake-clock.ts'
import { recordingLog } from '../../../../../test/support/recording-log.ts'
import {
  alertOf,
  allPastOf,
  batchOf,
  bucketOf,
  hourMs,
  midnight,
  noticeOf,
  resultOf,
} from '../../../../../test/support/stored.ts'
import type { Store } from '../../domain/ports.ts'
import { openSqliteStore, type SqliteStoreOptions } from './index.ts'

const migrationsFolder = fileURLToPath(new URL('../../../drizzle', import.meta.url))

const createPlace = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vedette-faults-'))
  const path = join(folder, 'vedette.db')
  const log = recordingLog()
  return {
    folder,
    path,
    log,
    /** Lets another program change the file. */
    sqlite(work: (client: Sqlite.Database) => void): void {
      const client = new Sqlite(path)
      try {
        work(client)
      } finally {
        client.close()
      }
    },
    open: (options: Partial<Pick<SqliteStoreOptions, 'path' | 'busyTimeoutMs' | 'connect'>> = {}) =>
      openSqliteStore({
        path,
        migrationsFolder,
        maximumNumberOfResults: 100,
        maximumNumberOfEvents: 50,
        log,
        clock: fakeClock('2026-03-05T12:34:56Z'),
        ...options,
      }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}

const api = { key: 'core_api', name: 'api', group: 'core', previousKeys: [] }

const fill = async (store: Store, count = 50) => {
  await store.syncEndpoints([api], midnight)
  const results = Array.from({ length: count }, (_, i) => resultOf('core_api', midnight + i))
  await store.append(batchOf({ results }))
  return results
}

const aside = 'vedette.db.corrupt-20260305T123456Z'

describe('a process that is killed', () => {
  test('loses nothing that was appended', async () => {
    await using place = await createPlace()
    const store = await place.open()
    const results = await fill(store)
    await store.saveAlert(alertOf('core_api', { triggered: true }), noticeOf('core_api', 1))
    const copy = join(place.folder, 'copy.db')

    // What a killed process leaves: a database, and a log of changes that never got into it.
    await copyFile(`${place.path}-wal`, `${copy}-wal`)
    await copyFile(place.path, copy)

    const survivor = await place.open({ path: copy })
    expect((await survivor.load())[0]?.results).toEqual(results)
    expect(await survivor.alerts()).toMatchObject([{ state: { triggered: true } }])
    expect(await survivor.pendingNotices()).toHaveLength(1)
    await survivor.close()
    await store.close()
  })

  test('loses only what was appended last when the log was cut off', async () => {
    await using place = await createPlace()
    const store = await place.open()
    const results = await fill(store)
    await store.append(batchOf({ results: [resultOf('core_api', midnight + 1000)] }))
    const copy = join(place.folder, 'copy.db')
    const wal = await readFile(`${place.path}-wal`)

    await writeFile(`${copy}-wal`, wal.subarray(0, -100))
    await copyFile(place.path, copy)

    const survivor = await place.open({ path: copy })
    expect((await survivor.load())[0]?.results).toEqual(results)
    expect(await readdir(place.folder)).not.toContainEqual(expect.stringContaining('corrupt'))
    await survivor.close()
    await store.close()
  })
})

describe('a damaged file', () => {
  test('is moved aside with its log, and a fresh one begun', async () => {
    await using place = await createPlace()
    await writeFile(place.path, 'endpoints: []\n'.repeat(1000))
    await writeFile(`${place.path}-wal`, 'not a log')

    const store = await place.open()

    await fill(store)
    expect((await store.load())[0]?.results).toHaveLength(50)
    expect(await readFile(join(place.folder, aside), 'utf8')).toContain('endpoints: []')
    expect(await readFile(join(place.folder, `${aside}-wal`), 'utf8')).toBe('not a log')
    expect(place.log.lines).toMatchObject([
      { level: 'error', message: expect.stringContaining('moved aside'), fields: { path: place.path } },
    ])
    await store.close()
  })

  test('is moved aside when its inner pages are overwritten', async () => {
    await using place = await createPlace()
    const store = await place.open()
    await fill(store)
    await store.close()
    const bytes = await readFile(place.path)
    await writeFile(place.path, bytes.fill(0xa5, 4096))

    const again = await place.open()

    await fill(again)
    expect(await readdir(place.folder)).toContain(aside)
    await again.close()
  })

  describe('wherever the damage is, never keeps a monitor from starting:', () => {
    const pageSize = 4096
    const cut = (bytes: Buffer, at: number) => bytes.subarray(0, at)
    const overwritten = (bytes: Buffer, at: number) =>
      Buffer.from(bytes).fill(0xa5, at, Math.min(at + pageSize, bytes.length))

    const scratched = (bytes: Buffer, at: number) => Buffer.from(bytes).fill(0x7a, at + 900, at + 1000)

    test.each([
      ['scratched', scratched, false],
      ['cut off, with a log', cut, true],
      ['cut off, without a log', cut, false],
      ['a page overwritten, with a log', overwritten, true],
      ['a page overwritten, without a log', overwritten, false],
    ])('%s', async (_, damaged, withLog) => {
      await using place = await createPlace()
      const store = await place.open()
      await fill(store, 5)
      await store.saveAlert(alertOf('core_api', { triggered: true }), noticeOf('core_api', 1))
      place.sqlite((client) => client.pragma('wal_checkpoint(truncate)'))
      await fill(store, 300)
      const [whole, log] = [await readFile(place.path), await readFile(`${place.path}-wal`)]
      await store.close()
      const closed = await readFile(place.path)
      const bytes = withLog ? whole : closed
      const kept: (number | undefined)[] = []

      for (let at = 0; at < bytes.length; at += pageSize / 2) {
        const path = join(place.folder, `damaged-${at}.db`)
        await writeFile(path, damaged(bytes, at))
        if (withLog) await writeFile(`${path}-wal`, log)
        const again = await place.open({ path })
        await again.syncEndpoints([api], midnight, allPastOf('core_api'))
        await again.load()
        await again.alerts()
        await again.pendingNotices()
        await fill(again, 3)
        kept.push((await again.load())[0]?.results.slice(-3).length)
        await again.close()
      }

      expect(new Set(kept)).toEqual(new Set([3]))
    })
  })

  test('does not take the place of an earlier one', async () => {
    await using place = await createPlace()
    for (const text of ['first', 'second']) {
      await writeFile(place.path, text.repeat(1000))
      await (await place.open()).close()
      await rm(place.path)
    }

    expect((await readdir(place.folder)).filter((name) => name.startsWith(aside))).toEqual([aside, `${aside}-2`])
  })

  test('is replaced when it gets damaged in use, and monitoring goes on', async () => {
    await using place = await createPlace()
    const store = await place.open()
    await fill(store)
    place.sqlite((client) => {
      client.exec('create table foreign_table (a); drop table foreign_table')
      client.pragma('wal_checkpoint(truncate)')
    })
    const bytes = await readFile(place.path)
    await writeFile(place.path, bytes.fill(0xa5))

    await store.append(batchOf({ results: [resultOf('core_api', midnight + 1000)] }))

    expect(await store.load()).toMatchObject([{ ...(({ previousKeys: _, ...rest }) => rest)(api), results: [{}] }])
    expect(await readdir(place.folder)).toContain(aside)
    await store.close()
  })
})

describe('a file that is not to be touched', () => {
  const refused = async (place: Awaited<ReturnType<typeof createPlace>>, problem: string) => {
    const before = await readFile(place.path)

    await expect(place.open()).rejects.toMatchObject({
      name: 'StorageError',
      transient: false,
      message: expect.stringContaining(problem),
    })

    expect(await readFile(place.path)).toEqual(before)
    expect(await readdir(place.folder)).toEqual(['vedette.db'])
  }

  test('is a Gatus database', async () => {
    await using place = await createPlace()
    place.sqlite((client) => client.exec('create table endpoint_results (a); create table endpoint_uptimes (a)'))

    await refused(place, 'is a Gatus database, which cannot be continued and was left as it is; choose another path')
  })

  test('is a database of another program', async () => {
    await using place = await createPlace()
    place.sqlite((client) => client.exec('create table bookmarks (url)'))

    await refused(place, 'belongs to another program')
  })

  test('is a database of a newer version', async () => {
    await using place = await createPlace()
    await (await place.open()).close()
    place.sqlite((client) => {
      client.exec("insert into __drizzle_migrations (hash, created_at) values ('of the future', 9999999999999)")
      client.pragma('journal_mode = delete')
    })

    await refused(place, 'was written by a newer version of Vedette')
  })
})

describe('a place that cannot be used', () => {
  test('is said to be a folder, or to have none', async () => {
    await using place = await createPlace()
    await mkdir(join(place.folder, 'folder.db'))
    await writeFile(join(place.folder, 'file'), '')

    const folder = place.open({ path: join(place.folder, 'folder.db') })
    const below = place.open({ path: join(place.folder, 'file', 'vedette.db') })

    await Promise.all([
      expect(folder).rejects.toThrow(/^storage\.path: .*folder\.db cannot be opened: check that it is a file/),
      expect(below).rejects.toThrow(/^storage\.path: cannot create the folder .*file: (EEXIST|ENOTDIR)/),
    ])
  })
})

describe('a database that another process holds', () => {
  test('refuses what is written meanwhile, and takes it afterwards', async () => {
    await using place = await createPlace()
    const store = await place.open({ busyTimeoutMs: 20 })
    const results = await fill(store)
    const next = batchOf({ results: [resultOf('core_api', midnight + 1000)] })
    const other = new Sqlite(place.path)
    other.exec('begin immediate')

    await expect(store.append(next)).rejects.toMatchObject({ name: 'StorageError', transient: true })
    await expect(store.saveAlert(alertOf('core_api'), undefined)).rejects.toMatchObject({ transient: true })
    const meanwhile = await store.load()
    other.exec('rollback')
    other.close()
    await store.append(next)

    expect(meanwhile[0]?.results).toEqual(results)
    expect((await store.load())[0]?.results).toEqual([...results, ...next.results])
    await store.close()
  })

  test('is waited for once, and then not again before a write succeeds', async () => {
    await using place = await createPlace()
    const clients: Sqlite.Database[] = []
    const connect = (path: string) => {
      const client = new Sqlite(path, { timeout: 20 })
      clients.push(client)
      return client
    }
    const waitMs = () => clients[0]?.pragma('busy_timeout', { simple: true })
    const store = await place.open({ busyTimeoutMs: 20, connect })
    const results = await fill(store)
    const next = batchOf({ results: [resultOf('core_api', midnight + 1000)] })
    const other = new Sqlite(place.path)

    const before = waitMs()
    other.exec('begin immediate')
    await expect(store.append(next)).rejects.toMatchObject({ transient: true })
    const meanwhile = waitMs()
    await expect(store.append(next)).rejects.toMatchObject({ transient: true })
    other.close()
    await store.append(next)
    const afterwards = waitMs()

    expect([before, meanwhile, afterwards]).toEqual([20, 0, 20])
    expect((await store.load())[0]?.results).toEqual([...results, ...next.results])
    await store.close()
  })

  test('may be copied with VACUUM INTO while results are written', async () => {
    await using place = await createPlace()
    const store = await place.open()
    const results = await fill(store)
    const copy = join(place.folder, 'backup.db')

    place.sqlite((client) => client.prepare('vacuum into ?').run(copy))

    await store.append(batchOf({ results: [resultOf('core_api', midnight + 1000)] }))
    const backup = await place.open({ path: copy })
    expect((await backup.load())[0]?.results).toEqual(results)
    await backup.close()
    await store.close()
  })
})

test('a target whose address changes at every check does not fill the database with texts', async () => {
  await using place = await createPlace()
  const store = await place.open()
  await store.syncEndpoints([api], midnight)

  for (let i = 0; i < 1500; i++) {
    const ip = `10.0.${i >> 8}.${i & 255}`
    await store.append(batchOf({ results: [resultOf('core_api', midnight + i, { ip })] }))
  }

  await store.close()
  place.sqlite((client) => {
    expect(client.prepare('select count(*) from texts').pluck().get()).toBeLessThanOrEqual(64)
    expect(client.prepare('select count(*) from results').pluck().get()).toBe(100)
  })
})

test('a healthy check takes at most 120 bytes, its share of the buckets included', async () => {
  await using place = await createPlace()
  const store = await place.open()
  const endpoints = Array.from({ length: 50 }, (_, i) => ({ ...api, key: `core_api-${i}` }))
  await store.syncEndpoints(endpoints, midnight)
  for (let minute = 0; minute < 100; minute++) {
    const results = endpoints.map(({ key }, i) =>
      resultOf(key, midnight + minute * 60_000 + i, {
        durationMs: 40 + ((minute * 7919 + i * 31) % 3000) / 100,
        ip: '192.0.2.1',
        certificateExpirationMs: 5_184_000_000 - minute * 60_000,
        phases: { firstByteMs: 40.123, downloadMs: 0.456 },
      }),
    )
    await store.append(batchOf({ results }))
  }
  const times = Array.from({ length: 60 }, (_, i) => 40 + ((i * 7919) % 3000) / 100)
  for (const { key } of endpoints) {
    const fiveMinutes = Array.from({ length: 20 }, (_, i) => bucketOf(midnight + i * 300_000, times.slice(i, i + 5)))
    await store.append(
      batchOf({
        buckets: [
          ...fiveMinutes.map((bucket) => ({ key, resolution: '5m', bucket }) as const),
          { key, resolution: '1h', bucket: bucketOf(midnight, times) },
          { key, resolution: '1h', bucket: bucketOf(midnight + hourMs, times) },
          { key, resolution: '1d', bucket: bucketOf(midnight, times) },
        ],
      }),
    )
  }

  await store.close()

  place.sqlite((client) => {
    const bytes = client.prepare<[], number>('select page_count * page_size from pragma_page_count, pragma_page_size')
    expect(Number(bytes.pluck().get()) / 5_000).toBeLessThan(120)
  })
})
