import Sqlite from 'better-sqlite3'
import type { Store } from '../../apps/monitor/src/domain/ports.ts'
import { openSqliteStore } from '../../apps/monitor/src/storage/sqlite/index.ts'
import { migrationsFolder, silentLog } from './monitor.ts'

export interface MemoryPlace extends AsyncDisposable {
  readonly store: Store
}

/** The real store, in memory. */
export async function memoryPlace({ maximumNumberOfResults = 100 } = {}): Promise<MemoryPlace> {
  const store = await openSqliteStore({
    path: ':memory:',
    migrationsFolder,
    maximumNumberOfResults,
    maximumNumberOfEvents: 50,
    log: silentLog,
    connect: () => new Sqlite(':memory:'),
  })
  return { store, [Symbol.asyncDispose]: () => store.close() }
}
