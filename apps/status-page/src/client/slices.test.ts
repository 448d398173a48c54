import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { inSlices } from './slices.ts'

let nowMs = 0
beforeEach(() => {
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs)
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** Parts that take so many milliseconds each, and note what was done. */
function* parts(tookMs: readonly number[], done: (number | string)[]): Generator<void> {
  for (const ms of tookMs) {
    nowMs += ms
    done.push(ms)
    yield
  }
}

test('short work is done at once', async () => {
  const done: (number | string)[] = []

  const all = await inSlices(
    parts([1, 2, 3], done),
    () => done.push('pause'),
    () => false,
  )

  expect(all).toBe(true)
  expect(done).toEqual([1, 2, 3, 'pause'])
})

test('long work pauses after every slice', async () => {
  const done: (number | string)[] = []

  const all = await inSlices(
    parts([5, 4, 20, 1, 2], done),
    () => done.push('pause'),
    () => false,
  )

  expect(all).toBe(true)
  expect(done).toEqual([5, 4, 'pause', 20, 'pause', 1, 2, 'pause'])
})

test('what is no longer wanted is left at the next pause', async () => {
  const done: (number | string)[] = []

  const all = await inSlices(
    parts([20, 1, 1], done),
    () => done.push('pause'),
    () => true,
  )

  expect(all).toBe(false)
  expect(done).toEqual([20, 'pause'])
})
