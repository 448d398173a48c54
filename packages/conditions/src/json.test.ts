import { describe, expect, test } from 'vitest'
import { LongNumber, mayHoldLongNumbers, parseJson, parseJsonKeepingDigits } from './json.ts'

const rounded = (_: string, value: unknown) => (value instanceof LongNumber ? value.value : value)

describe('a JSON text read for its digits', () => {
  test.each([
    '[]',
    '{}',
    'true',
    'false',
    'null',
    '"x"',
    '12',
    ' [ 1 , -2.5E+2 ,\t1e-3,\r\n0 ] ',
    '[true,false,null,"true"]',
    '[[],{},[[1],{"a":[2]}],"]","{"]',
    '{"a":{"b":[1,{"c":"d"}]},"e":[],"f":{},"":0}',
    String.raw`{"a\"b":"c\"d","e\\":"f\\","g\\\"h":"\\\"","\u0061":"\u00e9"}`,
    '["a","b\\\\","c"]',
    '{"__proto__":{"x":1}}',
  ])('%s is the same document', (text) => {
    expect(JSON.stringify(parseJsonKeepingDigits(text))).toBe(JSON.stringify(JSON.parse(text)))
  })

  test('keeps the digits of numbers that a double cannot hold', () => {
    const source = '{"a":[12345678901234567890,-0.12345678901234567],"b":1e400,"c":1.5}'

    const read = parseJsonKeepingDigits(source)

    expect(read).toEqual({
      a: [new LongNumber('12345678901234567890'), new LongNumber('-0.12345678901234567')],
      b: new LongNumber('1e400'),
      c: 1.5,
    })
    expect(JSON.stringify(read, rounded)).toBe(JSON.stringify(JSON.parse(source)))
  })
})

test('null is no number, which JSON would write alike', () => {
  expect(parseJsonKeepingDigits('[null,{"a":null}]')).toEqual([null, { a: null }])
})

test('a long number shows as a double where there is one', () => {
  expect(String(new LongNumber('12345678901234567890'))).toBe('12345678901234567000')
  expect(String(new LongNumber('1e400'))).toBe('1e400')
})

test('what is no JSON is no value', () => {
  expect(parseJson('[1,]')).toBeUndefined()
  expect(parseJson('[1]')).toEqual([1])
})

test('numbers may be long from sixteen digits and from exponents of three on', () => {
  const long = ['1234567890123456', '0.12345678901234', '1e100', '1E+100', '1e-100']
  const short = ['123456789012345', '1e99', '1E+99', '1e-99', '1.5', 'text 12']

  expect(long.filter((text) => !mayHoldLongNumbers(text))).toEqual([])
  expect(short.filter(mayHoldLongNumbers)).toEqual([])
})
