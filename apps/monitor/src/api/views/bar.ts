import type { BoardEntry } from '../../domain/board.ts'
import type { Bucket } from '../../domain/bucket.ts'
import type { BarRange, RunLengths } from '../contract.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** The ranges that share one time axis over all rows. */
export const timedRanges = {
  '24h': { buckets: 96, bucketMs: 15 * minuteMs, resolution: '5m' },
  '7d': { buckets: 84, bucketMs: 2 * hourMs, resolution: '1h' },
  '30d': { buckets: 90, bucketMs: 8 * hourMs, resolution: '1h' },
  '90d': { buckets: 90, bucketMs: dayMs, resolution: '1d' },
} as const

export type TimedRange = keyof typeof timedRanges

/** How many checks the range `checks` shows. */
export const checksShown = 60

export const isBarRange = (text: string | undefined): text is BarRange =>
  text === 'checks' || (text !== undefined && text in timedRanges)

/** Start of the first bucket, and end of the last, the one that `now` falls into. */
export function axisOf(range: TimedRange, now: number) {
  const { buckets, bucketMs } = timedRanges[range]
  const endAt = (Math.floor(now / bucketMs) + 1) * bucketMs
  return { startAt: endAt - buckets * bucketMs, endAt, bucketMs }
}

type Counts = Pick<Bucket, 'count' | 'successes' | 'maintenanceCount' | 'maintenanceSuccesses'>

/** The class letter of a bucket: see `RunLengths`. Results inside maintenance do not judge it. */
export function bucketClass({ count, successes, maintenanceCount, maintenanceSuccesses }: Counts): string {
  if (count === 0) return 'n'
  const judged = count - maintenanceCount
  if (judged === 0) return 'm'
  const failures = judged - (successes - maintenanceSuccesses)
  if (failures === 0) return 'u'
  if (judged === 1 || failures / judged >= 0.1) return 'd'
  return failures / judged < 0.01 ? 'a' : 'b'
}

/** Writes letters as run lengths: `uuud` is `u3d1`. */
export function runLengths(letters: Iterable<string>): RunLengths {
  let text = ''
  let current = ''
  let length = 0
  for (const letter of letters) {
    if (letter !== current && length > 0) {
      text += current + length
      length = 0
    }
    current = letter
    length += 1
  }
  return length > 0 ? text + current + length : text
}

function* checkLetters({ results }: BoardEntry): Generator<string> {
  for (let missing = checksShown - results.length; missing > 0; missing -= 1) yield 'n'
  for (const { success, maintenance } of results.slice(results.length - checksShown)) {
    yield maintenance ? 'm' : success ? 'u' : 'd'
  }
}

function* timedLetters(entry: BoardEntry, range: TimedRange, now: number): Generator<string> {
  const { startAt, endAt, bucketMs } = axisOf(range, now)
  const series = entry.series(timedRanges[range].resolution)
  for (let at = startAt; at < endAt; at += bucketMs) yield bucketClass(series.sum(at, at + bucketMs))
}

/** The history of an endpoint as the bar shows it, oldest first. */
export const historyBar = (entry: BoardEntry, range: BarRange, now: number): RunLengths =>
  runLengths(range === 'checks' ? checkLetters(entry) : timedLetters(entry, range, now))
