import { describe, expect, test } from 'vitest'
import { afterCharacter, byCodePoint, byteLength, firstCharacters, trim, trimmedRange, wellFormed } from './text.ts'

const spaces =
  '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000'

describe('white space', () => {
  test('is what Unicode calls so', () => {
    for (const space of spaces) expect(trim(`${space}a${space}b${space}`)).toBe(`a${space}b`)
    for (const other of '\b\u000e\u001f!\u007f\u0080\u0086\u1681\u1fff\u200b\u2027\u202a\ufeff') {
      expect(trim(`${other} `)).toBe(other)
    }
  })

  test('alone leaves nothing', () => {
    expect(trim(spaces)).toBe('')
    expect(trimmedRange('  ')).toEqual({ start: 2, end: 2 })
    expect(trimmedRange('')).toEqual({ start: 0, end: 0 })
  })
})

test('bytes are those of UTF-8, three for half a surrogate pair', () => {
  const texts = [
    '',
    'a\u007f',
    '\u0080',
    '\u07ff',
    '\u0800',
    '\ud7ff',
    '\ue000',
    '\uffff',
    '😀',
    '\u{10000}',
    '\u{10ffff}',
  ]
  const lone = [
    '\ud800',
    '\udbff',
    '\udc00',
    '\udfff',
    '\ud800a',
    'a\udc00',
    '\ude00\ud83d',
    '\ud83d\ud83d',
    '\ud83d\ue000',
    'é\ud83d',
  ]

  for (const text of [...texts, ...lone, texts.join('')]) expect(byteLength(text)).toBe(Buffer.byteLength(text))
})

test('the first characters are code points', () => {
  expect(firstCharacters('a😀b', 2)).toBe('a😀')
  expect(firstCharacters('😀😀', 2)).toBe('😀😀')
  expect(firstCharacters('😀😀', 3)).toBe('😀😀')
  expect(firstCharacters('abc', 3)).toBe('abc')
  expect(firstCharacters('abc', 2)).toBe('ab')
  expect(firstCharacters('a\ud83d', 1)).toBe('a')
})

test('a character ends after its second half, if it has one', () => {
  const ends = [
    '😀',
    '\u{10000}',
    '\u{10ffff}',
    'ab',
    '\ud83da',
    '\ud83d\ud83d',
    'a\ude00',
    '\ude00\ude00',
    '\ue000\udc00',
    '\ud83d\ue000',
  ]

  expect(ends.map((text) => afterCharacter(text, 0))).toEqual([2, 2, 2, 1, 1, 1, 1, 1, 1, 1])
})

test('texts are in the order of their code points', () => {
  const ascending = [
    '',
    'a',
    'aa',
    'ab',
    'b',
    '\ud7ff',
    '\ue000',
    '\uffff',
    '\u{10000}',
    '\u{10000}a',
    '😀',
    '\u{10ffff}',
  ]

  for (const [i, a] of ascending.entries()) {
    for (const [j, b] of ascending.entries()) expect(Math.sign(byCodePoint(a, b))).toBe(Math.sign(i - j))
  }
})

test('half a surrogate pair becomes the replacement character', () => {
  expect(wellFormed('a\ud83db\ude00')).toBe('a\ufffdb\ufffd')
  expect(wellFormed('a😀')).toBe('a😀')
})
