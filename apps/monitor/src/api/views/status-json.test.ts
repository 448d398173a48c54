import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Result } from '../../domain/result.ts'
import type { GatusResult } from '../contract.ts'
import { resultJson } from './status-json.ts'

const texts = fc.oneof(fc.constantFrom('', 'example.org', '[::1]:8080'), fc.string({ unit: 'binary' }))

const results: fc.Arbitrary<Result> = fc.record({
  key: fc.constant('_a'),
  at: fc.integer({ min: 0, max: 2 ** 42 }),
  success: fc.boolean(),
  durationMs: fc.integer({ min: 0, max: 10_000_000 }).map((us) => us / 1_000),
  connected: fc.boolean(),
  status: fc.option(fc.integer({ min: 0, max: 599 }), { nil: undefined }),
  hostname: fc.option(texts, { nil: undefined }),
  ip: fc.constant(undefined),
  dnsRcode: fc.constant(undefined),
  errors: fc.array(texts, { maxLength: 2 }),
  conditions: fc.array(fc.record({ condition: texts, success: fc.boolean() }), { maxLength: 2 }),
  certificateExpirationMs: fc.constant(undefined),
  domainExpirationMs: fc.constant(undefined),
  phases: fc.constant(undefined),
  maintenance: fc.boolean(),
})

test('a result is written as JSON would write it, in the order of Gatus and without what is empty', () => {
  fc.assert(
    fc.property(results, (result) => {
      const { status, hostname, durationMs, errors, conditions, success, at } = result
      const expected: GatusResult = {
        ...(status ? { status } : {}),
        ...(hostname ? { hostname } : {}),
        duration: Math.round(durationMs * 1e6),
        ...(errors.length > 0 ? { errors } : {}),
        ...(conditions.length > 0 ? { conditionResults: conditions } : {}),
        success,
        timestamp: new Date(at).toISOString().replace(/\.?0+Z$/, 'Z'),
      }

      expect(resultJson(result)).toBe(JSON.stringify(expected))
    }),
  )
})
