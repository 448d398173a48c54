import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fakeClock } from '../../../../test/support/fake-clock.ts'
import { createSchedule } from './schedule.ts'

function scheduleUnderTest({ autoDone = true } = {}) {
  const clock = fakeClock()
  const checks: { key: string; at: number }[] = []
  const lags: number[] = []
  const schedule = createSchedule({
    clock,
    check: (key) => {
      checks.push({ key, at: clock.monotonic() })
      if (autoDone) schedule.done(key)
    },
    onLag: (lag) => lags.push(lag),
  })
  return { clock, checks, lags, schedule }
}

const endpoints = (count: number, intervalMs: number) =>
  Array.from({ length: count }, (_, index) => ({ key: `_${index}`, intervalMs, longestCheckMs: 20_000 }))

test('checks at a fixed rate from the first turn on', async () => {
  const { clock, checks, schedule } = scheduleUnderTest()
  schedule.configure(endpoints(1, 1_000), 0)
  schedule.start()

  await clock.advance(3_500)

  expect(checks.map(({ at }) => Math.round(at / 1_000))).toEqual([0, 1, 2, 3])
})

test('spreads the first checks over at most ten seconds', async () => {
  const { clock, checks, schedule } = scheduleUnderTest()
  schedule.configure(endpoints(1_000, 60_000), 0)
  schedule.start()

  await clock.advance(10_000)

  expect(checks).toHaveLength(1_000)
  expect(checks.filter(({ at }) => at < 5_000).length).toBeGreaterThan(450)
  expect(checks.filter(({ at }) => at < 5_000).length).toBeLessThan(550)
})

test('spreads the first checks over one interval when that is shorter', async () => {
  const { clock, checks, schedule } = scheduleUnderTest()
  schedule.configure(endpoints(1_000, 1_000), 0)
  schedule.start()

  await clock.advance(1_000)

  expect(new Set(checks.map(({ key }) => key)).size).toBe(1_000)
})

test('takes turns together that are close, but none late by more than a tenth of the shortest interval', async () => {
  const wakings = async (count: number, intervalMs: number) => {
    const { clock, checks, lags, schedule } = scheduleUnderTest()
    schedule.configure(endpoints(count, intervalMs), 0)
    schedule.start()
    await clock.advance(5 * intervalMs)
    return { times: new Set(checks.map(({ at }) => at)).size, latestMs: Math.max(...lags) }
  }

  const seconds = await wakings(1_000, 1_000)
  const moments = await wakings(100, 50)

  expect(seconds.times).toBeLessThanOrEqual(251)
  expect(seconds.latestMs).toBeLessThanOrEqual(20)
  expect(moments.times).toBeGreaterThan(45)
  expect(moments.latestMs).toBeLessThanOrEqual(5)
})

test('does not double a check that still runs, and counts the missed turn', async () => {
  const { clock, checks, schedule } = scheduleUnderTest({ autoDone: false })
  schedule.configure(endpoints(1, 1_000), 0)
  schedule.start()

  await clock.advance(2_500)
  schedule.done('_0')
  await clock.advance(1_000)

  expect(checks).toHaveLength(2)
  expect(schedule.counters()).toMatchObject({ taken: 2, skipped: 2, running: 1 })
})

test('obeys the concurrency limit and serves waiting checks in the order they fell due', async () => {
  const { clock, checks, schedule } = scheduleUnderTest({ autoDone: false })
  schedule.configure(endpoints(5, 1_000), 2)
  schedule.start()

  await clock.advance(500)
  expect(checks.map(({ key }) => key)).toEqual(['_0', '_1'])

  schedule.done('_1')
  schedule.done('_0')

  expect(checks.map(({ key }) => key)).toEqual(['_0', '_1', '_2', '_3'])
  expect(schedule.counters()).toMatchObject({ running: 2, waiting: 1 })
})

test('reports how long a turn waited for its slot', async () => {
  const { clock, lags, schedule } = scheduleUnderTest({ autoDone: false })
  schedule.configure(endpoints(2, 10_000), 1)
  schedule.start()
  await clock.advance(100)

  await clock.advance(900)
  schedule.done('_0')

  expect(lags).toHaveLength(2)
  expect(lags[1]).toBeGreaterThan(900)
})

