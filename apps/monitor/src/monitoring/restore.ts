import type { Resolution } from '../domain/bucket.ts'
import { resolutionMs } from '../domain/bucket.ts'
import type { Endpoint } from '../domain/endpoint.ts'
import type { PastRequest, Store, StoredPast } from '../domain/ports.ts'
import type { WritableBoard } from './board.ts'
import { boardSlots, tallyOf } from './board.ts'
import type { Rollups } from './rollups.ts'
import { createRollups } from './rollups.ts'

const resolutions: readonly Resolution[] = ['5m', '1h', '1d']

/** The buckets being filled of one endpoint, as they would be had the process not ended. */
function restoreRollups(rollups: Rollups, { key, results, newestBuckets }: StoredPast): void {
  for (const resolution of resolutions) rollups.restore(key, resolution, newestBuckets[resolution], results)
}

/**
 * Brings sums up to the results, which a killed process wrote more of, where nobody could tell any more once endpoints
 * are synchronised: those of endpoints that leave, and of those that take over the history of another.
 */
export async function settleSums(
  store: Store,
  wanted: readonly Pick<Endpoint, 'key' | 'previousKeys'>[],
  now: number,
): Promise<void> {
  const staying = new Set(wanted.map(({ key }) => key))
  const leaving = (await store.keys()).filter((key) => !staying.has(key))
  if (leaving.length === 0) return
  const heirs = wanted.filter(({ previousKeys }) => previousKeys.length > 0).map(({ key }) => key)
  const unsettled = new Set([...leaving, ...heirs])
  const rollups = createRollups(1)
  for (const stored of await store.load()) if (unsettled.has(stored.key)) restoreRollups(rollups, stored)
  await store.append({ results: [], events: [], buckets: rollups.take(now, true), alerts: [] })
}

/** The board, and the buckets being filled, that are to take up a past. */
export interface PastKeeper {
  readonly board: WritableBoard
  readonly rollups: Rollups
}

/** What the board has room for, of these endpoints; tallies go to it at once. */
export const pastFor = ({ board }: Pick<PastKeeper, 'board'>, keys: ReadonlySet<string>, now: number): PastRequest => {
  const from = (resolution: Resolution) => now - boardSlots[resolution] * resolutionMs[resolution]
  return {
    keys,
    talliesFrom: { '5m': from('5m'), '1h': from('1h'), '1d': from('1d') },
    visit: (resolution, tally) => board.restoreTally(resolution, tally),
  }
}

/** Takes up the rest of what `pastFor` asked for. */
export function restorePast({ board, rollups }: PastKeeper, past: readonly StoredPast[]): void {
  for (const stored of past) {
    if (stored.results.length === 0) continue
    board.restore(stored)
    restoreRollups(rollups, stored)
    for (const resolution of resolutions) {
      const current = rollups.current(stored.key, resolution)
      if (current !== undefined) board.restoreTally(resolution, tallyOf(stored.key, current))
    }
  }
}
