import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { durationText, latencyText, uptimePercentage, uptimeText } from './numbers.ts'

describe('uptime', () => {
  test.each([
    [0, 0, '–'],
    [10, 10, '100%'],
    [1_000_000, 999_999, '99.999%'],
    [10_000_000, 9_999_999, '99.999%'],
    [129_600, 129_571, '99.97%'],
    [10_000, 9_999, '99.990%'],
    [1_000, 997, '99.70%'],
    [1_000, 900, '90.00%'],
    [1_000, 899, '89.9%'],
    [8, 7, '87.5%'],
    [3, 0, '0.0%'],
  ])('of %d checks with %d passed is %s', (count, successes, text) => {
    expect(uptimeText({ count, successes })).toBe(text)
  })

  test('never says more than what passed, and 100 only for everything', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 0, max: 1e9 }), (count, failures) => {
        const successes = Math.max(0, count - failures)
        const shown = uptimePercentage({ count, successes })?.value ?? Number.NaN

        expect(shown * count).toBeLessThanOrEqual(successes * 100 * (1 + 1e-12))
        expect(shown === 100).toBe(successes === count)
      }),
    )
  })
})

test.each([
  [-5, '0 s'],
  [42_900, '42 s'],
  [60_000, '1 min'],
  [12 * 60_000 + 30_000, '12 min'],
  [3_600_000, '1 h'],
  [2 * 3_600_000 + 5 * 60_000, '2 h 5 min'],
  [86_400_000, '1 d'],
  [76 * 3_600_000 + 59 * 60_000, '3 d 4 h'],
  [400 * 86_400_000, '400 d'],
])('a duration of %d ms is %s', (ms, text) => {
  expect(durationText(ms)).toBe(text)
})

test('spoken durations name their units', () => {
  expect(durationText(14 * 60_000, true)).toBe('14 minutes')
  expect(durationText(3_660_000, true)).toBe('1 hour 1 minute')
})

test.each([
  [undefined, '–'],
  [0, '0 ms'],
  [77.4, '77 ms'],
  [999.4, '999 ms'],
  [999.6, '1.0 s'],
  [1_412, '1.4 s'],
  [9_960, '10 s'],
  [45_000, '45 s'],
])('a response time of %s ms is %s', (ms, text) => {
  expect(latencyText(ms)).toBe(text)
})
