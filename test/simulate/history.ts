import type { Board } from '../../apps/monitor/src/domain/board.ts'
import type { Bucket, Resolution } from '../../apps/monitor/src/domain/bucket.ts'
import { bucketStart, resolutionMs } from '../../apps/monitor/src/domain/bucket.ts'
import type { Store } from '../../apps/monitor/src/domain/ports.ts'
import type { Result } from '../../apps/monitor/src/domain/result.ts'
import type { Ledger, Track } from './ledger.ts'
import { idOf } from './ledger.ts'
import type { World } from './world.ts'

const resolutions: readonly Resolution[] = ['5m', '1h', '1d']

type Counts = Pick<Bucket, 'count' | 'successes' | 'maintenanceCount' | 'maintenanceSuccesses' | 'sumMs'>

const none: Counts = { count: 0, successes: 0, maintenanceCount: 0, maintenanceSuccesses: 0, sumMs: 0 }

function recount(results: Iterable<Result>, resolution: Resolution): ReadonlyMap<number, Counts> {
  const slots = new Map<number, Counts>()
  for (const { at, success, maintenance, durationMs } of results) {
    const startAt = bucketStart(at, resolution)
    const before = slots.get(startAt) ?? none
    slots.set(startAt, {
      count: before.count + 1,
      successes: before.successes + (success ? 1 : 0),
      maintenanceCount: before.maintenanceCount + (maintenance ? 1 : 0),
      maintenanceSuccesses: before.maintenanceSuccesses + (maintenance && success ? 1 : 0),
      sumMs: before.sumMs + Math.trunc(durationMs),
    })
  }
  return slots
}

const text = ({ count, successes, maintenanceCount, maintenanceSuccesses, sumMs }: Counts) =>
  `${successes}/${count}, in maintenance ${maintenanceSuccesses}/${maintenanceCount}, ${sumMs} ms`

const resultText = (result: Result) =>
  `${idOf(result)} ${result.at} ${result.success} ${result.durationMs} ${result.maintenance}`

/** Compares what the monitor tells of its history with a recount of all results. */
export function createHistoryCheck(world: World, ledger: Ledger) {
  const taken = (track: Track): Result[] => {
    const results = track.results.map(({ result }) => result)
    for (const { result, track: owner } of ledger.unwritten.values()) if (owner === track) results.push(result)
    return results
  }

  const differ = (what: string, startAt: number, found: Counts, expected: Counts) => {
    if (text(found) === text(expected)) return
    world.violation(`${what} at ${new Date(startAt).toISOString()}: has ${text(found)}; should have ${text(expected)}`)
  }

  /** What the page and the API show, as far back as they do. */
  const board = (current: Board) => {
    for (const entry of current.entries()) {
      const { key } = entry.endpoint
      // A rename that is in the store already, but could not come into force yet, is none of the board's business.
      const track = ledger.tracks.get(key)
      if (track === undefined) continue
      const results = taken(track)
      for (const resolution of resolutions) {
        const slotMs = resolutionMs[resolution]
        const newest = Math.max(world.clock.now(), ...results.slice(-1).map(({ at }) => at))
        for (const [startAt, expected] of recount(results, resolution)) {
          if (startAt < newest - 20 * slotMs) continue
          differ(
            `${key}, ${resolution} on the board`,
            startAt,
            entry.series(resolution).sum(startAt, startAt + slotMs),
            expected,
          )
        }
      }
      const last = [...entry.results.slice()].at(-1)
      const expected = results.at(-1)
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
      if (eventText(events) !== eventText(track.events)) {
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
      for (const resolution of resolutions) {
        const found = new Map<number, Counts>()
        for (const bucket of await store.buckets(key, resolution, 0, Number.MAX_SAFE_INTEGER))
          found.set(bucket.startAt, bucket)
        const open = current?.(key, resolution)
        if (open !== undefined) found.set(open.startAt, open)
        const expected = recount(taken(track), resolution)
        for (const startAt of new Set([...found.keys(), ...expected.keys()])) {
          differ(
            `${key}, ${resolution} in the store`,
            startAt,
            found.get(startAt) ?? none,
            expected.get(startAt) ?? none,
          )
        }
      }
    }
  }

  return { board, stored, buckets }
}
