import type { StorageSettings } from '../domain/config.ts'
import type { Clock, Log, Store } from '../domain/ports.ts'
import { openSqliteStore } from './sqlite/index.ts'

export interface StorageOutside {
  /** The folder with the SQL migrations and their journal: `drizzle`, beside `src` and `dist`. */
  readonly migrationsFolder: string
  readonly log: Log
  readonly clock?: Pick<Clock, 'now'>
}

/** The store that the configuration asks for. In memory it is the same as in a file, until the process ends. */
export const openStore = (
  { type, path, maximumNumberOfResults, maximumNumberOfEvents }: StorageSettings,
  outside: StorageOutside,
): Promise<Store> =>
  openSqliteStore({
    path: type === 'memory' ? ':memory:' : path,
    maximumNumberOfResults,
    maximumNumberOfEvents,
    ...outside,
  })
