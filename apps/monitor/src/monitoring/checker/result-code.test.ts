import fc from 'fast-check'
import { expect, test } from 'vitest'
import { targetOf } from '../../../../../test/support/target.ts'
import type { Result } from '../../domain/result.ts'
import { decodeResults, encodeResults, expectedOf } from './result-code.ts'

const target = targetOf({ key: 'a', url: 'http://example.org', conditions: ['[STATUS] == 200', '[CONNECTED] == true'] })
const expected = expectedOf(target)

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const ms = fc.double({ noNaN: true, noDefaultInfinity: true })

const results: fc.Arbitrary<Result> = fc.record({
  key: fc.constant('a'),
  at: fc.nat(),
  success: fc.boolean(),
  durationMs: ms,
  connected: fc.boolean(),
  status: maybe(fc.nat()),
  hostname: maybe(fc.constantFrom('example.org', 'other')),
  ip: maybe(fc.string()),
  dnsRcode: maybe(fc.string()),
  certificateExpirationMs: maybe(ms),
  domainExpirationMs: maybe(ms),
  errors: fc.array(fc.string(), { maxLength: 2 }),
  conditions: fc.oneof(
    fc.constant(expected.conditions),
    fc.array(fc.record({ condition: fc.constantFrom(...target.conditions, 'x'), success: fc.boolean() })),
  ),
  phases: maybe(
    fc.record({
      dnsMs: maybe(ms),
      connectMs: maybe(ms),
      tlsMs: maybe(ms),
      firstByteMs: maybe(ms),
      downloadMs: maybe(ms),
    }),
  ),
  maintenance: fc.constant(false),
})

test('what goes in comes out', () => {
  fc.assert(
    fc.property(fc.array(results, { maxLength: 5 }), (before) => {
      const batch = structuredClone(encodeResults(before.map((result) => ({ slot: 7, expected, result }))))

      expect(decodeResults(batch, (slot) => (slot === 7 ? expected : undefined))).toEqual(before)
    }),
  )
})

test('a healthy result is nothing but numbers, and its conditions are shared', () => {
  const result: Result = {
    key: 'a',
    at: 1,
    success: true,
    durationMs: 2,
    connected: true,
    status: 200,
    hostname: 'example.org',
    errors: [],
    conditions: target.conditions.map((condition) => ({ condition, success: true })),
    maintenance: false,
  }

  const batch = encodeResults([{ slot: 1, expected, result }])
  const [decoded] = decodeResults(batch, () => expected)

  expect(batch.details).toEqual([])
  expect(decoded?.conditions).toBe(expected.conditions)
})

test('leaves out results of slots that are gone', () => {
  const result: Result = {
    key: 'a',
    at: 1,
    success: false,
    durationMs: 2,
    connected: false,
    errors: ['x'],
    conditions: [],
    maintenance: false,
  }

  const batch = encodeResults([{ slot: 1, expected, result }])

  expect(decodeResults(batch, () => undefined)).toEqual([])
})

test('expects nothing of what the endpoint hides', () => {
  const hiding = targetOf({ url: 'http://example.org', display: { hideHostname: true, hideConditions: true } })

  expect(expectedOf(hiding)).toEqual({ key: '_target', hostname: undefined, conditions: [] })
})
