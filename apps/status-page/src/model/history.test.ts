import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  bucketCount,
  classes,
  expandRuns,
  formatRuns,
  parseRuns,
  withAppended,
  withNewest,
  worstOf,
} from './history.ts'

test('what is no run length is passed over, and nothing grows without bound', () => {
  expect(parseRuns('x3u2<b>d')).toEqual([{ kind: 'u', length: 2 }])
  expect(bucketCount(parseRuns('u999999999999d5'))).toBe(1_000)
  expect(parseRuns('')).toEqual([])
})

test('runs and single buckets say the same', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...classes), { maxLength: 200 }), (kinds) => {
      expect(expandRuns(formatRuns(kinds))).toEqual(kinds)
    }),
  )
})

test('a live result replaces the newest bucket or moves the bars on by one', () => {
  expect(withNewest('u4', 'd')).toBe('u3d1')
  expect(withNewest('u4', 'u')).toBe('u4')
  expect(withNewest('u4', '?')).toBe('u4')
  expect(withAppended('n2u2', 'd')).toBe('n1u2d1')
})

test('the strip of a group is the worst of its members at each time, aligned at the newest', () => {
  expect(worstOf(['u4', 'n2m1g1', 'a1'])).toBe('u2m1a1')
  expect(worstOf([])).toBe('')
})
