import type { Histogram } from '../apps/monitor/src/domain/histogram.ts'
import { sampleFactor } from './latency.ts'
import { createRandom, mixed } from './random.ts'

/** What a bucket says of response times. */
export interface Timings {
  readonly sumMs: number
  readonly minMs: number
  readonly maxMs: number
  readonly histogram: Histogram
}

/** How checks of a typical response time of 1 spread: slots relative to the one of 1, and their counts. */
interface Template {
  readonly cells: readonly number[]
  readonly sum: number
  readonly min: number
  readonly max: number
}

/** The slots of `domain/histogram.ts`: each is a tenth wider than the one before, and slot 1 begins at a microsecond. */
const growth = 1.1
const perLog = 1 / Math.log(growth)

/** Many checks look alike however they are drawn, and take long to draw. */
const variantsOf = (count: number) => (count < 1_000 ? 16 : 3)

/**
 * Response times of many checks at the cost of one: a few spreads are drawn once for each number of checks, and then
 * moved along the logarithmic scale to the level that is asked for.
 */
export interface Templates {
  /** Response times of `count` checks (at least one) around `levelMs` (0.1 ms to an hour); `variant` is not negative. */
  timings(count: number, spread: number, levelMs: number, variant: number): Timings
}

function draw(count: number, spread: number, seed: number): Template {
  const random = createRandom(seed)
  const counts = new Map<number, number>()
  let sum = 0
  let min = Number.POSITIVE_INFINITY
  let max = 0
  for (let i = 0; i < count; i += 1) {
    const factor = sampleFactor(spread, random)
    const offset = Math.floor(Math.log(factor) * perLog)
    counts.set(offset, (counts.get(offset) ?? 0) + 1)
    sum += factor
    min = Math.min(min, factor)
    max = Math.max(max, factor)
  }
  const cells = [...counts].sort(([a], [b]) => a - b).flat()
  return { cells, sum, min, max }
}

export function createTemplates(): Templates {
  const drawn = new Map<number, Map<number, Template>>()

  function templateOf(count: number, spread: number, variant: number): Template {
    const bySpread = drawn.get(spread) ?? new Map<number, Template>()
    drawn.set(spread, bySpread)
    const id = count * 16 + variant
    const known = bySpread.get(id)
    if (known !== undefined) return known
    const template = draw(count, spread, mixed(id))
    bySpread.set(id, template)
    return template
  }

  return {
    timings(count, spread, levelMs, variant) {
      const { cells, sum, min, max } = templateOf(count, spread, variant % variantsOf(count))
      // A whole number of slots, so that the shape stays what was drawn.
      const shift = Math.round(Math.log(levelMs * 1_000) * perLog)
      const level = growth ** shift / 1_000
      const histogram = new Array<number>(cells.length)
      for (let i = 0; i < cells.length; i += 2) {
        histogram[i] = 1 + shift + (cells[i] ?? 0)
        histogram[i + 1] = cells[i + 1] ?? 0
      }
      return {
        // Each is cut to whole milliseconds before summing, half a millisecond on average.
        sumMs: Math.max(Math.round(level * sum - count / 2), count * Math.trunc(level * min)),
        minMs: level * min,
        maxMs: level * max,
        histogram,
      }
    },
  }
}
