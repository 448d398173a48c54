import type { Resolution } from '../domain/bucket.ts'
import { bucketStart, resolutionMs } from '../domain/bucket.ts'
import type { Store } from '../domain/ports.ts'
import type { WritableBoard } from './board.ts'
import { boardSlots, tallyOf } from './board.ts'
import type { Rollups } from './rollups.ts'

const resolutions: readonly Resolution[] = ['5m', '1h', '1d']

/** Fills the board, and the buckets being filled, with what the store knows of these endpoints. */
export async function restoreFromStore(
  { store, board, rollups }: { readonly store: Store; readonly board: WritableBoard; readonly rollups: Rollups },
  keys: ReadonlySet<string>,
  now: number,
): Promise<void> {
  for (const resolution of resolutions) {
    const from = now - boardSlots[resolution] * resolutionMs[resolution]
    await store.tallies(resolution, from, (tally) => {
      if (keys.has(tally.key)) board.restoreTally(resolution, tally)
    })
  }
  for (const stored of await store.load()) {
    const newest = stored.results.at(-1)
    if (!keys.has(stored.key) || newest === undefined) continue
    board.restore(stored)
    for (const resolution of resolutions) {
      const startAt = bucketStart(newest.at, resolution)
      const buckets = await store.buckets(stored.key, resolution, startAt, Number.MAX_SAFE_INTEGER)
      rollups.restore(stored.key, resolution, buckets, stored.results)
      const current = rollups.current(stored.key, resolution)
      if (current !== undefined) board.restoreTally(resolution, tallyOf(stored.key, current))
    }
  }
}
