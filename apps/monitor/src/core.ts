import type { Alerting } from './alerting/alerting.ts'
import { createAlerting } from './alerting/alerting.ts'
import type { Board, BoardEntry } from './domain/board.ts'
import type { Config } from './domain/config.ts'
import type { Clock, Log, Store } from './domain/ports.ts'
import type { Result } from './domain/result.ts'
import { createBoard } from './monitoring/board.ts'
import type { Checker, OnResults } from './monitoring/checker/checker.ts'
import { checkTargetOf } from './monitoring/checker/checker.ts'
import { startHousekeeping } from './monitoring/housekeeping.ts'
import { createRecorder } from './monitoring/recorder.ts'
import { restoreFromStore } from './monitoring/restore.ts'
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
  /** Puts another configuration into force; only what differs is replaced. */
  reload(next: Config): Promise<void>
  /** No more turns, running checks awaited, notices delivered or left in the outbox, results written. */
  close(grace: { readonly checkMs: number; readonly deliveryMs: number }): Promise<void>
}

const unsavedLimit = (maximumNumberOfResults: number) => Math.max(1, Math.min(25, maximumNumberOfResults >> 2))

const schedulable = ({ endpoints }: Config) =>
  endpoints
    .filter(({ enabled }) => enabled)
    .map(({ key, intervalMs, client }) => ({ key, intervalMs, longestCheckMs: client.timeoutMs + lostAfterMs }))

/** Puts these parts together. Nothing happens before `restore`. */
export function createCore(first: Config, outside: CoreOutside): Core {
  const { store, clock, log, onRecorded, onLag } = outside
  let config = first
  let stopHousekeeping = () => {}

  const board = createBoard(first.storage)
  const rollups = createRollups(unsavedLimit(first.storage.maximumNumberOfResults))
  const alerting = createAlerting({ store, clock, log, ...outside.sending })
  const writer = createWriter({ store, rollups, changedAlerts: alerting.changedAlerts, clock, log })
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

  const adopt = async (next: Config) => {
    const known = new Set(board.entries().map(({ endpoint }) => endpoint.key))
    const added = next.endpoints.filter(({ key }) => !known.has(key))
    await store.syncEndpoints(next.endpoints, clock.now())
    board.configure(next.endpoints)
    if (added.length > 0) {
      await restoreFromStore({ store, board, rollups }, new Set(added.map(({ key }) => key)), clock.now())
    }
    rollups.retain(new Set(next.endpoints.map(({ key }) => key)))
    recorder.configure(next)
    config = next
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
      await adopt(first)
      await alerting.start(first)
    },
    start() {
      check(config)
      schedule.start()
      stopHousekeeping = startHousekeeping({ store, retention: () => config.storage.retention, clock, log })
    },
    async reload(next) {
      await writer.flush().catch(() => {})
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
