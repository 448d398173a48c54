import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Bucket } from '../domain/bucket.ts'
import type { Result } from '../domain/result.ts'
import { createRollups } from './rollups.ts'

const minute = 60_000
const startAt = Date.parse('2026-11-21T10:00:00Z')

const result = (at: number, success = true): Result => ({
  key: '_a',
  at,
  success,
  durationMs: 12,
  connected: true,
  errors: [],
  conditions: [],
  maintenance: false,
})

test('hands a bucket out when it has ended', () => {
  const rollups = createRollups(1_000)
  rollups.add(result(startAt + minute))
  rollups.add(result(startAt + 2 * minute, false))
  rollups.add(result(startAt + 5 * minute))

  const taken = rollups.take(startAt + 5 * minute, false)

  const ended = taken.find(({ resolution, bucket }) => resolution === '5m' && bucket.startAt === startAt)
  expect(ended?.bucket).toMatchObject({ count: 2, successes: 1 })
})

test('hands a growing bucket out after so many results, before it has ended', () => {
  const rollups = createRollups(3)
  for (let i = 0; i < 3; i += 1) rollups.add(result(startAt + i))

  const taken = rollups.take(startAt + 3, false)

  expect(taken.map(({ bucket }) => bucket.count)).toEqual([3, 3, 3])
  expect(rollups.take(startAt + 4, false)).toEqual([])
})

test('counts results in the current bucket when the clock was set back', () => {
  const rollups = createRollups(1_000)
  rollups.add(result(startAt))
  rollups.add(result(startAt - 60 * minute))

  expect(rollups.current('_a', '5m')).toMatchObject({ startAt, count: 2 })
})

test('a crash at any moment loses no count', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 4 * minute }), { minLength: 1, maxLength: 120 }),
      fc.nat(),
      (gaps, crash) => {
        const results: Result[] = []
        let at = startAt
        for (const gap of gaps) {
          at += gap
          results.push(result(at))
        }
        const stored = new Map<number, Bucket>()
        const keep = (taken: ReturnType<ReturnType<typeof createRollups>['take']>) => {
          for (const { resolution, bucket } of taken) if (resolution === '5m') stored.set(bucket.startAt, bucket)
        }
        const crashAfter = crash % results.length
        const before = createRollups(7)
        for (const one of results.slice(0, crashAfter + 1)) {
          before.add(one)
          keep(before.take(one.at, false))
        }

        const after = createRollups(7)
        const raw = results.slice(Math.max(0, crashAfter + 1 - 20), crashAfter + 1)
        const newest = raw.at(-1)?.at ?? 0
        const bucketAt = Math.floor(newest / (5 * minute)) * 5 * minute
        after.restore('_a', '5m', stored.get(bucketAt), raw)
        for (const one of results.slice(crashAfter + 1)) after.add(one)
        keep(after.take(at, true))

        let count = 0
        for (const bucket of stored.values()) count += bucket.count
        expect(count).toBe(results.length)
      },
    ),
  )
})
