import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rfc3339 } from './timestamp.ts'

test.each([
  ['2026-03-01T09:15:00.000Z', '2026-03-01T09:15:00Z'],
  ['2026-03-01T09:15:10.120Z', '2026-03-01T09:15:10.12Z'],
  ['2026-03-01T09:15:00.001Z', '2026-03-01T09:15:00.001Z'],
  ['2026-03-01T00:00:20.000Z', '2026-03-01T00:00:20Z'],
])('%s is written as %s', (iso, text) => {
  expect(rfc3339(Date.parse(iso))).toBe(text)
})

test('moments in any order, many seconds apart, are written as they are', () => {
  const at = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }).map(Number)
  const manyOfOnePlace = fc.nat(9).map((n) => Date.UTC(2026, 2, 1) + n * 1_024_000)
  fc.assert(
    fc.property(fc.array(fc.oneof(at, manyOfOnePlace), { minLength: 2 }), (moments) => {
      for (const moment of moments) expect(Date.parse(rfc3339(moment))).toBe(moment)
    }),
  )
})

test('a moment that is none is an error, also the second time', () => {
  expect(() => rfc3339(Number.NaN)).toThrow(RangeError)
  expect(() => rfc3339(Number.NaN)).toThrow(RangeError)
})
