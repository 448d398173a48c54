import { expect, test } from 'vitest'
import type { HistoryBucket } from '../contract.ts'
import { ticksOf } from './chart-ticks.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const bucketsFrom = (startAt: number, lengthMs: number, n: number): HistoryBucket[] =>
  Array.from({ length: n }, (_, i) => ({
    startAt: startAt + i * lengthMs,
    lengthMs,
    count: 10,
    failures: 0,
    maintenance: 0,
    expected: 10,
  }))

test('a day is told in round hours, and by its date where one begins', () => {
  const ticks = ticksOf(bucketsFrom(Date.UTC(2026, 10, 20, 14, 15), 5 * minute, 288))

  expect(ticks.map(({ words }) => words)).toEqual(['16:00', '20:00', '21 Nov', '04:00', '08:00', '12:00'])
  expect(ticks.map(({ midnight }) => midnight)).toEqual([false, false, true, false, false, false])
  expect(ticks[0]?.at).toBeCloseTo(1.75 / 24)
})

test.each([
  ['a week', 2 * hour, 84, ['24 Aug', '25 Aug', '26 Aug', '27 Aug', '28 Aug', '29 Aug', '30 Aug']],
  ['a month', 8 * hour, 90, ['26 Aug', '1 Sept', '6 Sept', '11 Sept', '16 Sept', '21 Sept']],
  ['a quarter', day, 90, ['1 Sept', '16 Sept', '1 Oct', '16 Oct', '1 Nov', '16 Nov']],
])('%s is told in days, counted from the first of the month', (_, lengthMs, n, expected) => {
  const ticks = ticksOf(bucketsFrom(Date.UTC(2026, 7, 24), lengthMs, n))

  expect(ticks.map(({ words }) => words)).toEqual(expected)
  expect(ticks.some(({ midnight }) => midnight)).toBe(false)
})

test('years of weekly checks are told in months', () => {
  const ticks = ticksOf(bucketsFrom(Date.UTC(2025, 0, 20), 7 * day, 60))

  expect(ticks.map(({ words }) => words)).toEqual([
    'March 2025',
    'May 2025',
    'July 2025',
    'September 2025',
    'November 2025',
    'January 2026',
    'March 2026',
  ])
})

test('checks that came late are as wide as the others', () => {
  const [one, two, three] = bucketsFrom(Date.UTC(2026, 10, 21, 12, 0), minute, 3)
  const late = [one, two, three && { ...three, startAt: three.startAt + 2 * minute }].flatMap((bucket) => bucket ?? [])

  const ticks = ticksOf(late)

  expect(ticks.map(({ words }) => words)).toEqual(['12:00', '12:01', '12:02', '12:03', '12:04'])
  expect(ticks.map(({ at }) => Math.round(at * 9))).toEqual([0, 3, 4, 5, 6])
})

test('nothing to draw has no times', () => {
  expect(ticksOf([])).toEqual([])
})
