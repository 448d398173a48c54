import { expect, test } from 'vitest'
import { fakeClock } from '../../../../test/support/fake-clock.ts'
import { recordingLog } from '../../../../test/support/recording-log.ts'
import { createReloading } from './reloading.ts'

/** Where configurations are put to use, unless it refuses. */
function place() {
  const tried: string[] = []
  const used: string[] = []
  const state = { refusing: false }
  const clock = fakeClock()
  const log = recordingLog()
  const reloading = createReloading<string>({
    clock,
    log,
    async apply(config) {
      tried.push(config)
      await Promise.resolve()
      if (state.refusing) throw new Error('the disk is full')
      used.push(config)
    },
  })
  return { tried, used, state, clock, log, reloading }
}

test('what is refused is tried again, ever later, until it is taken', async () => {
  const { tried, used, state, clock, log, reloading } = place()
  state.refusing = true

  reloading.take('a')
  await clock.advance(0)
  await clock.advance(1_000)
  await clock.advance(1_999)
  expect(tried).toEqual(['a', 'a'])
  await clock.advance(1)
  expect(tried).toEqual(['a', 'a', 'a'])
  expect(log.lines.map(({ fields }) => fields)).toEqual([
    { error: 'the disk is full', retryMs: 1_000 },
    { error: 'the disk is full', retryMs: 2_000 },
    { error: 'the disk is full', retryMs: 4_000 },
  ])
  state.refusing = false
  await clock.advance(4_000)

  expect(used).toEqual(['a'])
  await clock.advance(3_600_000)
  expect(tried).toHaveLength(4)
})

test('attempts are never more than a minute apart', async () => {
  const { tried, state, clock, reloading } = place()
  state.refusing = true
  reloading.take('a')
  await clock.advance(3_600_000)
  const before = tried.length

  await clock.advance(60_000)

  expect(tried.length).toBe(before + 1)
})

test('a newer configuration takes the place of one that is refused', async () => {
  const { tried, used, state, clock, reloading } = place()
  state.refusing = true
  reloading.take('a')
  await clock.advance(0)
  state.refusing = false

  reloading.take('b')
  await clock.advance(3_600_000)

  expect(tried).toEqual(['a', 'b'])
  expect(used).toEqual(['b'])
})

test('configurations that come during an attempt wait for its end, and only the newest is used', async () => {
  const { used, clock, reloading } = place()

  reloading.take('a')
  await Promise.resolve()
  reloading.take('b')
  reloading.take('c')
  await clock.advance(0)

  expect(used).toEqual(['a', 'c'])
})

test('what is dropped is not tried again', async () => {
  const { tried, state, clock, reloading } = place()
  state.refusing = true
  reloading.take('a')
  await clock.advance(0)

  await reloading.drop()
  await clock.advance(3_600_000)

  expect(tried).toEqual(['a'])
})
