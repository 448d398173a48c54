import { expect, test } from 'vitest'
import { fixedHalfEven } from './fixed.ts'

test.each([
  [100 / 32, 2, '3.12'],
  [3100 / 32, 2, '96.88'],
  [1 / 128, 6, '0.007812'],
  [0.9987, 6, '0.998700'],
  [1, 6, '1.000000'],
  [2 / 3, 6, '0.666667'],
  [0, 2, '0.00'],
])('%d with %d decimals is %s', (value, digits, text) => {
  expect(fixedHalfEven(value, digits)).toBe(text)
})
