import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addToHistogram,
  decodeHistogram,
  emptyHistogram,
  encodeHistogram,
  mergeHistograms,
  quantile,
} from './histogram.ts'

const histogramOf = (times: readonly number[]) => {
  const histogram = emptyHistogram()
  for (const ms of times) addToHistogram(histogram, ms)
  return histogram
}

/** Whole microseconds, as results have them, up to a day. */
const times = fc.array(fc.integer({ min: 0, max: 86_400_000_000 }).map((us) => us / 1000))

const exactQuantile = (values: readonly number[], q: number) =>
  values.toSorted((a, b) => a - b)[Math.max(Math.ceil(q * values.length), 1) - 1]

describe('quantile', () => {
  test('is within 5 % of the exact one, from a microsecond to a day', () => {
    fc.assert(
      fc.property(times, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        const exact = exactQuantile(values, q)

        const estimate = quantile(histogramOf(values), q)

        if (exact === undefined) return estimate === undefined
        return estimate !== undefined && Math.abs(estimate - exact) <= exact * 0.05
      }),
      { numRuns: 500 },
    )
  })

  test('is absent when nothing was counted', () => {
    expect(quantile(emptyHistogram(), 0.5)).toBeUndefined()
  })

  test.each([-1, Number.NaN, 0, 0.0001])('counts %s as no time at all', (ms) => {
    expect(quantile(histogramOf([ms]), 0.5)).toBe(0)
  })

  test('keeps counting beyond the end of the scale', () => {
    const histogram = histogramOf([1e15, Number.POSITIVE_INFINITY])

    expect(histogram).toHaveLength(2)
    expect(quantile(histogram, 1)).toBeGreaterThan(7 * 86_400_000)
  })
})

test('merging histograms is counting everything in one', () => {
  fc.assert(
    fc.property(fc.array(times), (parts) => {
      const merged = mergeHistograms(parts.map(histogramOf))

      expect(merged).toEqual(histogramOf(parts.flat()))
    }),
  )
})

test('merging keeps both ends of the scale', () => {
  const ends = histogramOf([0, 1e15])

  expect(mergeHistograms([ends, ends])).toEqual([0, 2, 300, 2])
  expect(mergeHistograms([])).toEqual([])
})

describe('as bytes', () => {
  test('comes back the same', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 2 ** 40 }), (values, factor) => {
        const histogram = histogramOf(values).map((cell, i) => (i % 2 === 1 ? cell * factor : cell))

        expect(decodeHistogram(encodeHistogram(histogram))).toEqual(histogram)
      }),
    )
  })

  test.each([
    ['once in a slot', [5, 1], [10]],
    ['twice in a slot', [5, 2], [11, 0]],
    ['in the first slot and the one after', [0, 3, 1, 1], [1, 1, 2]],
    ['so far that it takes a second byte', [64, 1], [0x80, 1]],
    ['in the last slot', [300, 130], [0xd9, 4, 0x80, 1]],
  ])('counts %s', (_, histogram, bytes) => {
    expect([...encodeHistogram(histogram)]).toEqual(bytes)
    expect(decodeHistogram(Uint8Array.from(bytes))).toEqual(histogram)
  })

  test('takes few: an hour of checks every minute between 40 and 80 ms fits in 20 bytes', () => {
    const hour = histogramOf(Array.from({ length: 60 }, (_, i) => 40 + ((i * 37) % 41)))

    expect(encodeHistogram(hour).length).toBeLessThanOrEqual(20)
  })

  test('is refused when cut, unordered or out of scale, and any bytes end in time', () => {
    expect(() => decodeHistogram(Uint8Array.of(0x81))).toThrow(new RangeError('not a histogram'))
    expect(() => decodeHistogram(Uint8Array.of(3))).toThrow(RangeError)
    expect(() => decodeHistogram(Uint8Array.of(20, 0))).toThrow(RangeError)
    expect(() => decodeHistogram(Uint8Array.of(0xff, 0x7f))).toThrow(RangeError)
    expect(() => decodeHistogram(Uint8Array.of(0xda, 4))).toThrow(new RangeError('not a histogram'))
    expect(() => decodeHistogram(Uint8Array.of(11, ...new Array(7).fill(0x80), 1))).toThrow(RangeError)
    expect(() => decodeHistogram(new Uint8Array(1000).fill(0xff))).toThrow(RangeError)
  })
})
