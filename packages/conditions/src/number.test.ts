import { describe, expect, test } from 'vitest'
import { compareNumerics, isDecimalText, parseDecimal, parseNumber, parseQuantity } from './number.ts'

describe('a number', () => {
  test.each([
    ['0', 0],
    ['-12.5', -12.5],
    ['+.5', 0.5],
    ['5.', 5],
    ['1.2e+06', 1_200_000],
    ['123456789012345', 123_456_789_012_345],
    ['1e289', 1e289],
    ['1e-291', 1e-291],
    ['010', 8],
    ['08', 8],
    ['0x1F', 31],
    ['-0b101', -5],
    ['0x1.8p1', 3],
    ['0x.8p0', 0.5],
    ['-0x1p-2', -0.25],
    ['1_000.5', 1_000.5],
    ['inf', Infinity],
    ['+Infinity', Infinity],
    ['-INF', -Infinity],
    ['-infinity', -Infinity],
    ['nan', Number.NaN],
  ])('%s is %d', (text, value) => {
    expect(parseNumber(text)).toBe(value)
  })

  test.each([
    '',
    '.',
    '-',
    '.e5',
    '1e',
    '1.8p1',
    '0b1p1',
    '0x1.8',
    '0x1.8q',
    '0x1.8p',
    '0xp1',
    '0x1p8193',
    'infinite',
    'x',
  ])('is not %j', (text) => {
    expect(parseNumber(text)).toBeUndefined()
  })

  test('of more digits than a double holds keeps them all', () => {
    expect(parseNumber('1234567890123456')).toEqual({ sign: 1, digits: '1234567890123456', magnitude: 16 })
    expect(parseNumber('1e290')).toEqual({ sign: 1, digits: '1', magnitude: 291 })
  })

  test('in another base than ten has up to 1,024 digits', () => {
    expect(parseNumber(`0x${'f'.repeat(1_024)}`)).toBeDefined()
    expect(parseNumber(`0x${'f'.repeat(1_025)}`)).toBeUndefined()
    expect(parseNumber(`0x${'f'.repeat(1_020)}p1`)).toBeDefined()
    expect(parseNumber(`0x${'f'.repeat(1_021)}p1`)).toBeUndefined()
    expect(parseNumber('0x1p8192')).toBeDefined()
  })
})

test('a decimal has no other base, and no name', () => {
  expect(['1.5', '010', '', '.', '0x1', 'inf'].map(parseDecimal)).toEqual([1.5, 10, ...new Array(4).fill(undefined)])
})

test('a quantity is a number or a duration in milliseconds', () => {
  expect(['2', '1.5s', '-250ms', '1h', 'Inf', 's', '', 'x1'].map(parseQuantity)).toEqual([
    2,
    1_500,
    -250,
    3_600_000,
    Infinity,
    undefined,
    undefined,
    undefined,
  ])
})

test('decimals are written in digits, a point and an exponent, and are not octal', () => {
  const decimals = ['0', '-0', '+1', '0.5', '.5', '5.', '0e1', '-0.5e-3', '1E+5', '10']
  const others = ['', '.', '-', '010', '-00', '08', '1_0', '1e', '0x1', 'x', '1s', 'e5']

  expect(decimals.filter((text) => !isDecimalText(text))).toEqual([])
  expect(others.filter(isDecimalText)).toEqual([])
})

describe('the order of two numbers', () => {
  const long = parseNumber('12345678901234567') ?? Number.NaN

  test.each([
    [1, 1, 0],
    [1, 2, -1],
    [2, 1, 1],
    [1e20, long, 1],
    [long, 1e20, -1],
    [5, long, -1],
    [long, long, 0],
    [-Infinity, long, -1],
    [long, -Infinity, 1],
    [Infinity, 1, 1],
  ])('%o and %o', (a, b, order) => {
    expect(Math.sign(compareNumerics(a, b))).toBe(order)
  })

  test('is none with NaN', () => {
    for (const other of [1, Infinity, Number.NaN, long]) {
      expect(compareNumerics(Number.NaN, other)).toBeNaN()
      expect(compareNumerics(other, Number.NaN)).toBeNaN()
    }
  })
})
