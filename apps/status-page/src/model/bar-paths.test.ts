import fc from 'fast-check'
import { expect, test } from 'vitest'
import { barPaths } from './bar-paths.ts'
import { classes, formatRuns, kindsOfPaths, parseRuns } from './history.ts'

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

test('what was drawn says which bars there are', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...classes), { maxLength: 200 }), fc.boolean(), (kinds, feet) => {
      expect(kindsOfPaths(barPaths(parseRuns(formatRuns(kinds)), feet))).toEqual(kinds)
    }),
  )
  expect(kindsOfPaths([{ name: 'x', d: 'M0 14h9' }])).toEqual([])
})
