import { describe, expect, test } from 'vitest'
import type { Bucket, Resolution } from '../apps/monitor/src/domain/bucket.ts'
import { bucketStart, createAccumulator, mergeBuckets, resolutionMs } from '../apps/monitor/src/domain/bucket.ts'
import { quantile } from '../apps/monitor/src/domain/histogram.ts'
import { isUnderMaintenance } from '../apps/monitor/src/domain/maintenance.ts'
import type { DemoEndpoint } from './fleet.ts'
import { fleetOf } from './fleet.ts'
import type { History } from './history.ts'
import { historyOf } from './history.ts'
import { levelAt } from './latency.ts'
import { dayMs, hourMs, minuteMs } from './units.ts'

const now = Date.UTC(2026, 10, 21, 14, 14, 9)
const fleet = fleetOf(60, 7, now)
const histories = fleet.map((endpoint) => [endpoint, historyOf(endpoint.story, now)] as const)

function named(name: string): readonly [DemoEndpoint, History] {
  const found = histories.find(([endpoint]) => endpoint.name === name)
  if (found === undefined) throw new Error(`the fleet has no ${name}`)
  return found
}

const bucketsOf = ({ buckets }: History, resolution: Resolution): readonly Bucket[] =>
  buckets.filter((record) => record.resolution === resolution).map(({ bucket }) => bucket)

/** Failed checks by the events: each stretch from unhealthy to healthy, told in turns. */
function failuresByEvents({ events }: History, intervalMs: number, endAt: number): number {
  let failures = 0
  for (const [i, event] of events.entries()) {
    if (event.type !== 'UNHEALTHY') continue
    const untilAt = events[i + 1]?.at ?? endAt
    failures += Math.ceil((untilAt - event.at) / intervalMs)
  }
  return failures
}

const sum = (buckets: readonly Bucket[]) => mergeBuckets(buckets, 0)

test('the same story makes the same history', () => {
  const again = fleetOf(60, 7, now).map(({ story }) => historyOf(story, now))

  expect(again).toEqual(histories.map(([, history]) => history))
})

test('another seed makes another history', () => {
  const [first] = fleetOf(60, 8, now)

  expect(first?.story.latency).not.toEqual(fleet[0]?.story.latency)
})

describe.each([
  ['5m', '1h'],
  ['1h', '1d'],
] as const)('buckets of %s', (finer, coarser) => {
  test(`add up to those of ${coarser}, wherever there are both`, () => {
    for (const [, history] of histories) {
      const fine = bucketsOf(history, finer)
      const from = bucketStart(fine[0]?.startAt ?? now, coarser)
      const coarse = bucketsOf(history, coarser).filter(({ startAt }) => startAt >= from)

      expect(coarse.length).toBeGreaterThan(0)
      for (const bucket of coarse) {
        const members = fine.filter(({ startAt }) => bucketStart(startAt, coarser) === bucket.startAt)
        expect(mergeBuckets(members, bucket.startAt)).toEqual(bucket)
      }
    }
  })
})

test('buckets are those of the raw results, where there are any', () => {
  for (const [{ story }, history] of histories) {
    const { results } = history
    const fine = new Map(bucketsOf(history, '5m').map((bucket) => [bucket.startAt, bucket]))
    const summed = new Map<number, ReturnType<typeof createAccumulator>>()
    for (const result of results.slice(1)) {
      const startAt = bucketStart(result.at, '5m')
      const accumulator = summed.get(startAt) ?? createAccumulator(startAt)
      summed.set(startAt, accumulator)
      accumulator.add(result)
    }

    expect(results.length).toBeGreaterThan(100)
    expect(results[0]?.at).toBeLessThan(story.firstAt + story.intervalMs)
    for (const [startAt, accumulator] of summed) expect(fine.get(startAt)).toEqual(accumulator.bucket())
  }
})

test('every check is counted once, in buckets without a gap', () => {
  for (const [{ story }, history] of histories) {
    const checks = Math.floor((now - story.firstAt) / story.intervalMs)

    expect(Math.abs(sum(bucketsOf(history, '1d')).count - checks)).toBeLessThanOrEqual(1)
    const hours = bucketsOf(history, '1h').map(({ startAt }) => startAt)
    expect(hours.every((startAt, i) => i === 0 || startAt - (hours[i - 1] ?? 0) === resolutionMs['1h'])).toBe(true)
  }
})

test('response times of a bucket agree with each other', () => {
  const agree = ({ histogram, count, minMs, maxMs, sumMs, startAt, throughAt }: Bucket) => {
    const counted = histogram.reduce((total, cell, i) => (i % 2 === 1 ? total + cell : total), 0)
    const isIn = (ms: number, q: number) => Math.abs(Math.log((quantile(histogram, q) ?? 0) / ms)) < 0.0501
    const possible = sumMs >= count * Math.trunc(minMs) && sumMs <= count * maxMs
    return counted === count && possible && isIn(minMs, 0) && isIn(maxMs, 1) && throughAt >= startAt
  }

  const wrong = histories.flatMap(([, { buckets }]) => buckets.filter(({ bucket }) => !agree(bucket)))

  expect(wrong).toEqual([])
})

