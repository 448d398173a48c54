import { expect, test } from 'vitest'
import { fakeClock } from '../../../../test/support/fake-clock.ts'
import type { Batch } from '../domain/ports.ts'
import type { Result } from '../domain/result.ts'
import { createExclusion } from '../lib/exclusion.ts'
import { createRollups } from './rollups.ts'
import { createWriter } from './writer.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

const result = (at: number): Result => ({
  key: '_a',
  at,
  success: true,
  durationMs: 12,
  connected: true,
  errors: [],
  conditions: [],
  maintenance: false,
})

/** Stands for a disk that may refuse: the real store's refusals are tested with the store. */
function disk() {
  const batches: Batch[] = []
  const state = { full: false }
  const append = async (batch: Batch) => {
    if (state.full) throw new Error('database or disk is full')
    batches.push(structuredClone(batch))
  }
  return { batches, state, store: { append } }
}

function writerUnderTest() {
  const clock = fakeClock()
  const { batches, state, store } = disk()
  const writer = createWriter({
    store,
    rollups: createRollups(25),
    changedAlerts: () => [],
    takeBackAlerts() {},
    clock,
    log: silent,
  })
  const written = () => batches.flatMap((batch) => batch.results.map(({ at }) => at))
  return { clock, batches, state, writer, written }
}

test('writes alerts as they are called by the time that endpoints have changed', async () => {
  const { batches, store } = disk()
  const { share, alone } = createExclusion()
  let endpointKey = 'core_api'
  const state = { failuresInARow: 1, successesInARow: 0, triggered: false }
  const writer = createWriter({
    store,
    rollups: createRollups(25),
    changedAlerts: () => [{ endpointKey, alertId: 'a', state }],
    takeBackAlerts() {},
    share,
    clock: fakeClock(),
    log: silent,
  })

  const changed = alone(async () => {
    endpointKey = 'core_shop'
  })
  await writer.flush()

  await changed
  expect(batches).toMatchObject([{ alerts: [{ endpointKey: 'core_shop' }] }])
})

test('writes what came within a quarter of a second at once', async () => {
  const { clock, batches, writer, written } = writerUnderTest()
  for (let i = 0; i < 10; i += 1) writer.add(result(clock.now() + i), [])

  await clock.advance(249)
  expect(batches).toHaveLength(0)
  await clock.advance(1)

  expect(batches).toHaveLength(1)
  expect(written()).toHaveLength(10)
})

test('does not wait when 500 results are there', async () => {
  const { clock, writer, written } = writerUnderTest()
  for (let i = 0; i < 500; i += 1) writer.add(result(clock.now()), [])

  await clock.advance(0)

  expect(written()).toHaveLength(500)
})

test('keeps results while the store refuses, says so, and writes them in order when it takes them again', async () => {
  const { clock, state, writer, written } = writerUnderTest()
  state.full = true
  const startedAt = clock.now()
  writer.add(result(startedAt), [])
  await clock.advance(5_000)
  writer.add(result(startedAt + 5_000), [])
  expect(writer.health()).toMatchObject({ error: 'database or disk is full', backlog: 2, lost: 0 })

  state.full = false
  await clock.advance(60_000)

  expect(written()).toEqual([startedAt, startedAt + 5_000])
  expect(writer.health()).toEqual({ failingSince: undefined, error: undefined, backlog: 0, lost: 0 })
})

test('gives up the oldest results of an endless refusal, and counts them', async () => {
  const { clock, state, writer } = writerUnderTest()
  state.full = true
  for (let i = 0; i < 101_000; i += 1) writer.add(result(clock.now() + i), [])
  await clock.advance(1_000)

  const { backlog, lost } = writer.health()

  expect(backlog).toBeLessThanOrEqual(100_500)
  expect(backlog + lost).toBe(101_000)
})

test('writes a long backlog in parts', async () => {
  const { clock, batches, state, writer } = writerUnderTest()
  state.full = true
  for (let i = 0; i < 12_000; i += 1) writer.add(result(clock.now() + i), [])
  await clock.advance(300)

  state.full = false
  await writer.flush()

  expect(batches.map(({ results }) => results.length)).toEqual([5_000, 5_000, 2_000])
})

test('writes open buckets when it closes', async () => {
  const { batches, clock, writer } = writerUnderTest()
  writer.add(result(clock.now()), [])

  await writer.close()

  expect(batches[0]?.buckets.map(({ resolution, bucket }) => [resolution, bucket.count])).toEqual([
    ['5m', 1],
    ['1h', 1],
    ['1d', 1],
  ])
})

test('sums up what is to be added to a stored bucket, while the disk is full', async () => {
  const { clock, batches, state, writer } = writerUnderTest()
  const hourMs = 60 * 60_000
  writer.add(result(clock.now()), [])
  await writer.flush()
  state.full = true
  for (let i = 0; i < 3; i += 1) {
    writer.add(result(clock.now() - hourMs + i), [])
    await writer.flush().catch(() => {})
  }
  state.full = false

  await writer.flush()

  const added = batches.flatMap(({ buckets }) => buckets).filter(({ adds }) => adds === true)
  expect(added.filter(({ resolution }) => resolution === '5m').map(({ bucket }) => bucket.count)).toEqual([3])
})
