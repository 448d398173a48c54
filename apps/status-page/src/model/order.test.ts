import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outOfPlace } from './order.ts'

const out = (shown: string, wanted: string): string => [...outOfPlace([...shown], [...wanted])].sort().join('')

test('what moved is counted once, what stayed is not', () => {
  expect(out('abcde', 'abcde')).toBe('')
  expect(out('abcde', 'eabcd')).toBe('e')
  expect(out('abcde', 'bcdea')).toBe('a')
  expect(out('abcdef', 'acbdfe')).toHaveLength(2)
})

test('what comes and what goes counts too', () => {
  expect(out('abc', 'abxc')).toBe('x')
  expect(out('abc', 'ac')).toBe('b')
  expect(out('', 'ab')).toBe('ab')
  expect(out('ab', '')).toBe('ab')
})

test('without what is out of place both orders are the same', () => {
  const keys = fc.uniqueArray(fc.integer({ min: 0, max: 40 }).map(String), { maxLength: 30 })
  fc.assert(
    fc.property(keys, keys, (shown, wanted) => {
      const moved = outOfPlace(shown, wanted)

      expect(shown.filter((key) => !moved.has(key))).toEqual(wanted.filter((key) => !moved.has(key)))
    }),
  )
})
