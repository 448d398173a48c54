import Database from 'better-sqlite3'

/** Bytes in use in a SQLite file that nobody has open. */
export function usedBytes(path) {
  const database = new Database(path)
  try {
    const pragma = (name) => database.pragma(name, { simple: true })
    database.pragma('wal_checkpoint(TRUNCATE)')
    return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size')
  } finally {
    database.close()
  }
}
