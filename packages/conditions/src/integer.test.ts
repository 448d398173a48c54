import { describe, expect, test } from 'vitest'
import { integerSyntax, parseInteger } from './integer.ts'

describe('an integer', () => {
  test.each([
    ['0', { negative: false, base: 10, digits: '' }],
    ['-0', { negative: true, base: 10, digits: '' }],
    ['+12', { negative: false, base: 10, digits: '12' }],
    ['-1_0', { negative: true, base: 10, digits: '10' }],
    ['007', { negative: false, base: 8, digits: '7' }],
    ['0x00fF', { negative: false, base: 16, digits: 'fF' }],
    ['0b0', { negative: false, base: 2, digits: '' }],
    ['-0o70', { negative: true, base: 8, digits: '70' }],
  ])('%s has a base, and digits without zeros before them', (text, syntax) => {
    expect(integerSyntax(text)).toEqual(syntax)
  })

  test.each(['', '-', '0x', '-0b', '08', '0b2', '0o8', '0xg', '1a', '1.0', '1_', ' 1'])('is not %j', (text) => {
    expect(integerSyntax(text)).toBeUndefined()
    expect(parseInteger(text)).toBeUndefined()
  })

  test.each([
    ['0', 0n],
    ['00', 0n],
    ['0x0', 0n],
    ['0b101', 5n],
    ['-0o17', -15n],
    ['+017', 15n],
    ['0xFF', 255n],
    ['9223372036854775807', 2n ** 63n - 1n],
    ['-9223372036854775808', -(2n ** 63n)],
    [`-0b1${'0'.repeat(63)}`, -(2n ** 63n)],
  ])('%s has a value', (text, value) => {
    expect(parseInteger(text)).toBe(value)
  })

  test.each(['9223372036854775808', '-9223372036854775809', `1${'0'.repeat(100)}`, 'abc', 'x1'])(
    '%s does not fit into 64 bits, or is none',
    (text) => {
      expect(parseInteger(text)).toBeUndefined()
    },
  )
})
