import type { Clock, Log, PastRequest, Store } from '../../domain/ports.ts'
import { StorageError } from '../../domain/storage-error.ts'
import { systemClock } from '../../lib/clock.ts'
import { createAlerts, readAlerts } from './alerts.ts'
import { createBuckets } from './buckets.ts'
import type { NotAPromise, Undo } from './database.ts'
import { write } from './database.ts'
import type { KnownEndpoint, KnownEndpoints } from './endpoints.ts'
import { createFirstResults, knownEndpoints, syncEndpoints } from './endpoints.ts'
import { isBusy, isCorrupt, sqliteCode, storageError } from './errors.ts'
import { createEvents } from './events.ts'
import { addNotice, deliveries, pendingNotices, updateDelivery } from './notices.ts'
import type { DatabaseOptions } from './open.ts'
import { moveAside, openDatabase } from './open.ts'
import { readPast, visitTallies } from './past.ts'
import { createResults } from './results.ts'
import { prune } from './retention.ts'

export interface SqliteStoreOptions {
  /** A file, or `:memory:`. */
  readonly path: string
  /** The folder with the SQL migrations and their journal. */
  readonly migrationsFolder: string
  /** Raw results kept per endpoint. */
  readonly maximumNumberOfResults: number
  /** Events per endpoint that `load` gives. */
  readonly maximumNumberOfEvents: number
  readonly log: Log
  readonly clock?: Pick<Clock, 'now'>
  /** How long to wait for another process that holds the file; everything else waits with it. */
  readonly busyTimeoutMs?: number
  readonly connect?: DatabaseOptions['connect']
}

type Session = ReturnType<typeof createSession>

/** What belongs to one open database: prepared statements, and what is remembered of its rows. */
function createSession(options: DatabaseOptions, maximumNumberOfResults: number) {
  const db = openDatabase(options)
  try {
    return {
      db,
      known: knownEndpoints(db),
      results: createResults(db, maximumNumberOfResults),
      buckets: createBuckets(db),
      events: createEvents(db),
      alerts: createAlerts(db),
      firstResults: createFirstResults(db),
    }
  } catch (error) {
    db.$client.close()
    throw error
  }
}

/** After its migrations, a database has the tables that statements are about, unless something else wrote into it. */
const isUnusable = (error: unknown) => isCorrupt(error) || sqliteCode(error) === 'SQLITE_ERROR'

/** The same; a database that turns out to be damaged is moved aside. */
function openSession(options: DatabaseOptions, maximumNumberOfResults: number): Session {
  try {
    return createSession(options, maximumNumberOfResults)
  } catch (error) {
    if (!isUnusable(error) || options.path === ':memory:') throw error
    moveAside(options, error)
    return createSession(options, maximumNumberOfResults)
  }
}

