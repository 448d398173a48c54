import { describe, expect, test } from 'vitest'
import { vectors } from '../../../../test/support/vectors.ts'
import type { Bucket, Resolution, Summed } from './bucket.ts'
import { bucketStart, createAccumulator, emptyBucket } from './bucket.ts'
import { averageMsOf, hourlyAverages, statsOfResults, uptimeOf, windowStats } from './uptime.ts'

interface Figures {
  readonly uptime: number
  readonly averageResponseTimeMs: number
}

interface UptimeVector {
  readonly now: string
  readonly results: readonly { readonly timestamp: string; readonly success: boolean; readonly durationMs: number }[]
  readonly expected: Readonly<Record<'1h' | '24h' | '7d' | '30d', Figures>> | null
  readonly expectedHourlyAverageMs: Readonly<Record<string, number>>
}

const bucketsOf = (results: readonly Summed[], resolution: Resolution): readonly Bucket[] => {
  const accumulators = new Map<number, ReturnType<typeof createAccumulator>>()
  for (const result of results) {
    const startAt = bucketStart(result.at, resolution)
    const accumulator = accumulators.get(startAt) ?? createAccumulator(startAt)
    accumulators.set(startAt, accumulator)
    accumulator.add(result)
  }
  return [...accumulators.values()].map((accumulator) => accumulator.bucket())
}

const historyOf = (results: readonly Summed[]) => ({
  results,
  fiveMinutes: bucketsOf(results, '5m'),
  hours: bucketsOf(results, '1h'),
})

const hourMs = 3_600_000
const noon = Date.parse('2026-03-05T12:00:00Z')

const check = (at: number, success = true, maintenance = false): Summed => ({
  at,
  success,
  durationMs: 7.9,
  maintenance,
})

describe('agrees with the vectors', () => {
  test.each(vectors<UptimeVector>('uptime.json'))('$name', ({ now, results, expected, expectedHourlyAverageMs }) => {
    const nowAt = Date.parse(now)
    const history = historyOf(
      results.map(({ timestamp, success, durationMs }) => ({
        at: Date.parse(timestamp),
        success,
        durationMs,
        maintenance: false,
      })),
    )

    for (const window of ['1h', '24h', '7d', '30d'] as const) {
      const stats = windowStats(window, history, nowAt)

      expect(uptimeOf(stats), window).toBeCloseTo(expected?.[window].uptime ?? 0, 9)
      expect(averageMsOf(stats), window).toBe(expected?.[window].averageResponseTimeMs ?? 0)
    }
    const averages = hourlyAverages(history.hours, bucketStart(nowAt, '1h') - 24 * hourMs)
    const shown = averages.map(({ startAt, averageMs }) => [
      new Date(startAt).toISOString().replace('.000Z', 'Z'),
      averageMs,
    ])
    expect(Object.fromEntries(shown)).toEqual(expectedHourlyAverageMs)
  })
})

test('the last hour is answered from buckets when raw results do not reach back', () => {
  const all = Array.from({ length: 3600 }, (_, i) => check(noon - (3600 - i) * 1000 + 500, i >= 1800))
  const history = { ...historyOf(all), results: all.slice(-100) }

  const stats = windowStats('1h', history, noon + 250)

  expect(stats.count).toBeGreaterThan(3200)
  expect(uptimeOf(stats)).toBeCloseTo(0.5, 1)
})

test('the last hour is counted to the moment when raw results reach back', () => {
  const history = historyOf([check(noon - 58 * 60_000, false), check(noon + 60_000)])

  const stats = windowStats('1h', history, noon + 2 * 60_000)

  expect(stats).toMatchObject({ count: 1, successes: 1 })
  expect(windowStats('1h', history, noon + 60_000)).toMatchObject({ count: 2, successes: 1 })
})

test('response times are truncated before they are summed', () => {
  expect(statsOfResults([check(noon), check(noon)], noon - 1)).toMatchObject({ sumMs: 14, timedCount: 2 })
})

test('hours without results have no average', () => {
  expect(hourlyAverages([emptyBucket(noon)], noon)).toEqual([])
})

test('results inside maintenance windows are left out of uptime only when asked', () => {
  const history = historyOf([check(noon - 3000), check(noon - 2000, false, true), check(noon - 1000, true, true)])

  for (const window of ['1h', '24h'] as const) {
    const kept = windowStats(window, history, noon)
    const excluded = windowStats(window, history, noon, { excludeMaintenance: true })

    expect(kept).toMatchObject({ count: 3, successes: 2, timedCount: 3 })
    expect(excluded).toMatchObject({ count: 1, successes: 1, timedCount: 3 })
  }
})
