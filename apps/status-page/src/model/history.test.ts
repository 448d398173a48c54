import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  barPaths,
  bucketCount,
  classes,
  expandRuns,
  formatRuns,
  kindsOfPaths,
  parseRuns,
  withAppended,
  withNewest,
  worstOf,
} from './history.ts'

const paths = (history: string): Record<string, string> =>
  Object.fromEntries(barPaths(parseRuns(history), true).map(({ name, d }) => [name, d]))

test('each class is one path of lines whose dashes are the bars', () => {
  expect(paths('n30u58g1d1')).toEqual({
    u: 'M150 14h289',
    g: 'M440 17.5h4',
    d: 'M445 14h4m-4 30h4',
    n: 'M0 26h149',
  })
})

test('short failures stand before a healthy bar that goes on behind them', () => {
  expect(paths('u2a1b1u1')).toEqual({ u: 'M0 14h24', a: 'M10 24.5h4m-4 9h4', b: 'M15 21h4m-4 16h4' })
})

test('a strip has no feet', () => {
  expect(barPaths(parseRuns('u2a1d2'), false).map(({ d }) => d)).toEqual(['M0 14h14', 'M15 14h9', 'M10 24.5h4'])
})

test('maintenance is two halves with a slit', () => {
  expect(paths('m2')).toEqual({ m: 'M0 6h9M0 22h9' })
})

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

test('what was drawn says which bars there are', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...classes), { maxLength: 200 }), fc.boolean(), (kinds, feet) => {
      expect(kindsOfPaths(barPaths(parseRuns(formatRuns(kinds)), feet))).toEqual(kinds)
    }),
  )
  expect(kindsOfPaths([{ name: 'x', d: 'M0 14h9' }])).toEqual([])
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
