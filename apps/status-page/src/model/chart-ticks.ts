import type { HistoryBucket } from '../contract.ts'
import { dayMs, timeText } from './times.ts'

/** A moment worth naming under a chart. */
export interface Tick {
  /** How far from the left, from 0 to 1. */
  readonly at: number
  readonly words: string
  /** Whether a day begins here, among times of the day. */
  readonly midnight: boolean
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const most = 7

/** Steps that people count in. */
const stepsMs = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minuteMs),
  ...[1, 2, 3, 4, 6, 12].map((hours) => hours * hourMs),
  ...[1, 2, 5, 10, 15, 30].map((days) => days * dayMs),
]

/** Round times within the buckets, in UTC as the buckets are: at most seven, in their order. */
export function ticksOf(buckets: readonly HistoryBucket[]): Tick[] {
  const first = buckets[0]
  const last = buckets.at(-1)
  if (first === undefined || last === undefined) return []
  const endAt = last.startAt + last.lengthMs
  const stepMs = stepsMs.find((step) => (endAt - first.startAt) / step <= most) ?? endAt - first.startAt
  const ticks: Tick[] = []
  for (let at = Math.ceil(first.startAt / stepMs) * stepMs; at < endAt; at += stepMs) {
    const midnight = stepMs < dayMs && at % dayMs === 0
    ticks.push({
      at: placeOf(at, buckets),
      words: timeText(at, stepMs < dayMs && !midnight ? 'clock' : 'day'),
      midnight,
    })
  }
  return ticks
}

/** Each bucket is as wide as the next one, however long it is. */
function placeOf(at: number, buckets: readonly HistoryBucket[]): number {
  const next = buckets.findIndex(({ startAt }) => startAt > at)
  const i = next === -1 ? buckets.length - 1 : next - 1
  const bucket = buckets[i]
  if (bucket === undefined) return 0
  const endAt = buckets[next]?.startAt ?? bucket.startAt + bucket.lengthMs
  const within = endAt > bucket.startAt ? (at - bucket.startAt) / (endAt - bucket.startAt) : 0
  return (i + Math.min(within, 1)) / buckets.length
}
