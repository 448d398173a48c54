import { mixed, normal } from './random.ts'
import { dayMs, hourMs } from './units.ts'

/** From `startAt` to before `endAt`, in milliseconds since 1970. */
export interface Span {
  readonly startAt: number
  readonly endAt: number
}

/** How the response time of an endpoint moves. */
export interface LatencyModel {
  readonly seed: number
  /** Typical response time at a quiet hour. */
  readonly baseMs: number
  /** Standard deviation of the logarithm, from check to check. */
  readonly spread: number
  /** How much longer it takes in the afternoon of a working day: 0.5 is half as long again. */
  readonly daySwing: number
  /** When it was slower than usual, and how many times. */
  readonly spells: readonly (Span & { readonly factor: number })[]
}

/** The calmest hour of the day in UTC. */
const calmHour = 3
const weekendShare = 0.35

function busyness(at: number): number {
  const weekday = (Math.floor(at / dayMs) + 4) % 7
  const hour = (at % dayMs) / hourMs
  const wave = (0.5 - 0.5 * Math.cos(((hour - calmHour) / 24) * 2 * Math.PI)) ** 1.5
  return weekday === 0 || weekday === 6 ? wave * weekendShare : wave
}

/** -1 to 1, without jumps, and new every `periodMs`. */
function drift(seed: number, at: number, periodMs: number): number {
  const position = at / periodMs
  const index = Math.floor(position)
  const share = position - index
  const smooth = share * share * (3 - 2 * share)
  const valueAt = (i: number) => mixed(seed ^ mixed(i)) / 2 ** 31 - 1
  return valueAt(index) * (1 - smooth) + valueAt(index + 1) * smooth
}

/** The typical response time at a moment, in milliseconds. */
export function levelAt({ seed, baseMs, daySwing, spells }: LatencyModel, at: number): number {
  const wander = 0.1 * drift(seed, at, 7 * hourMs) + 0.05 * drift(seed + 1, at, hourMs)
  let level = baseMs * (1 + daySwing * busyness(at)) * Math.exp(wander)
  for (const { startAt, endAt, factor } of spells) if (at >= startAt && at < endAt) level *= factor
  return level
}

const outlierShare = 0.012

/** How many times the typical response time one check takes. */
export function sampleFactor(spread: number, random: () => number): number {
  const usual = Math.exp(spread * normal(random))
  return random() < outlierShare ? usual * (1.6 + 2.4 * random()) : usual
}
