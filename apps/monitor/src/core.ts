import type { Alerting } from './alerting/alerting.ts'
import { createAlerting } from './alerting/alerting.ts'
import type { Board, BoardEntry } from './domain/board.ts'
import type { Config, StorageSettings } from './domain/config.ts'
import type { Endpoint } from './domain/endpoint.ts'
import type { Clock, Log, Store } from './domain/ports.ts'
import type { Result } from './domain/result.ts'
import { createBoard } from './monitoring/board.ts'
import type { Checker, OnResults } from './monitoring/checker/checker.ts'
import { checkTargetOf } from './monitoring/checker/checker.ts'
import { startHousekeeping } from './monitoring/housekeeping.ts'
import { createRecorder } from './monitoring/recorder.ts'
import { followRenames } from './monitoring/renames.ts'
import { restoreFromStore, settleSums } from './monitoring/restore.ts'
import type { Rollups } from './monitoring/rollups.ts'
import { createRollups } from './monitoring/rollups.ts'
import type { Schedule } from './monitoring/schedule.ts'
import { createSchedule } from './monitoring/schedule.ts'
import type { Writer } from './monitoring/writer.ts'
import { createWriter } from './monitoring/writer.ts'

/** What a check may take beyond its time-out before it counts as lost. */
export const lostAfterMs = 15_000

export interface CoreOutside {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly createChecker: (outside: { clock: Clock; log: Log; onResults: OnResults }) => Checker
  /** How alerts reach their providers; see `createAlerting`. */
  readonly sending?: Pick<Parameters<typeof createAlerting>[0], 'proxies' | 'exchange' | 'random'>
  /** `previousSuccess`: of the result before it, if there was one. */
  readonly onRecorded: (entry: BoardEntry, result: Result, previousSuccess: boolean | undefined) => void
  /** How late a turn was taken, in milliseconds. */
  readonly onLag: (lagMs: number) => void
}

/** The monitor without its web server: everything between a turn of the schedule and what is kept and sent. */
export interface Core {
  readonly board: Board
  readonly rollups: Pick<Rollups, 'current'>
  readonly writer: Pick<Writer, 'health'>
  readonly alerting: Pick<Alerting, 'health' | 'deliveries'>
  readonly schedule: Pick<Schedule, 'counters'>
  /** In force. */
  config(): Config
  /** Takes up what the store remembers. Call it once, before anything else; rejects when the store refuses. */
  restore(): Promise<void>
  /** Begins to check. */
  start(): void
  /** Puts another configuration into force; only what differs is replaced. Rejects, and changes nothing, when the store refuses. */
  reload(next: Config): Promise<void>
  /** No more turns, running checks awaited, notices delivered or left in the outbox, results written. */
  close(grace: { readonly checkMs: number; readonly deliveryMs: number }): Promise<void>
}

/** How often to read the past of changed endpoints again because results came in. */
const adoptionTries = 20

const unsavedLimit = ({ maximumNumberOfResults }: StorageSettings) =>
  Math.max(1, Math.min(25, maximumNumberOfResults >> 2))

const schedulable = ({ endpoints }: Config) =>
  endpoints
    .filter(({ enabled }) => enabled)
    .map(({ key, intervalMs, client }) => ({ key, intervalMs, longestCheckMs: client.timeoutMs + lostAfterMs }))

/** Puts these parts together. Nothing happens before `restore`. */
export function createCore(first: Config, outside: CoreOutside): Core {
  const { clock, log, onRecorded, onLag } = outside
  const store = followRenames(outside.store, (key, alertId) => alerting.writableState(key, alertId))
  let config = first
  /** A reload got as far as the store: what has the same key there and here may be different endpoints. */
  let isStoreAhead = false
  let stopHousekeeping = () => {}

  const board = createBoard(first.storage)
  const rollups = createRollups(unsavedLimit(first.storage))
  const alerting = createAlerting({ store, clock, log, ...outside.sending })
  const { changedAlerts, takeBackAlerts } = alerting
  const writer = createWriter({ store, rollups, changedAlerts, takeBackAlerts, clock, log })
  const recorder = createRecorder({ board, writer, alerts: alerting, onRecorded })
  const checker = outside.createChecker({
    clock,
    log,
    onResults(results) {
      recorder.record(results)
      for (const { key } of results) schedule.done(key)
    },
  })
  const schedule = createSchedule({ clock, check: (key) => checker.check(key), onLag })

  /** Whether the past of an endpoint is to be read: it is new, or takes over that of another. */
  const isUnread = ({ key, previousKeys }: Endpoint) => {
    const known = board.get(key)?.endpoint
    return known === undefined || previousKeys.some((previous) => !known.previousKeys.includes(previous))
  }

  /** The past of `endpoints`, apart from what is in use. */
  const readPast = async (endpoints: readonly Endpoint[]) => {
    const past = { board: createBoard(first.storage), rollups: createRollups(unsavedLimit(first.storage)) }
    past.board.configure(endpoints)
    const keys = new Set(endpoints.map(({ key }) => key))
    if (keys.size > 0) await restoreFromStore({ store, ...past }, keys, clock.now())
    return past
  }

  /** Reads all that has to be read before it changes anything, so that a failure leaves everything as it was. */
  const adopt = async (next: Config) => {
    const wanted = new Set(next.endpoints.map(({ key }) => key))
    const unread = next.endpoints.filter((endpoint) => isStoreAhead || isUnread(endpoint))
    const unreadKeys = new Set(unread.map(({ key }) => key))
    const replaced = board.entries().filter(({ endpoint: { key } }) => !wanted.has(key) || unreadKeys.has(key))
    const resultsOfReplaced = () => replaced.reduce((sum, { version }) => sum + version, 0)
    for (let tries = 1; tries <= adoptionTries; tries++) {
      const before = resultsOfReplaced()
      await writer.flush()
      if (resultsOfReplaced() !== before) continue
      rollups.letGo(replaced.map(({ endpoint }) => endpoint.key))
      await store.syncEndpoints(next.endpoints, clock.now())
      isStoreAhead = true
      const past = await readPast(unread)
      // What came in meanwhile is not in what was read.
      if (resultsOfReplaced() !== before) continue
      board.configure(next.endpoints, past.board)
      rollups.retain(wanted)
      rollups.adopt(past.rollups)
      recorder.configure(next)
      config = next
      isStoreAhead = false
      return
    }
    throw new Error('results came in faster than the history of the changed endpoints could be read')
  }

  const check = (next: Config) => {
    checker.configure(next.endpoints.filter(({ enabled }) => enabled).map(checkTargetOf))
    schedule.configure(schedulable(next), next.concurrency)
  }

  return {
    board,
    rollups,
    writer,
    alerting,
    schedule,
    config: () => config,
    async restore() {
      await settleSums(store, first.endpoints, clock.now())
      await adopt(first)
      await alerting.start(first)
    },
    start() {
      check(config)
      schedule.start()
      stopHousekeeping = startHousekeeping({ store, retention: () => config.storage.retention, clock, log })
    },
    async reload(next) {
      await adopt(next)
      alerting.configure(next)
      check(next)
    },
    async close({ checkMs, deliveryMs }) {
      schedule.stop()
      stopHousekeeping()
      await checker.close(checkMs)
      await alerting.close(deliveryMs)
      await writer.close()
    },
  }
}