test('events tell of just the checks that failed', () => {
  for (const [{ story }, history] of histories) {
    const { count, successes } = sum(bucketsOf(history, '1d'))
    const next = (history.results.at(-1)?.at ?? now) + 1

    expect(failuresByEvents(history, story.intervalMs, next)).toBe(count - successes)
  }
})

test('events begin with the start, and then alternate', () => {
  for (const [, { events }] of histories) {
    const [start, ...changes] = events.map(({ type }) => type)

    expect(start).toBe('START')
    expect(changes.every((type, i) => type === (i % 2 === 0 ? 'HEALTHY' : 'UNHEALTHY'))).toBe(true)
  }
})

test('uptime is that of services that are cared for', () => {
  const uptimes = histories.map(([, history]) => {
    const { count, successes } = sum(bucketsOf(history, '1d'))
    return successes / count
  })

  expect(Math.min(...uptimes)).toBeGreaterThan(0.99)
  expect(uptimes.filter((uptime) => uptime === 1).length).toBeGreaterThan(10)
  expect(uptimes.filter((uptime) => uptime < 1).length).toBeGreaterThan(10)
})

test('one was down for hours, and shows it in the bucket of its day', () => {
  const [{ story }, history] = named('refunds')
  const longest = story.outages.toSorted((a, b) => b.endAt - b.startAt - (a.endAt - a.startAt))[0]
  const day = bucketsOf(history, '1d').find(({ startAt }) => startAt === bucketStart(longest?.startAt ?? 0, '1d'))

  expect((longest?.endAt ?? 0) - (longest?.startAt ?? 0)).toBeGreaterThan(4 * hourMs)
  expect((day?.successes ?? 0) / (day?.count ?? 1)).toBeLessThan(0.9)
})

test('one is young', () => {
  const [, history] = named('invoices')

  expect(bucketsOf(history, '1d').length).toBeLessThanOrEqual(13)
  expect(history.events[0]?.at).toBeGreaterThan(now - 12 * dayMs - minuteMs)
})

test('one is down since twelve minutes, and says why in its newest results', () => {
  const [{ story }, { results, events }] = named('card-api')
  const since = events.at(-1)

  expect(since).toMatchObject({ type: 'UNHEALTHY', reason: '[STATUS] (503) == 200' })
  expect(now - (since?.at ?? 0)).toBeLessThanOrEqual(12 * minuteMs)
  expect(now - (since?.at ?? 0)).toBeGreaterThan(12 * minuteMs - story.intervalMs)
  expect(results.at(-1)).toMatchObject({ success: false, status: 503 })
})

test('of twelve, all are up and some had outages', () => {
  const few = fleetOf(12, 7, now).map(({ story }) => historyOf(story, now))

  expect(few.every(({ results }) => results.at(-1)?.success)).toBe(true)
  expect(few.filter(({ events }) => events.length > 2).length).toBeGreaterThan(3)
})

test('of hundreds, three are down', () => {
  const down = fleetOf(412, 7, now).filter(({ present }) => present === 'down')

  expect(down.map(({ name }) => name).sort()).toEqual(['card-api', 'edge-fra-2', 'refunds'])
})

test('maintenance is marked when the configured window is open', () => {
  const [{ window, story }, history] = named('orders-db')
  if (window === undefined) throw new Error('no window')
  const { weekday, startMinute, durationMs } = window
  const windows = [{ startMinute, durationMs, timezone: 'UTC', every: [weekday] }]
  const { count, maintenanceCount } = sum(bucketsOf(history, '1d'))
  let expected = 0
  for (let turn = 0; turn < count; turn += 1) {
    const at = (history.results.at(-1)?.at ?? 0) - turn * story.intervalMs
    if (isUnderMaintenance(windows, at)) expected += 1
  }

  expect(maintenanceCount).toBe(expected)
  expect(maintenanceCount).toBeGreaterThan(0)
})

test('a working afternoon is slower than a night, and than a Sunday', () => {
  const [{ story }] = named('Website')
  const latency = { ...story.latency, spells: [] }
  const average = (day: number, hour: number) => {
    const weeks = Array.from({ length: 12 }, (_, week) => Date.UTC(2026, 7, 24 + day + 7 * week, hour))
    return weeks.reduce((total, at) => total + levelAt(latency, at), 0) / weeks.length
  }

  expect(average(1, 15)).toBeGreaterThan(1.1 * average(1, 3))
  expect(average(1, 15)).toBeGreaterThan(1.05 * average(6, 15))
})

test('a shorter reach leaves out fine buckets, and changes nothing about the days', () => {
  const [{ story }, full] = named('Checkout')

  const short = historyOf(story, now, { reach: { fiveMinutesMs: 25 * hourMs, hoursMs: 31 * dayMs } })

  expect(short.buckets.length).toBeLessThan(full.buckets.length / 2)
  expect(bucketsOf(short, '1d').map(({ count, successes }) => [count, successes])).toEqual(
    bucketsOf(full, '1d').map(({ count, successes }) => [count, successes]),
  )
})

test('one that was added a moment ago has no history yet', () => {
  const [{ story }] = named('Website')

  const { results, events, buckets } = historyOf({ ...story, firstAt: now }, now)

  expect([results, events, buckets]).toEqual([[], [], []])
})
