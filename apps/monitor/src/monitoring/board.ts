import type { Board, BoardEntry, BoardListener } from '../domain/board.ts'
import type { Bucket, Resolution } from '../domain/bucket.ts'
import { resolutionMs } from '../domain/bucket.ts'
import type { Endpoint } from '../domain/endpoint.ts'
import type { Event } from '../domain/event.ts'
import type { StoredEndpoint, Tally } from '../domain/ports.ts'
import type { Result } from '../domain/result.ts'
import type { UptimeWindow, WindowStats } from '../domain/uptime.ts'
import { windowStats } from '../domain/uptime.ts'
import { Ring } from '../lib/ring.ts'
import { ResultHistory } from './result-history.ts'
import { TallySeries } from './tally-series.ts'

/** How far back the board remembers: a day of 5 minutes, a month of hours, a quarter of days; and the slot being filled. */
export const boardSlots: Readonly<Record<Resolution, number>> = { '5m': 24 * 12 + 1, '1h': 31 * 24 + 1, '1d': 92 }

/**
 * Filled from the store at the start, kept current by the recorder.
 */
export interface WritableBoard extends Board {
  /**
   * Makes the entries match the configuration. An endpoint keeps the past it has here, unless `restored` has an entry
   * for it, which is taken over.
   */
  configure(endpoints: readonly Endpoint[], restored?: Board): void
  restore(stored: StoredEndpoint): void
  /** Replaces one slot of history. */
  restoreTally(resolution: Resolution, tally: Tally): void
  add(result: Result, events: readonly Event[]): void
}

class Entry implements BoardEntry {
  endpoint: Endpoint
  firstResultAt: number | undefined
  version = 1
  readonly results: ResultHistory
  readonly events: Ring<Event>
  readonly #series: Readonly<Record<Resolution, TallySeries>> = {
    '5m': new TallySeries(resolutionMs['5m'], boardSlots['5m']),
    '1h': new TallySeries(resolutionMs['1h'], boardSlots['1h']),
    '1d': new TallySeries(resolutionMs['1d'], boardSlots['1d']),
  }

  constructor(endpoint: Endpoint, maximumNumberOfResults: number, maximumNumberOfEvents: number) {
    this.endpoint = endpoint
    this.results = new ResultHistory(endpoint.key, maximumNumberOfResults)
    this.events = new Ring(maximumNumberOfEvents)
  }

  series(resolution: Resolution): TallySeries {
    return this.#series[resolution]
  }

  stats(window: UptimeWindow, now: number, excludeMaintenance: boolean): WindowStats {
    const history = {
      results: this.results.slice(),
      fiveMinutes: this.#series['5m'].slots(now - resolutionMs['1h'] - resolutionMs['5m']),
      hours: this.#series['1h'].slots(0),
    }
    return windowStats(window, history, now, { excludeMaintenance })
  }

  add(result: Result, events: readonly Event[]): void {
    this.version += 1
    this.firstResultAt ??= result.at
    this.results.push(result)
    for (const event of events) this.events.push(event)
    const tally = {
      count: 1,
      successes: result.success ? 1 : 0,
      maintenanceCount: result.maintenance ? 1 : 0,
      maintenanceSuccesses: result.maintenance && result.success ? 1 : 0,
      sumMs: Math.trunc(result.durationMs),
    }
    for (const series of Object.values(this.#series)) series.add(result.at, tally)
  }
}

export function createBoard(limits: {
  readonly maximumNumberOfResults: number
  readonly maximumNumberOfEvents: number
}): WritableBoard {
  let entries: Entry[] = []
  let byKey = new Map<string, Entry>()
  let version = 1
  let newestAt: number | undefined
  const listeners = new Set<BoardListener>()

  return {
    configure(endpoints, restored) {
      entries = endpoints.map((endpoint) => {
        const past = restored?.get(endpoint.key)
        const known = past instanceof Entry ? past : byKey.get(endpoint.key)
        if (known === undefined) return new Entry(endpoint, limits.maximumNumberOfResults, limits.maximumNumberOfEvents)
        known.endpoint = endpoint
        known.version += 1
        return known
      })
      byKey = new Map(entries.map((entry) => [entry.endpoint.key, entry]))
      version += 1
      newestAt = Math.max(newestAt ?? 0, restored?.newestAt() ?? 0) || undefined
    },
    restore(stored) {
      const entry = byKey.get(stored.key)
      if (entry === undefined) return
      for (const result of stored.results) entry.results.push(result)
      for (const event of stored.events) entry.events.push(event)
      entry.firstResultAt = stored.firstResultAt ?? stored.results[0]?.at
      entry.version += 1
      version += 1
      newestAt = Math.max(newestAt ?? 0, stored.results.at(-1)?.at ?? 0) || undefined
    },
    restoreTally(resolution, tally) {
      byKey.get(tally.key)?.series(resolution).set(tally.startAt, tally)
    },
    add(result, events) {
      const entry = byKey.get(result.key)
      if (entry === undefined) return
      entry.add(result, events)
      version += 1
      newestAt = Math.max(newestAt ?? 0, result.at)
      for (const listener of listeners) listener({ entry, result })
    },
    get: (key) => byKey.get(key),
    entries: () => entries,
    version: () => version,
    newestAt: () => newestAt,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** What a bucket counts, as the board keeps it. */
export const tallyOf = (key: string, bucket: Bucket): Tally => ({
  key,
  startAt: bucket.startAt,
  count: bucket.count,
  successes: bucket.successes,
  maintenanceCount: bucket.maintenanceCount,
  maintenanceSuccesses: bucket.maintenanceSuccesses,
  sumMs: bucket.sumMs,
})
