import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { durationNanoseconds, formatShortDuration } from './duration.ts'
import { formatDuration, parseDuration } from './index.ts'

const hourMs = 3_600_000

describe('reading a duration', () => {
  test.each([
    ['0', 0],
    ['+0', 0],
    ['0s', 0],
    ['1h30m', 1.5 * hourMs],
    ['1.5s', 1_500],
    ['.5s', 500],
    ['1.s', 1_000],
    ['1h.5m', hourMs + 30_000],
    ['-250ms', -250],
    ['+2m', 120_000],
    ['1m1h1m', hourMs + 120_000],
    ['1d', 24 * hourMs],
    ['1.5d', 36 * hourMs],
    ['2w3d', 17 * 24 * hourMs],
    ['500us', 0.5],
    ['500µs', 0.5],
    ['500μs', 0.5],
    ['1ns', 0.000001],
    ['1.9ns', 0.000001],
    ['0.0000001ms', 0],
    [`${'0'.repeat(100)}1s`, 1_000],
    ['9223372036854775807ns', 9223372036854.775],
    ['-9223372036854775808ns', -9223372036854.775],
    ['106751d', 106_751 * 24 * hourMs],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms)
  })

  test.each([
    '',
    '-',
    '1',
    '.',
    '.s',
    '1 s',
    ' 1s',
    '1S',
    '1y',
    '1h-1m',
    '--1s',
    '1e3s',
    's',
    '1h1',
    '1h.s',
    '1hs',
    '0x1s',
    '1_0s',
  ])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })

  test.each(['9223372036854775808ns', '-9223372036854775809ns', '106752d', '15251w', `1${'0'.repeat(40)}h`])(
    'refuses %s, which is beyond 292 years',
    (text) => {
      expect(parseDuration(text)).toBeUndefined()
    },
  )
})

test('a duration has up to thirty digits before its point', () => {
  expect(durationNanoseconds(`000${'9'.repeat(30)}ns`)).toBe(10n ** 30n - 1n)
  expect(durationNanoseconds(`${'9'.repeat(31)}ns`)).toBeUndefined()
})

describe('writing a duration', () => {
  test.each([
    [0, '0s'],
    [-0, '0s'],
    [1_800_000, '30m0s'],
    [hourMs, '1h0m0s'],
    [1_500, '1.5s'],
    [250, '250ms'],
    [0.5, '500µs'],
    [0.0015, '1.5µs'],
    [0.001, '1µs'],
    [0.000999, '999ns'],
    [0.000001, '1ns'],
    [1.25, '1.25ms'],
    [999.9999999, '1s'],
    [0.9999999, '1ms'],
    [-90_061_001, '-25h1m1.001s'],
    [36 * hourMs, '36h0m0s'],
    [Number.NaN, '0s'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })

  test.each([
    [0, '0s'],
    [500, '0s'],
    [-500, '0s'],
    [1_500, '1s'],
    [60_000, '1m'],
    [90_000, '1m30s'],
    [600_000, '10m'],
    [36_000_000, '10h'],
    [72_600_000, '20h10m'],
    [72_030_000, '20h0m30s'],
    [-10_800_000, '-3h'],
    [Number.NaN, '0s'],
    [Number.POSITIVE_INFINITY, '0s'],
  ])('%d ms, briefly, is %s', (ms, text) => {
    expect(formatShortDuration(ms)).toBe(text)
  })

  test('gives what reads back as it was', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (nanoseconds) => {
        const ms = nanoseconds / 1e6

        expect(parseDuration(formatDuration(ms))).toBe(ms + 0)
      }),
    )
  })
})
