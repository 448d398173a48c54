import type { Alerting } from './alerting/alerting.ts'
import { createAlerting } from './alerting/alerting.ts'
import type { Board, BoardEntry } from './domain/board.ts'
import type { Config, StorageSettings } from './domain/config.ts'
import type { Endpoint } from './domain/endpoint.ts'
import type { Clock, Log, Store } from './domain/ports.ts'
import type { Result } from './domain/result.ts'
import { createExclusion } from './lib/exclusion.ts'
import { createBoard } from './monitoring/board.ts'
import type { Checker, OnResults } from './monitoring/checker/checker.ts'
import { checkTargetOf } from './monitoring/checker/checker.ts'
import { startHousekeeping } from './monitoring/housekeeping.ts'
import { createRecorder } from './monitoring/recorder.ts'
import { pastFor, restorePast, settleSums } from './monitoring/restore.ts'
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
  /**
   * Puts another configuration into force; only what differs is replaced. Rejects, and changes nothing, when the store
   * refuses. To be called when the one before has ended.
   */
  reload(next: Config): Promise<void>
  /** No more turns, running checks awaited, notices delivered or left in the outbox, results written. */
  close(grace: { readonly checkMs: number; readonly deliveryMs: number }): Promise<void>
}

const unsavedLimit = ({ maximumNumberOfResults }: StorageSettings) =>
  Math.max(1, Math.min(25, maximumNumberOfResults >> 2))

const schedulable = ({ endpoints }: Config) =>
  endpoints
    .filter(({ enabled }) => enabled)
    .map(({ key, intervalMs, client }) => ({ key, intervalMs, longestCheckMs: client.timeoutMs + lostAfterMs }))

/** What becomes of keys: an endpoint that is renamed is the same under its next one. */
const keyAmong = (endpoints: readonly Endpoint[]) => {
  const renamed = new Map<string, string>()
  for (const { key, previousKeys } of endpoints) for (const previous of previousKeys) renamed.set(previous, key)
  for (const { key } of endpoints) renamed.delete(key)
  return (key: string) => renamed.get(key) ?? key
}

/** Puts these parts together. Nothing happens before `restore`. */
export function createCore(first: Config, outside: CoreOutside): Core {
  const { store, clock, log, onRecorded, onLag } = outside
  /** Endpoints change, here and in the store, while nothing is being written under their names. */
  const { share, alone } = createExclusion()
  let config = first
  let stopHousekeeping = () => {}

  const board = createBoard(first.storage)
  const rollups = createRollups(unsavedLimit(first.storage))
  const alerting = createAlerting({ store, clock, log, share, ...outside.sending })
  const { changedAlerts, takeBackAlerts } = alerting
  const writer = createWriter({ store, rollups, changedAlerts, takeBackAlerts, share, clock, log })
  const recorder = createRecorder({ board, writer, alerts: alerting, onRecorded, log })
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

  /**
   * One step of the store, which changes the endpoints and answers with all there is to know of them, or fails and has
   * changed nothing. What follows needs nothing that could fail. All that came in before is written by then, and what
   * comes in meanwhile waits.
   */
  const adopt = async (next: Config, follow = () => {}) => {
    const unread = next.endpoints.filter(isUnread)
    const past = { board: createBoard(first.storage), rollups: createRollups(unsavedLimit(first.storage)) }
    past.board.configure(unread)
    const keys = new Set(unread.map(({ key }) => key))
    let keyNow = (key: string) => key
    recorder.hold()
    try {
      await writer.flush()
      await alone(async () => {
        const now = clock.now()
        restorePast(past, await store.syncEndpoints(next.endpoints, now, pastFor(past, keys, now)))
        board.configure(next.endpoints, past.board)
        rollups.retain(new Set(next.endpoints.map(({ key }) => key)))
        rollups.adopt(past.rollups)
        recorder.configure(next)
        config = next
        keyNow = keyAmong(next.endpoints)
        follow()
      })
    } finally {
      recorder.release(keyNow)
    }
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
      await adopt(next, () => {
        alerting.configure(next)
        check(next)
      })
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
