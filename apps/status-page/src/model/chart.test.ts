import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HistoryBucket } from '../contract.ts'
import { chartOf, niceTop } from './chart.ts'

const bucket = (i: number, over: Partial<HistoryBucket> = {}): HistoryBucket => ({
  startAt: i * 300_000,
  lengthMs: 300_000,
  count: 10,
  failures: 0,
  maintenance: 0,
  expected: 10,
  ...over,
})
const measured = (i: number, ms: number, over: Partial<HistoryBucket> = {}): HistoryBucket =>
  bucket(i, { minMs: ms / 2, p50Ms: ms, p95Ms: ms * 1.5, p99Ms: ms * 1.6, maxMs: ms * 2, ...over })

test('without a response time there is no chart', () => {
  expect(chartOf([bucket(0, { count: 0 })], [])).toBeUndefined()
})

test('a bucket without success breaks the line', () => {
  const chart = chartOf([measured(0, 100), measured(1, 100), bucket(2, { failures: 10 }), measured(3, 100)], [])

  expect(chart?.line.match(/M/g)?.length).toBe(2)
  expect(chart?.outages).toEqual([{ x: 480, width: 240 }])
})

test('a lone peak is marked instead of flattening the rest', () => {
  const buckets = Array.from({ length: 200 }, (_, i) => measured(i, 100, i === 100 ? { maxMs: 6_200 } : {}))

  const chart = chartOf(buckets, [])

  expect(chart?.topMs).toBe(160)
  expect(chart?.peaks.map(({ valueMs }) => valueMs)).toEqual([6_200])
})

test('a near limit is part of the scale, a far one is only named', () => {
  const chart = chartOf([measured(0, 100), measured(1, 100)], [220, 30_000])

  expect(chart?.limits.map(({ valueMs }) => valueMs)).toEqual([220])
  expect(chart?.limitsAboveMs).toEqual([30_000])
})

test('the scale reaches what it has to and no further than needed', () => {
  fc.assert(
    fc.property(fc.double({ min: 4, max: 1e7, noNaN: true }), (ms) => {
      const top = niceTop(ms)

      expect(top).toBeGreaterThanOrEqual(ms * 0.999)
      expect(top).toBeLessThanOrEqual(ms * 1.7)
    }),
  )
})