/** The `Store` over one SQLite file that no other process writes. */
export async function openSqliteStore({
  path,
  migrationsFolder,
  maximumNumberOfResults,
  maximumNumberOfEvents,
  log,
  clock = systemClock,
  busyTimeoutMs = 250,
  connect,
}: SqliteStoreOptions): Promise<Store> {
  const options: DatabaseOptions = { path, migrationsFolder, busyTimeoutMs, log, clock, connect }
  let session = openSession(options, maximumNumberOfResults)

  /** Runs one method. `doing` completes "storage failed while ...". */
  function run<T>(doing: string, work: (session: Session) => T): T {
    try {
      return work(session)
    } catch (error) {
      if (!isCorrupt(error) || path === ':memory:') throw storageError(error, doing)
      startOver(error)
    }
    try {
      return work(session)
    } catch (error) {
      throw storageError(error, doing)
    }
  }

  /** The file was damaged while in use: monitoring goes on with a fresh one. */
  function startOver(cause: unknown): void {
    const configured = configuredEndpoints(session.known).map((endpoint) => ({ ...endpoint, previousKeys: [] }))
    try {
      session.db.$client.close()
      moveAside(options, cause)
      session = createSession(options, maximumNumberOfResults)
      isWaitedFor = true
      session.known = write(session.db, () => syncEndpoints(session.db, session.known, configured, clock.now()))
    } catch (error) {
      throw storageError(error, 'replacing a damaged database')
    }
  }

  let isWaitedFor = true

  /**
   * Everything else waits while a write does. Whoever still holds the file after the first wait may do so for hours:
   * until a write succeeds again, none waits.
   */
  const waitForOthers = ({ db }: Session, waits: boolean) => {
    if (waits === isWaitedFor) return
    isWaitedFor = waits
    db.$client.exec(`pragma busy_timeout = ${waits ? busyTimeoutMs : 0}`)
  }

  function written<T>(session: Session, work: (undo: Undo) => NotAPromise<T>): T {
    try {
      const value = write(session.db, work)
      waitForOthers(session, true)
      return value
    } catch (error) {
      if (isBusy(error)) waitForOthers(session, false)
      throw error
    }
  }

  const transaction = (doing: string, work: (session: Session, undo: Undo) => undefined): void =>
    run(doing, (session) => written(session, (undo) => work(session, undo)))

  const unknownKeys = new Set<string>()

  /** What is written for an endpoint that was never synchronised is left out: one mistake must not stop all writing. */
  function endpointOf({ known }: Session, key: string): KnownEndpoint | undefined {
    const endpoint = known.get(key)
    if (endpoint === undefined && !unknownKeys.has(key)) {
      unknownKeys.add(key)
      log.error({ key }, 'storage does not know this endpoint: what it recorded is not kept')
    }
    return endpoint
  }

  const requestedPast = (session: Session, known: KnownEndpoints, request: PastRequest) => {
    const endpoints = configuredEndpoints(known).filter(({ key }) => request.keys.has(key))
    visitTallies(session, endpoints, request)
    return readPast(session, endpoints, maximumNumberOfEvents)
  }

  return {
    async syncEndpoints(endpoints, now, request) {
      return run('updating the list of endpoints', (session) => {
        const { known, past } = written(session, () => {
          const known = syncEndpoints(session.db, session.known, endpoints, now)
          return { known, past: request === undefined ? [] : requestedPast(session, known, request) }
        })
        session.known = known
        return past
      })
    },

    async keys() {
      return configuredEndpoints(session.known).map(({ key }) => key)
    },

    async load() {
      return run('reading history', (session) =>
        readPast(session, configuredEndpoints(session.known), maximumNumberOfEvents),
      )
    },

    async append(batch) {
      transaction('writing results', (session, undo) => {
        for (const result of batch.results) {
          const endpoint = endpointOf(session, result.key)
          if (endpoint === undefined) continue
          session.results.add(endpoint, result, undo)
          session.firstResults.note(endpoint, result.at, undo)
        }
        for (const event of batch.events) {
          const endpoint = endpointOf(session, event.key)
          if (endpoint !== undefined) session.events.add(endpoint.id, event)
        }
        for (const { key, resolution, bucket, adds } of batch.buckets) {
          const endpoint = endpointOf(session, key)
          if (endpoint === undefined) continue
          if (adds === true) session.buckets.add(endpoint.id, resolution, bucket)
          else session.buckets.save(endpoint.id, resolution, bucket)
        }
        for (const alert of batch.alerts) {
          const endpoint = endpointOf(session, alert.endpointKey)
          if (endpoint !== undefined) session.alerts.save(endpoint.id, alert)
        }
      })
    },

    async buckets(key, resolution, from, to) {
      return run('reading history', ({ known, buckets }) => {
        const endpoint = known.get(key)
        return endpoint === undefined ? [] : buckets.read(endpoint.id, resolution, from, to)
      })
    },

    async events(key, { before, limit }) {
      return run('reading events', ({ known, events }) => {
        const endpoint = known.get(key)
        return endpoint === undefined ? [] : events.read(endpoint, before, limit)
      })
    },

    async eventsBetween(from, to, limit) {
      return run('reading events', ({ events }) => events.readBetween(from, to, limit))
    },

    async alerts() {
      return run('reading alerts', ({ db }) => readAlerts(db))
    },

    async saveAlert(alert, notice) {
      transaction('saving an alert', (session) => {
        const { id } = owner(session, alert.endpointKey)
        session.alerts.save(id, alert)
        if (notice !== undefined) addNotice(session.db, id, notice)
      })
    },

    async pendingNotices() {
      return run('reading notices', ({ db }) => pendingNotices(db))
    },

    async updateNotice(entry, alert) {
      transaction('saving a delivery', (session) => {
        updateDelivery(session.db, entry)
        if (alert !== undefined) session.alerts.save(owner(session, alert.endpointKey).id, alert)
      })
    },

    async deliveries({ endpointKey, limit }) {
      return run('reading deliveries', ({ db, known }) => {
        if (endpointKey === undefined) return deliveries(db, undefined, limit)
        const endpoint = known.get(endpointKey)
        return endpoint === undefined ? [] : deliveries(db, endpoint.id, limit)
      })
    },

    async prune(retention) {
      return run('deleting old history', (session) => {
        const { db, known } = session
        const { more, lostResults, deleted } = written(session, () =>
          prune(db, known, retention, maximumNumberOfResults),
        )
        for (const [{ resultIds }, count] of lostResults) resultIds.splice(0, count)
        for (const { key } of deleted) known.delete(key)
        return more
      })
    },

    async close() {
      if (session.db.$client.open) run('closing', ({ db }) => db.$client.close())
    },
  }
}

const configuredEndpoints = (known: KnownEndpoints) => [...known.values()].filter(({ goneAt }) => goneAt === undefined)

function owner({ known }: Session, key: string): KnownEndpoint {
  const endpoint = known.get(key)
  if (endpoint === undefined) throw new StorageError(`storage does not know the endpoint ${key}`, { transient: false })
  return endpoint
}
