import { describe, expect, test } from 'vitest'
import { vectors } from '../../../test/support/vectors.ts'
import { createFacts, type Facts, resolvePlaceholder, storeValue } from './index.ts'

interface PlaceholderCase {
  readonly placeholder: string
  readonly result: Facts
  readonly expected: string
}

describe('a placeholder by itself', () => {
  test.each(vectors<PlaceholderCase>('placeholders.json'))('$name', ({ placeholder, result, expected }) => {
    const resolved = resolvePlaceholder(placeholder, createFacts(result))

    expect(resolved).toEqual({ text: expected, found: !expected.endsWith(' (INVALID)') })
  })

  test('a connection is there or not', () => {
    const shown = [{ connected: true }, { connected: false }, {}].map(
      (facts) => resolvePlaceholder('[CONNECTED]', createFacts(facts)).text,
    )

    expect(shown).toEqual(['true', 'false', 'false'])
  })

  test('a function of the context means nothing outside a suite', () => {
    expect(resolvePlaceholder('has([CONTEXT].a)', createFacts({}))).toEqual({ text: 'false', found: true })
    expect(resolvePlaceholder('len([CONTEXT].a)', createFacts({})).found).toBe(false)
    expect(resolvePlaceholder('[CONTEXT].a', createFacts({}))).toEqual({ text: '[CONTEXT].a', found: true })
  })

  test('times are whole milliseconds', () => {
    expect(resolvePlaceholder('[RESPONSE_TIME]', createFacts({ responseTimeMs: 250.999 })).text).toBe('250')
    expect(resolvePlaceholder('[DOMAIN_EXPIRATION]', createFacts({ domainExpirationMs: -0.5 })).text).toBe('0')
  })

  test('white space in Unicode is trimmed off a body, a byte order mark is not', () => {
    expect(resolvePlaceholder('[BODY]', createFacts({ body: '\u0085\u3000ok\u00a0\n' })).text).toBe('ok')
    expect(resolvePlaceholder('[BODY]', createFacts({ body: '\ufeffok' })).text).toBe('\ufeffok')
  })

  test.each([
    ['[CONTEXT].list', '[a <nil> map[k:v z:1]]'],
    ['[CONTEXT].mapping', 'map[k:v z:1]'],
    ['[CONTEXT].nothing', '<nil>'],
    ['[CONTEXT].big', '12345678901234567890123'],
    ['[CONTEXT].decimal', '1e+21'],
    ['[CONTEXT].day', '2024-01-02 03:04:05.6 +0000 UTC'],
    ['len([CONTEXT].mapping)', '2'],
    ['len([CONTEXT].word)', '4'],
    ['len([CONTEXT].nothing)', '5'],
    ['has([CONTEXT].nothing)', 'true'],
    ['has([CONTEXT]x)', 'false'],
  ])('%s is %s', (placeholder, text) => {
    const mapping = { z: 1, k: 'v' }
    const context = {
      list: ['a', null, mapping],
      mapping,
      nothing: null,
      big: 12345678901234567890123n,
      decimal: 1e21,
      day: new Date('2024-01-02T03:04:05.600Z'),
      word: 'héx',
    }

    expect(resolvePlaceholder(placeholder, createFacts({ context })).text).toBe(text)
  })
})

test.each([
  ['t', true],
  ['T', true],
  ['true', true],
  ['TRUE', true],
  ['True', true],
  ['f', false],
  ['F', false],
  ['false', false],
  ['FALSE', false],
  ['False', false],
  ['tRUE', 'tRUE'],
  ['', ''],
  ['.55', 0.55],
  ['5.', 5],
  ['-1.5', -1.5],
  ['+1.5e-3', 0.0015],
  ['2E+3', 2_000],
  ['-7', -7],
  ['-0', 0],
  ['.', '.'],
  ['1.5x', '1.5x'],
  ['x1.5', 'x1.5'],
  ['1.x', '1.x'],
  ['+12345678901234567890', 12345678901234567890n],
  ['9'.repeat(1_024), BigInt('9'.repeat(1_024))],
  ['9'.repeat(1_025), '9'.repeat(1_025)],
])('the text %.30s is stored as what it reads as', (text, value) => {
  expect(storeValue('[BODY].a', createFacts({ body: JSON.stringify({ a: text }) }))).toEqual(value)
})

describe('a value to store', () => {
  const body = JSON.stringify({
    word: 'abc',
    zeros: '007',
    signed: '+12',
    decimal: '1.5',
    exponent: '12e45',
    beyond: '12e4567',
    yes: 't',
    one: '1',
    none: null,
    list: [1, 'a'],
    object: { b: 1, a: 2 },
    long: '12345678901234567890',
    endless: '9'.repeat(2_000),
  }).replace('{', '{"id":9007199254740993,"huge":123456789012345678901234,"float":0.1234567890123456789,')

  test.each([
    ['[BODY].word', 'abc'],
    ['[BODY].zeros', 7],
    ['[BODY].signed', 12],
    ['[BODY].decimal', 1.5],
    ['[BODY].exponent', 12e45],
    ['[BODY].beyond', '12e4567'],
    ['[BODY].yes', true],
    ['[BODY].one', 1],
    ['[BODY].none', undefined],
    ['[BODY].missing', undefined],
    ['[BODY].list', '[1 a]'],
    ['[BODY].object', '{"a":2,"b":1}'],
    ['[BODY].long', 12345678901234567890n],
    ['[BODY].endless', '9'.repeat(2_000)],
    ['[body].id', 9007199254740993n],
    ['[BODY].huge', 123456789012345678901234n],
    ['[BODY].float', 0.12345678901234568],
    ['has([BODY].missing)', false],
    ['len([BODY].word)', 3],
    ['[STATUS]', 201],
    ['plain text', 'plain text'],
    ['[CONTEXT].a', '[CONTEXT].a'],
  ])('%s', (placeholder, value) => {
    const facts = createFacts({ status: 201, body, context: { a: 1 } })

    expect(storeValue(placeholder, facts)).toEqual(value)
  })
})
