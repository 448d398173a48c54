import { describe, expect, test } from 'vitest'
import { compareDecimals, decimal, integerDecimal } from './decimal.ts'

const zero = { sign: 0, digits: '', magnitude: 0 }

describe('a decimal', () => {
  test.each([
    ['120 with a zero before it', false, '0120', 4, { sign: 1, digits: '12', magnitude: 3 }],
    ['-0.05', true, '005', 1, { sign: -1, digits: '5', magnitude: -1 }],
    ['10.01', false, '1001', 2, { sign: 1, digits: '1001', magnitude: 2 }],
    ['zeros', true, '000', 2, zero],
    ['nothing', false, '', 0, zero],
  ])('of %s has no zero at either end', (_, negative, digits, point, expected) => {
    expect(decimal(negative, digits, point)).toEqual(expected)
  })

  test('is made of an integer', () => {
    expect(integerDecimal(-1_200n)).toEqual({ sign: -1, digits: '12', magnitude: 4 })
    expect(integerDecimal(7n)).toEqual({ sign: 1, digits: '7', magnitude: 1 })
    expect(integerDecimal(0n)).toEqual(zero)
  })
})

test('decimals are in the order of their values', () => {
  const ascending = [
    decimal(true, '2', 3),
    decimal(true, '12', 2),
    decimal(true, '1', 2),
    decimal(true, '1', -5),
    decimal(false, '', 0),
    decimal(false, '9', -5),
    decimal(false, '1', 2),
    decimal(false, '12', 2),
    decimal(false, '2', 2),
    decimal(false, '1', 3),
  ]

  for (const [i, a] of ascending.entries()) {
    for (const [j, b] of ascending.entries()) expect(Math.sign(compareDecimals(a, b)) + 0).toBe(Math.sign(i - j))
  }
})
