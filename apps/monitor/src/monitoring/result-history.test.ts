import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Result } from '../domain/result.ts'
import { ResultHistory } from './result-history.ts'

const none: readonly string[] = []

const results: fc.Arbitrary<Result> = fc.record({
  key: fc.constant('_a'),
  at: fc.integer({ min: 0, max: 2 ** 42 }),
  success: fc.boolean(),
  durationMs: fc.integer({ min: 0, max: 10_000_000 }).map((us) => us / 1_000),
  connected: fc.boolean(),
  status: fc.option(fc.integer({ min: 100, max: 599 }), { nil: undefined }),
  hostname: fc.constantFrom(undefined, 'a', 'b'),
  ip: fc.constantFrom(undefined, '127.0.0.1'),
  dnsRcode: fc.constantFrom(undefined, 'NOERROR'),
  errors: fc.constantFrom(none, ['refused']),
  conditions: fc.constantFrom([], [{ condition: '[STATUS] == 200', success: true }]),
  certificateExpirationMs: fc.option(fc.integer(), { nil: undefined }),
  domainExpirationMs: fc.option(fc.integer(), { nil: undefined }),
  phases: fc.option(fc.record({ dnsMs: fc.constantFrom(undefined, 1.5), firstByteMs: fc.constant(3) }), {
    nil: undefined,
  }),
  maintenance: fc.boolean(),
})

test('gives back the newest results as they came', () => {
  fc.assert(
    fc.property(fc.array(results, { maxLength: 60 }), fc.integer({ min: 1, max: 25 }), (all, capacity) => {
      const history = new ResultHistory('_a', capacity)
      for (const result of all) history.push(result)
      const kept = all.slice(-capacity)

      expect(history.slice()).toEqual(kept)
      expect(history.length).toBe(kept.length)
      expect(history.newest).toEqual(kept.at(-1))
      expect(history.at(-2)).toEqual(kept.at(-2))
      expect(history.slice(1, 3)).toEqual(kept.slice(1, 3))
      expect(history.successfulDurations(5)).toEqual(
        kept
          .slice(-5)
          .filter(({ success }) => success)
          .map(({ durationMs }) => durationMs),
      )
    }),
  )
})
