import { describe, expect, test } from 'vitest'
import {
  afterDigits,
  afterSign,
  digitValue,
  isNegative,
  prefixedBase,
  readExponent,
  withoutUnderscores,
} from './digits.ts'

test('hexadecimal digits have values, and what stands beside them in ASCII has none', () => {
  const values = [...'0123456789abcdefABCDEF'].map((char) => digitValue(char.charCodeAt(0)))

  expect(values).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 10, 11, 12, 13, 14, 15])
  for (const char of '/:@G`g') expect(digitValue(char.charCodeAt(0))).toBeNaN()
})

test('a sign is one of + and -', () => {
  expect(['+1', '-1', '1', '', ',1'].map(afterSign)).toEqual([1, 1, 0, 0, 0])
  expect(['-1', '+1', '1', ''].map(isNegative)).toEqual([true, false, false, false])
})

test('digits end at the first that is none of the base', () => {
  expect(afterDigits('x12a', 1)).toBe(3)
  expect(afterDigits('x1fg', 1, 16)).toBe(3)
  expect(afterDigits('128', 0, 8)).toBe(2)
  expect(afterDigits('12', 0)).toBe(2)
})

describe('an exponent', () => {
  test.each([
    ['1', 1, 'e', 0],
    ['1e5', 1, 'e', 5],
    ['1E+5', 1, 'e', 5],
    ['1e-12', 1, 'e', -12],
    ['1p3', 1, 'p', 3],
    ['1e99999999999999999999', 1, 'e', 1e15],
    ['1e-99999999999999999999', 1, 'e', -1e15],
  ] as const)('of %s', (text, index, letter, exponent) => {
    expect(readExponent(text, index, letter)).toBe(exponent)
  })

  test.each(['1e', '1e+', '1e-', '1e5x', '1e+-5', '1x5', '1p5'])('of %s is none', (text) => {
    expect(readExponent(text, 1, 'e')).toBeUndefined()
  })
})

test('a base is announced by a zero and its letter', () => {
  expect(['0b1', '0B1', '0o7', '0O7', '0xf', '0Xf'].map((text) => prefixedBase(text, 0))).toEqual([2, 2, 8, 8, 16, 16])
  expect(['1x1', '0d1', '0', '', 'b1'].map((text) => prefixedBase(text, 0))).toEqual(new Array(5).fill(undefined))
  expect(prefixedBase('-0x1', 1)).toBe(16)
})

describe('underscores', () => {
  test.each([
    ['1_000_000', '1000000'],
    ['-1_0.5_0', '-10.50'],
    ['0x_f_f', '0xff'],
    ['-0b_1', '-0b1'],
    ['1000', '1000'],
  ])('of %s stand where they may', (text, without) => {
    expect(withoutUnderscores(text)).toBe(without)
  })

  test.each(['_1', '+_1', '1_', '1__0', '1_.5', '1._5', '1a_1', '1_a', '0x1._f', '0x1f_g', '0_x1'])(
    'of %s do not',
    (text) => {
      expect(withoutUnderscores(text)).toBeUndefined()
    },
  )
})
