import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Summed } from './bucket.ts'
import { accumulatorOf, bucketStart, createAccumulator, emptyBucket, mergeBuckets } from './bucket.ts'

const startAt = Date.parse('2026-03-05T12:00:00Z')

const summed = fc.record<Summed>({
  at: fc.integer({ min: startAt, max: startAt + 299_999 }),
  success: fc.boolean(),
  durationMs: fc.integer({ min: 0, max: 60_000_000 }).map((us) => us / 1000),
  maintenance: fc.boolean(),
})

const bucketOf = (results: readonly Summed[]) => {
  const accumulator = createAccumulator(startAt)
  for (const result of results) accumulator.add(result)
  return accumulator.bucket()
}

describe('an accumulator', () => {
  test('sums up what a bucket tells', () => {
    const bucket = bucketOf([
      { at: startAt + 20, success: true, durationMs: 12.9, maintenance: false },
      { at: startAt + 30, success: false, durationMs: 7.5, maintenance: true },
      { at: startAt + 10, success: true, durationMs: 90.1, maintenance: true },
    ])

    expect(bucket).toMatchObject({
      startAt,
      count: 3,
      successes: 2,
      maintenanceCount: 2,
      maintenanceSuccesses: 1,
      sumMs: 109,
      minMs: 7.5,
      maxMs: 90.1,
      throughAt: startAt + 30,
    })
  })

  test('gives buckets that later results do not change', () => {
    const accumulator = createAccumulator(startAt)
    accumulator.add({ at: startAt, success: true, durationMs: 1, maintenance: false })

    const before = accumulator.bucket()
    accumulator.add({ at: startAt + 1, success: true, durationMs: 1, maintenance: false })

    expect(before).toMatchObject({ count: 1, histogram: [expect.any(Number), 1] })
  })

  test('goes on where a bucket ends, and leaves that bucket alone', () => {
    fc.assert(
      fc.property(fc.array(summed), fc.array(summed), (first, second) => {
        const stored = bucketOf(first)
        const copy = structuredClone(stored)

        const accumulator = accumulatorOf(stored)
        for (const result of second) accumulator.add(result)

        expect(accumulator.bucket()).toEqual(bucketOf([...first, ...second]))
        expect(stored).toEqual(copy)
      }),
    )
  })

  test('without results is an empty bucket that holds no result yet, not even one at its start', () => {
    expect(createAccumulator(startAt).bucket()).toEqual(emptyBucket(startAt))
    expect(emptyBucket(startAt).throughAt).toBeLessThan(startAt)
  })
})

test('merging buckets is summing all results in one', () => {
  fc.assert(
    fc.property(fc.array(fc.array(summed)), (parts) => {
      expect(mergeBuckets(parts.map(bucketOf), startAt)).toEqual(bucketOf(parts.flat()))
    }),
  )
})

test('buckets start at multiples of their length in UTC', () => {
  const at = Date.parse('2026-03-05T12:34:56.789Z')

  expect(new Date(bucketStart(at, '5m')).toISOString()).toBe('2026-03-05T12:30:00.000Z')
  expect(new Date(bucketStart(at, '1h')).toISOString()).toBe('2026-03-05T12:00:00.000Z')
  expect(new Date(bucketStart(at, '1d')).toISOString()).toBe('2026-03-05T00:00:00.000Z')
  expect(bucketStart(startAt, '5m')).toBe(startAt)
})
