import type { Resolution } from '../domain/bucket.ts'
import { bucketStart, resolutionMs } from '../domain/bucket.ts'
import type { Endpoint } from '../domain/endpoint.ts'
import type { Store, StoredEndpoint } from '../domain/ports.ts'
import type { WritableBoard } from './board.ts'
import { boardSlots, tallyOf } from './board.ts'
import type { Rollups } from './rollups.ts'
import { createRollups } from './rollups.ts'

const resolutions: readonly Resolution[] = ['5m', '1h', '1d']

/** The buckets being filled of one endpoint, as they would be had the process not ended. */
async function restoreRollups(store: Pick<Store, 'buckets'>, rollups: Rollups, { key, results }: StoredEndpoint) {
  const newest = results.at(-1)
  if (newest === undefined) return
  for (const resolution of resolutions) {
    const from = bucketStart(newest.at, resolution)
    rollups.restore(key, resolution, await store.buckets(key, resolution, from, Number.MAX_SAFE_INTEGER), results)
  }
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
  for (const stored of await store.load()) if (unsettled.has(stored.key)) await restoreRollups(store, rollups, stored)
  await store.append({ results: [], events: [], buckets: rollups.take(now, true), alerts: [] })
}

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
    if (!keys.has(stored.key) || stored.results.length === 0) continue
    board.restore(stored)
    await restoreRollups(store, rollups, stored)
    for (const resolution of resolutions) {
      const current = rollups.current(stored.key, resolution)
      if (current !== undefined) board.restoreTally(resolution, tallyOf(stored.key, current))
    }
  }
}
