import type { Ring } from '../lib/ring.ts'
import type { Resolution } from './bucket.ts'
import type { Endpoint } from './endpoint.ts'
import type { Event } from './event.ts'
import type { Result } from './result.ts'
import type { UptimeWindow, WindowStats } from './uptime.ts'

/** What happened in a span of time. */
export interface SlotTally {
  readonly count: number
  readonly successes: number
  readonly maintenanceCount: number
  readonly maintenanceSuccesses: number
  /** Response times in whole milliseconds, summed. */
  readonly sumMs: number
}

/** Counts in slots of equal length. */
export interface TallyHistory {
  readonly slotMs: number
  /** The sum over all slots that start at or after `from` and before `to`. */
  sum(from: number, to: number): SlotTally
  /** The slots with results that start at or after `from`, oldest first. */
  slots(from: number): Iterable<SlotTally & { readonly startAt: number }>
}

/** The newest raw results of an endpoint, oldest first. */
export interface RecentResults {
  readonly length: number
  /** How many there have ever been, those that had to leave included. */
  readonly total: number
  readonly newest: Result | undefined
  /** The result at `index`, 0 being the oldest; negative counts back from the newest. */
  at(index: number): Result | undefined
  /** Results from `from` up to, not including, `to`, oldest first. */
  slice(from?: number, to?: number): readonly Result[]
  /** Response times in milliseconds of the successful ones among the newest `count`. */
  successfulDurations(count: number): number[]
}

/** One endpoint and its recent past, in memory. */
export interface BoardEntry {
  readonly endpoint: Endpoint
  readonly results: RecentResults
  /** Events, oldest first. */
  readonly events: Ring<Event>
  readonly firstResultAt: number | undefined
  /** Grows with every change, so that what is derived from the entry can be kept until then. */
  readonly version: number
  series(resolution: Resolution): TallyHistory
  stats(window: UptimeWindow, now: number, excludeMaintenance: boolean): WindowStats
}

export type BoardListener = (change: { readonly entry: BoardEntry; readonly result: Result }) => void

/** What everything that reads, reads: the recent past of every endpoint, in memory. */
export interface Board {
  get(key: string): BoardEntry | undefined
  /** In the order of the configuration. */
  entries(): readonly BoardEntry[]
  /** Grows with every change of any entry, and of which entries there are. */
  version(): number
  /** Time of the newest result of all. */
  newestAt(): number | undefined
  subscribe(listener: BoardListener): () => void
}
