import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { StorageError } from '../../domain/storage-error.ts'
import { isCorrupt, storageError } from './errors.ts'

const failureOf = (work: (client: Sqlite.Database) => void): unknown => {
  const client = new Sqlite(':memory:')
  try {
    work(client)
  } catch (error) {
    return error
  } finally {
    client.close()
  }
  throw new Error('it did not fail')
}

test('a full disk passes', () => {
  const cause = failureOf((client) => {
    client.exec('create table full (a)')
    client.pragma('max_page_count = 3')
    client.exec('insert into full values (zeroblob(100000))')
  })

  const error = storageError(cause, 'writing results')

  expect(error).toMatchObject({
    message: 'storage failed while writing results: database or disk is full (SQLITE_FULL)',
    transient: true,
    cause,
  })
})

test.each(['SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_IOERR_WRITE', 'SQLITE_READONLY', 'SQLITE_CANTOPEN'])(
  '%s passes',
  (code) => {
    expect(storageError(new Sqlite.SqliteError('x', code), 'testing').transient).toBe(true)
  },
)

test('a row that does not fit the schema does not pass', () => {
  const cause = failureOf((client) => client.exec('create table t (a not null); insert into t values (null)'))

  expect(storageError(cause, 'writing results').transient).toBe(false)
  expect(storageError(new TypeError('a bug'), 'writing results')).toMatchObject({
    message: 'storage failed while writing results: a bug',
    transient: false,
  })
})

test('damage is recognised behind other errors', () => {
  const damage = new Sqlite.SqliteError('malformed', 'SQLITE_CORRUPT_VTAB')

  expect(isCorrupt(new Error('wrapped', { cause: damage }))).toBe(true)
  expect(isCorrupt(new Sqlite.SqliteError('busy', 'SQLITE_BUSY'))).toBe(false)
  expect(isCorrupt(undefined)).toBe(false)
})

test('what already is an error of the port stays as it is', () => {
  const error = new StorageError('said already', { transient: false })

  expect(storageError(error, 'testing')).toBe(error)
})
