import type { BoardEntry } from '../domain/board.ts'
import type { Config } from '../domain/config.ts'
import type { Endpoint } from '../domain/endpoint.ts'
import type { Event } from '../domain/event.ts'
import { eventsOf } from '../domain/event.ts'
import { isUnderMaintenance } from '../domain/maintenance.ts'
import type { Log } from '../domain/ports.ts'
import type { Result } from '../domain/result.ts'
import type { WritableBoard } from './board.ts'
import type { Writer } from './writer.ts'

/** As many as the writer keeps when the store refuses: a store that never answers must not fill the memory. */
const mostHeld = 100_000

/** What an alert policy does with a result. */
export interface ResultHandler {
  handle(endpoint: Endpoint, result: Result): void
}

/** The one way in for results: from a check, and later from suites and pushes. */
export interface Recorder {
  configure(config: Config): void
  record(results: readonly Result[]): void
  /** From now on results wait, so that nothing comes in for endpoints that are being changed. */
  hold(): void
  /** Records what waited, for the endpoints that `keyNow` makes of theirs. */
  release(keyNow: (key: string) => string): void
}

/**
 * Passes each result on to everything that lives from results: storage, the board, alerts and metrics. Nothing here
 * waits: writing and sending happen behind it.
 */
export function createRecorder(outside: {
  readonly board: WritableBoard
  readonly writer: Writer
  readonly alerts: ResultHandler
  /** `previousSuccess`: of the result before it, if there was one. */
  readonly onRecorded: (entry: BoardEntry, result: Result, previousSuccess: boolean | undefined) => void
  readonly log: Log
}): Recorder {
  const { board, writer, alerts, onRecorded, log } = outside
  let config: Config | undefined
  let held: Result[] | undefined
  let lost = 0

  const recordOne = (current: Config, checked: Result) => {
    const entry = board.get(checked.key)
    // A check may still have been running when a reload removed its endpoint.
    if (entry === undefined) return
    const { endpoint } = entry
    const windows = current.maintenance.windows
    const maintenance =
      isUnderMaintenance(windows, checked.at) || isUnderMaintenance(endpoint.maintenanceWindows, checked.at)
    const result = maintenance ? { ...checked, maintenance } : checked
    const previousSuccess = entry.results.newest?.success
    const events: readonly Event[] = eventsOf(result, previousSuccess)
    // Before the writer, which may write at once: a crash would leave a result that its alert knows nothing of.
    if (current.alerting && !maintenance) alerts.handle(endpoint, result)
    writer.add(result, events)
    board.add(result, events)
    onRecorded(entry, result, previousSuccess)
  }

  const record = (results: readonly Result[]) => {
    if (config === undefined) return
    for (const result of results) recordOne(config, result)
  }

  return {
    configure(next) {
      config = next
    },
    record(results) {
      if (held === undefined) return record(results)
      for (const result of results) {
        if (held.length < mostHeld) held.push(result)
        else lost += 1
      }
    },
    hold() {
      held ??= []
    },
    release(keyNow) {
      const waiting = held ?? []
      held = undefined
      record(waiting.map((result) => ({ ...result, key: keyNow(result.key) })))
      if (lost > 0) log.error({ lost }, 'too many results came in while the configuration changed; the last are lost')
      lost = 0
    },
  }
}
