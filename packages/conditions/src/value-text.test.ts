import { expect, test } from 'vitest'
import { LongNumber } from './json.ts'
import type { Writable } from './value-text.ts'
import { jsonText, listText } from './value-text.ts'

test('moments have as many decimals as they need', () => {
  const texts = ['05.060', '05.600', '05.000', '00.001'].map((s) => listText(new Date(`2024-01-20T03:04:${s}Z`)))

  expect(texts).toEqual([
    '2024-01-20 03:04:05.06 +0000 UTC',
    '2024-01-20 03:04:05.6 +0000 UTC',
    '2024-01-20 03:04:05 +0000 UTC',
    '2024-01-20 03:04:00.001 +0000 UTC',
  ])
  expect(listText(new Date(Number.NaN))).toBe('invalid')
})

test('lists are plain', () => {
  const value: Writable = [
    'a\ud800',
    null,
    true,
    1.5,
    10n,
    [],
    {},
    { b: [1, 2], 'a\udc00': '<' },
    new LongNumber('1e400'),
  ]

  expect(listText(value)).toBe('[a\ufffd <nil> true 1.5 10 [] map[] map[a\ufffd:< b:[1 2]] 1e400]')
})

test('JSON is minified, sorted, and safe in a page', () => {
  const at = new Date('2024-01-20T03:04:05Z')
  const value: Writable = {
    b: [1, 10n, null, false],
    a: '<&>\u2028"\ud800',
    c: {},
    d: [],
    e: new LongNumber('1e400'),
    f: at,
  }

  expect(jsonText(value)).toBe(
    '{"a":"\\u003c\\u0026\\u003e\\u2028\\"\ufffd","b":[1,10,null,false],"c":{},"d":[],"e":1e400,"f":"2024-01-20 03:04:05 +0000 UTC"}',
  )
})
