import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Bucket } from '../domain/bucket.ts'
import { emptyBucket } from '../domain/bucket.ts'
import type { BucketRecord } from '../domain/ports.ts'
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

describe('a clock that was set back', () => {
  const fiveMinutes = (taken: readonly BucketRecord[]) =>
    taken
      .filter(({ resolution }) => resolution === '5m')
      .map(({ bucket, adds = false }) => ({ startAt: bucket.startAt, count: bucket.count, adds }))

  test('finds buckets in the store, which it adds to', () => {
    const rollups = createRollups(1_000)
    const earlier = startAt - 60 * minute
    rollups.add(result(startAt))
    rollups.add(result(earlier))
    const first = rollups.take(earlier, false)
    rollups.add(result(earlier + 1))

    const second = rollups.take(earlier, false)

    expect(fiveMinutes(first)).toEqual([
      { startAt, count: 1, adds: false },
      { startAt: earlier, count: 1, adds: true },
    ])
    expect(fiveMinutes(second)).toEqual([{ startAt: earlier, count: 1, adds: true }])
    expect(rollups.current('_a', '5m')).toBeUndefined()
  })

  test('adds to the bucket it came from when it gets there again, and begins whole ones after it', () => {
    const rollups = createRollups(1_000)
    rollups.add(result(startAt))
    rollups.add(result(startAt - 5 * minute))
    rollups.take(startAt, true)
    rollups.add(result(startAt + 1))
    rollups.add(result(startAt + 5 * minute))

    const taken = rollups.take(startAt, true)

    expect(fiveMinutes(taken)).toEqual([
      { startAt, count: 1, adds: true },
      { startAt: startAt + 5 * minute, count: 1, adds: false },
    ])
  })

  test('has the bucket written along with a result that a restart would take for counted', () => {
    const rollups = createRollups(1_000)
    rollups.add(result(startAt + 2))
    const before = rollups.take(startAt, false)
    rollups.add(result(startAt + 1))

    const after = rollups.take(startAt, false)

    expect(before).toEqual([])
    expect(fiveMinutes(after)).toEqual([{ startAt, count: 2, adds: false }])
  })

  test('is known of after a restart', () => {
    const rollups = createRollups(1_000)
    const ahead = { ...emptyBucket(startAt + 5 * minute), count: 3 }
    rollups.restore('_a', '5m', [ahead], [result(startAt + 6 * minute), result(startAt)])
    rollups.add(result(startAt + 5 * minute))

    const taken = rollups.take(startAt, true)

    expect(fiveMinutes(taken)).toEqual([
      { startAt, count: 1, adds: false },
      { startAt: startAt + 5 * minute, count: 1, adds: true },
    ])
  })
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
        after.restore('_a', '5m', [stored.get(bucketAt) ?? []].flat(), raw)
        for (const one of results.slice(crashAfter + 1)) after.add(one)
        keep(after.take(at, true))

        let count = 0
        for (const bucket of stored.values()) count += bucket.count
        expect(count).toBe(results.length)
      },
    ),
  )
})
