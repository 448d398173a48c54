import type { Board } from '../../apps/monitor/src/domain/board.ts'
import type { Bucket, Resolution } from '../../apps/monitor/src/domain/bucket.ts'
import { resolutionMs } from '../../apps/monitor/src/domain/bucket.ts'
import type { Store } from '../../apps/monitor/src/domain/ports.ts'
import type { Result } from '../../apps/monitor/src/domain/result.ts'
import type { Counts, Recount } from './counts.ts'
import { createRecount, noCounts, resolutions } from './counts.ts'
import type { Ledger, Track } from './ledger.ts'
import { idOf } from './ledger.ts'
import type { World } from './world.ts'

const text = ({ count, successes, maintenanceCount, maintenanceSuccesses, sumMs }: Counts) =>
  `${successes}/${count}, in maintenance ${maintenanceSuccesses}/${maintenanceCount}, ${sumMs} ms`

const same = (a: Counts, b: Counts) =>
  a.count === b.count &&
  a.successes === b.successes &&
  a.maintenanceCount === b.maintenanceCount &&
  a.maintenanceSuccesses === b.maintenanceSuccesses &&
  a.sumMs === b.sumMs

const resultText = (result: Result) =>
  `${idOf(result)} ${result.at} ${result.success} ${result.durationMs} ${result.maintenance}`

/** Compares what the monitor tells of its history with a recount of all results. */
export function createHistoryCheck(world: World, ledger: Ledger) {
  /** With what the process has taken, and not written yet. */
  const taken = (track: Track): Recount => {
    const waiting = [...ledger.unwritten.values()].filter((unwritten) => unwritten.track === track)
    if (waiting.length === 0) return track.counts
    const all = createRecount()
    all.addAll(track.counts)
    for (const { result } of waiting) all.add(result)
    return all
  }

  const newestOf = (track: Track) => {
    let newest = track.results.at(-1)?.result
    for (const unwritten of ledger.unwritten.values()) if (unwritten.track === track) newest = unwritten.result
    return newest
  }

  const differ = (what: string, startAt: number, found: Counts, expected: Counts) => {
    if (same(found, expected)) return
    world.violation(`${what} at ${new Date(startAt).toISOString()}: has ${text(found)}; should have ${text(expected)}`)
  }

  /** What the page and the API show, as far back as they do. */
  const board = (current: Board) => {
    for (const entry of current.entries()) {
      const { key } = entry.endpoint
      const track = ledger.tracks.get(key)
      if (track === undefined || track.gone) {
        world.violation(`${key} is checked, but the store does not know it`)
        continue
      }
      const counts = taken(track)
      const expected = newestOf(track)
      for (const resolution of resolutions) {
        const slotMs = resolutionMs[resolution]
        const newest = Math.max(world.clock.now(), expected?.at ?? 0)
        for (const [startAt, counted] of counts.slots(resolution)) {
          if (startAt < newest - 20 * slotMs) continue
          differ(
            `${key}, ${resolution} on the board`,
            startAt,
            entry.series(resolution).sum(startAt, startAt + slotMs),
            counted,
          )
        }
      }
      const last = entry.results.newest
      if (last?.at !== expected?.at || last?.success !== expected?.success) {
        world.violation(`${key}: the newest result on the board is another one than the newest taken`)
      }
    }
  }

  /** What a restart would find. */
  const stored = async (store: Store, maximumNumberOfResults: number) => {
    for (const { key, results } of await store.load()) {
      const track = ledger.tracks.get(key)
      if (track === undefined) return world.violation(`${key} is stored, but was never configured`)
      const expected = track.results.slice(-maximumNumberOfResults).map(({ result }) => resultText(result))
      const found = results.map(resultText)
      if (found.join('\n') !== expected.join('\n')) {
        world.violation(
          `${key}: ${found.length} results are stored; ${expected.length} were acknowledged and should be`,
        )
      }
      const events = await store.events(key, { before: Number.MAX_SAFE_INTEGER, limit: 100_000 })
      const eventText = (list: Track['events'] | typeof events) =>
        [...list]
          .map(({ at, type }) => `${at} ${type}`)
          .sort()
          .join('\n')
      if (!track.tangled && eventText(events) !== eventText(track.events)) {
        world.violation(`${key}: ${events.length} events are stored; the results changed ${track.events.length} times`)
      }
    }
  }

  /** Sums in the store; only exact when nothing waits to be written. */
  const buckets = async (
    store: Store,
    keys: Iterable<string>,
    current?: (key: string, resolution: Resolution) => Bucket | undefined,
  ) => {
    for (const key of keys) {
      const track = ledger.trackOf(key)
      if (track === undefined) continue
      const counts = taken(track)
      for (const resolution of resolutions) {
        const found = new Map<number, Counts>()
        for (const bucket of await store.buckets(key, resolution, 0, Number.MAX_SAFE_INTEGER))
          found.set(bucket.startAt, bucket)
        const open = current?.(key, resolution)
        if (open !== undefined) found.set(open.startAt, open)
        const expected = counts.slots(resolution)
        for (const startAt of new Set([...found.keys(), ...expected.keys()])) {
          differ(
            `${key}, ${resolution} in the store`,
            startAt,
            found.get(startAt) ?? noCounts,
            expected.get(startAt) ?? noCounts,
          )
        }
      }
    }
  }

  return { board, stored, buckets }
}
