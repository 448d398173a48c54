import { StorageError } from '../../domain/storage-error.ts'

/** What SQLite calls a failure, such as `SQLITE_FULL`; `undefined` when something else failed. */
export function sqliteCode(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string' && cause.code.startsWith('SQLITE_')) return cause.code
  }
  return undefined
}

/** https://www.sqlite.org/rescode.html, without what the extended codes add. */
const transientCodes = ['BUSY', 'LOCKED', 'FULL', 'IOERR', 'CANTOPEN', 'READONLY', 'NOMEM', 'INTERRUPT', 'PROTOCOL']

const startsWithAny = (code: string, names: readonly string[]) =>
  names.some((name) => code.startsWith(`SQLITE_${name}`))

export function isCorrupt(error: unknown): boolean {
  const code = sqliteCode(error)
  return code !== undefined && startsWithAny(code, ['CORRUPT', 'NOTADB'])
}

/** Another process holds the file. */
export const isBusy = (error: unknown) => sqliteCode(error)?.startsWith('SQLITE_BUSY') === true

/** A failure of SQLite in the words of the port. `doing` completes "storage failed while ...". */
export function storageError(error: unknown, doing: string): StorageError {
  if (error instanceof StorageError) return error
  const code = sqliteCode(error)
  const reason = error instanceof Error ? error.message : String(error)
  return new StorageError(`storage failed while ${doing}: ${reason}${code === undefined ? '' : ` (${code})`}`, {
    cause: error,
    transient: code !== undefined && startsWithAny(code, transientCodes),
  })
}
