import type { HistoryBucket } from '../contract.ts'
import { type Tick, ticksOf } from './chart-ticks.ts'

export const plotWidth = 960
export const plotHeight = 240

export interface Peak {
  readonly x: number
  readonly valueMs: number
}

export interface Span {
  readonly x: number
  readonly width: number
}

export interface Chart {
  /** Value at the upper edge, ms. */
  readonly topMs: number
  /** Median of each bucket; broken where nothing succeeded. */
  readonly line: string
  /** From the fastest to the 95th percentile: the model has no 5th. */
  readonly band: string
  readonly outages: readonly Span[]
  readonly maintenance: readonly Span[]
  /** Maxima well above the upper edge. */
  readonly peaks: readonly Peak[]
  readonly limits: readonly { readonly valueMs: number; readonly y: number }[]
  /** Limits far above everything measured, which would flatten the rest. */
  readonly limitsAboveMs: readonly number[]
  readonly ticks: readonly Tick[]
}

/** How far above the upper edge a maximum must be to be marked: those just above it would be marks in a row. */
const notable = 2

/** How far above everything measured a limit may be to be drawn, so that it leaves the rest its room. */
const nearness = 1.5

/** Everything to be drawn, in whole units of the plot. Undefined when no bucket has a response time. */
export function chartOf(buckets: readonly HistoryBucket[], limitsMs: readonly number[]): Chart | undefined {
  if (!buckets.some((bucket) => bucket.p50Ms !== undefined)) return undefined
  const measuredMs = reach(buckets)
  const near = nearness * measuredMs
  const within = limitsMs.filter((limit) => limit <= near)
  const topMs = niceTop(Math.max(measuredMs, ...within))
  const x = (i: number) => Math.round(((i + 0.5) / buckets.length) * plotWidth)
  const y = (ms: number) => Math.round(plotHeight * (1 - Math.min(ms, topMs) / topMs))
  return {
    topMs,
    line: segments(buckets)
      .map((indexes) => linePath(indexes.map((i) => [x(i), y(buckets[i]?.p50Ms ?? 0)])))
      .join(''),
    band: segments(buckets)
      .map((indexes) => bandPath(buckets, indexes, x, y))
      .join(''),
    outages: spans(buckets, (bucket) => bucket.failures > 0),
    maintenance: spans(buckets, (bucket) => bucket.maintenance > 0 && bucket.failures === 0),
    peaks: buckets.flatMap(({ maxMs = 0 }, i) => (maxMs > notable * topMs ? [{ x: x(i), valueMs: maxMs }] : [])),
    limits: within.map((valueMs) => ({ valueMs, y: y(valueMs) })),
    limitsAboveMs: limitsMs.filter((limit) => limit > near),
    ticks: ticksOf(buckets),
  }
}

/** What the scale has to reach: all that is drawn, unless some is over three times what 99 of 100 buckets need. */
function reach(buckets: readonly HistoryBucket[]): number {
  const highs = buckets.flatMap(({ p99Ms, p95Ms }) => p99Ms ?? p95Ms ?? []).sort((a, b) => a - b)
  const usual = highs[Math.min(highs.length - 1, Math.floor(highs.length * 0.99))] ?? 1
  const drawn = Math.max(...buckets.map(({ p95Ms, p50Ms }) => p95Ms ?? p50Ms ?? 0))
  return drawn > 3 * usual ? usual : Math.max(drawn, 1)
}

/** Each quarter of these is a number people say. */
const steps = [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10]

export function niceTop(ms: number): number {
  const needed = Math.max(ms, 4)
  const power = 10 ** Math.floor(Math.log10(needed))
  const step = steps.find((candidate) => candidate * power >= needed - 1e-9) ?? 10
  return Math.round(step * power * 100) / 100
}

/** Runs of buckets with a median. */
function segments(buckets: readonly HistoryBucket[]): number[][] {
  const found: number[][] = []
  let current: number[] = []
  for (const [i, bucket] of buckets.entries()) {
    if (bucket.p50Ms === undefined) {
      if (current.length > 0) found.push(current)
      current = []
    } else current.push(i)
  }
  if (current.length > 0) found.push(current)
  return found
}

function linePath(points: readonly (readonly [x: number, y: number])[]): string {
  const [first] = points
  if (first === undefined) return ''
  // A single point is drawn as a dash: a line without length would not be seen.
  if (points.length === 1) return `M${first[0] - 1} ${first[1]}h2`
  return `M${first[0]} ${first[1]}${relative(points)}`
}

function relative(points: readonly (readonly [x: number, y: number])[]): string {
  let text = 'l'
  let before = points[0]
  for (const point of points.slice(1)) {
    if (before !== undefined) text += `${text === 'l' ? '' : ' '}${point[0] - before[0]} ${point[1] - before[1]}`
    before = point
  }
  return text
}

function bandPath(
  buckets: readonly HistoryBucket[],
  indexes: readonly number[],
  x: (i: number) => number,
  y: (ms: number) => number,
): string {
  const of = (i: number) => buckets[i]
  const upper = indexes.map((i) => [x(i), y(of(i)?.p95Ms ?? of(i)?.p50Ms ?? 0)] as const)
  const lower = indexes.map((i) => [x(i), y(of(i)?.minMs ?? of(i)?.p50Ms ?? 0)] as const).reverse()
  const [first] = upper
  if (first === undefined || upper.length < 2) return ''
  return `M${first[0]} ${first[1]}${relative([...upper, ...lower])}z`
}

function spans(buckets: readonly HistoryBucket[], wanted: (bucket: HistoryBucket) => boolean): Span[] {
  const edge = (i: number) => Math.round((i / buckets.length) * plotWidth)
  const found: Span[] = []
  for (let start = 0; start < buckets.length; start++) {
    let end = start
    for (let bucket = buckets[end]; bucket !== undefined && wanted(bucket); bucket = buckets[end]) end++
    if (end === start) continue
    found.push({ x: edge(start), width: Math.max(2, edge(end) - edge(start)) })
    start = end
  }
  return found
}
