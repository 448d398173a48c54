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
  ['a week', 2 * hour, 84, 7],
  ['a month', 8 * hour, 90, 6],
  ['a quarter', day, 90, 6],
])('%s is told in days', (_, lengthMs, n, expected) => {
  const ticks = ticksOf(bucketsFrom(Date.UTC(2026, 7, 24), lengthMs, n))

  expect(ticks.length).toBe(expected)
  expect(ticks.every(({ words, midnight }) => /^\d+ [A-Z][a-z]{2,3}$/.test(words) && !midnight)).toBe(true)
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
