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
  ...[1, 2, 5, 10, 15].map((days) => days * dayMs),
]
const monthSteps = [1, 2, 3, 6, 12]

/** Round times within the buckets, in UTC as the buckets are: about seven at most, in their order. */
export function ticksOf(buckets: readonly HistoryBucket[]): Tick[] {
  const first = buckets[0]
  const last = buckets.at(-1)
  if (first === undefined || last === undefined) return []
  const endAt = last.startAt + last.lengthMs
  const atLeastMs = (endAt - first.startAt) / most
  const stepMs = stepsMs.find((step) => step >= atLeastMs)
  const isRound = stepMs === undefined ? everyMonths(atLeastMs) : stepMs > dayMs ? everyDays(stepMs / dayMs) : always
  const pitchMs = Math.min(stepMs ?? dayMs, dayMs)
  const ticks: Tick[] = []
  for (let at = Math.ceil(first.startAt / pitchMs) * pitchMs; at < endAt; at += pitchMs) {
    if (!isRound(new Date(at))) continue
    const midnight = pitchMs < dayMs && at % dayMs === 0
    const words = timeText(at, pitchMs < dayMs && !midnight ? 'clock' : stepMs === undefined ? 'month' : 'day')
    ticks.push({ at: placeOf(at, buckets), words, midnight })
  }
  return ticks
}

const always = () => true

/** Several days are counted from the first of the month, whose last ones may be left over. */
const everyDays = (days: number) => (date: Date) => date.getUTCDate() < 31 && (date.getUTCDate() - 1) % days === 0

function everyMonths(atLeastMs: number): (date: Date) => boolean {
  const months = monthSteps.find((step) => step * 30 * dayMs >= atLeastMs) ?? Math.ceil(atLeastMs / (365 * dayMs)) * 12
  return (date) => date.getUTCDate() === 1 && (date.getUTCFullYear() * 12 + date.getUTCMonth()) % months === 0
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