test('a reload leaves unchanged endpoints their turns', async () => {
  const { clock, checks, schedule } = scheduleUnderTest()
  schedule.configure([{ key: 'a', intervalMs: 1_000, longestCheckMs: 20_000 }], 0)
  schedule.start()
  await clock.advance(500)

  schedule.configure(
    [
      { key: 'a', intervalMs: 1_000, longestCheckMs: 20_000 },
      { key: 'b', intervalMs: 1_000, longestCheckMs: 20_000 },
    ],
    0,
  )
  await clock.advance(700)

  expect(checks.filter(({ key }) => key === 'a').map(({ at }) => Math.round(at / 100))).toEqual([0, 10])
  expect(checks.filter(({ key }) => key === 'b')).toHaveLength(1)
})

test('an endpoint that is gone is not checked again', async () => {
  const { clock, checks, schedule } = scheduleUnderTest()
  schedule.configure(endpoints(2, 1_000), 0)
  schedule.start()
  await clock.advance(500)

  schedule.configure(endpoints(1, 1_000), 0)
  await clock.advance(2_000)

  expect(checks.filter(({ key }) => key === '_1')).toHaveLength(1)
})

test('a changed interval does not start a second check beside the running one', async () => {
  const { clock, checks, schedule } = scheduleUnderTest({ autoDone: false })
  schedule.configure([{ key: 'a', intervalMs: 60_000, longestCheckMs: 20_000 }], 0)
  schedule.start()
  await clock.advance(100)

  schedule.configure([{ key: 'a', intervalMs: 1_000, longestCheckMs: 20_000 }], 0)
  await clock.advance(2_000)
  expect(checks).toHaveLength(1)

  schedule.done('a')
  await clock.advance(1_000)
  expect(checks).toHaveLength(2)
})

test('an endpoint that is removed while it is checked leaves its slot to others', async () => {
  const { clock, checks, schedule } = scheduleUnderTest({ autoDone: false })
  schedule.configure([{ key: 'a', intervalMs: 60_000, longestCheckMs: 20_000 }], 1)
  schedule.start()
  await clock.advance(100)

  schedule.configure([{ key: 'b', intervalMs: 60_000, longestCheckMs: 20_000 }], 1)
  await clock.advance(100)

  expect(checks.map(({ key }) => key)).toEqual(['a', 'b'])
})

test('a check that never ends does not silence its endpoint', async () => {
  const { clock, checks, schedule } = scheduleUnderTest({ autoDone: false })
  schedule.configure([{ key: 'a', intervalMs: 1_000, longestCheckMs: 20_000 }], 0)
  schedule.start()

  await clock.advance(25_000)

  expect(checks).toHaveLength(2)
})

test('a check that never ends does not keep its slot from others', async () => {
  const { clock, checks, schedule } = scheduleUnderTest({ autoDone: false })
  const [lost, other] = endpoints(2, 10_000)
  if (lost === undefined || other === undefined) throw new Error('there are two')
  schedule.configure([{ ...lost, intervalMs: 3_600_000 }, other], 1)
  schedule.start()

  await clock.advance(60_000)

  expect(checks.map(({ key }) => key).slice(0, 2)).toEqual(['_0', '_1'])
})

test('a step of the wall clock changes nothing', async () => {
  const { clock, checks, schedule } = scheduleUnderTest()
  schedule.configure(endpoints(1, 1_000), 0)
  schedule.start()
  await clock.advance(1_500)

  clock.stepWallClock(-3_600_000)
  await clock.advance(1_000)

  expect(checks).toHaveLength(3)
})

test('never runs an endpoint twice at once, nor more than the limit', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 50, max: 500 }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 0, max: 3 }),
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 30 }),
      async (intervals, limit, steps) => {
        const { clock, checks, schedule } = scheduleUnderTest({ autoDone: false })
        const running = new Set<string>()
        let seen = 0
        schedule.configure(
          intervals.map((intervalMs, index) => ({ key: `_${index}`, intervalMs, longestCheckMs: 60_000 })),
          limit,
        )
        schedule.start()
        for (const [index, step] of steps.entries()) {
          await clock.advance(step)
          for (; seen < checks.length; seen += 1) {
            const key = checks[seen]?.key ?? ''
            expect(running.has(key)).toBe(false)
            running.add(key)
          }
          expect(limit === 0 || running.size <= limit).toBe(true)
          const ended = [...running][index % Math.max(running.size, 1)]
          if (ended === undefined) continue
          running.delete(ended)
          schedule.done(ended)
        }
      },
    ),
    { numRuns: 40 },
  )
})
