import { expect, test } from 'vitest'
import { until } from '../../../../../test/contracts/probe.ts'
import { fakeClock } from '../../../../../test/support/fake-clock.ts'
import { targetOf } from '../../../../../test/support/target.ts'
import type { Result } from '../../domain/result.ts'
import type { OnResults } from './checker.ts'
import type { FromThread, ToThread } from './messages.ts'
import { serveChecker } from './worker-thread.ts'

const resultOf = (key: string, success = true): Result => ({
  key,
  at: 0,
  success,
  durationMs: 1,
  connected: true,
  errors: [],
  conditions: [],
  maintenance: false,
})

/** A thread without a thread: what it is told, which checks it starts, and the messages it sends. */
function serving(count: number) {
  const clock = fakeClock()
  const sent: FromThread[] = []
  const started: string[] = []
  let tell: (message: ToThread) => void = () => {}
  let report: OnResults = () => {}
  const port = {
    postMessage: (message: FromThread) => void sent.push(message),
    on: (_: 'message', listener: (message: ToThread) => void) => {
      tell = listener
    },
  }
  serveChecker(port, clock, (onResults) => {
    report = onResults
    return { configure() {}, check: (key) => void started.push(key), async drain() {} }
  })
  const slots = Array.from({ length: count }, (_, slot) => slot)
  const set = slots.map((slot) => [slot, targetOf({ key: `k${slot}`, url: 'http://a' })] as const)
  tell({ type: 'configure', set, removed: [], revision: 1 })
  sent.length = 0
  return { clock, sent, started, slots, tell, report }
}

test('starts few checks at a time, even where each message asks for few', async () => {
  const { started, slots, tell } = serving(60)

  for (let from = 0; from < 60; from += 10) tell({ type: 'check', slots: slots.slice(from, from + 10) })
  const atOnce = started.length
  await until(() => started.length === 60)

  expect(atOnce).toBeLessThanOrEqual(16)
  expect(new Set(started).size).toBe(60)
})

test('packs results that come shortly one after the other into one message', async () => {
  const { clock, sent, report } = serving(3)

  report([resultOf('k0')])
  await clock.advance(19)
  report([resultOf('k1')])
  const early = sent.length
  await clock.advance(1)
  await clock.advance(100)

  expect(early).toBe(0)
  expect(sent.map(({ type }) => type)).toEqual(['results'])
})

test('tells of a failure at once, and of more of them after a moment together', async () => {
  const { clock, sent, report } = serving(4)
  await clock.advance(50)

  report([resultOf('k0', false)])
  const first = sent.length
  report([resultOf('k1', false)])
  await clock.advance(1)
  report([resultOf('k2', false)])
  const second = sent.length
  await clock.advance(1)

  expect([first, second, sent.length]).toEqual([1, 1, 2])
})

test('does not let results pile up', () => {
  const { sent, report } = serving(130)

  for (let index = 0; index < 130; index += 1) report([resultOf(`k${index}`)])

  expect(sent).toHaveLength(1)
})

test('sends what is left before it says that it has closed', async () => {
  const { sent, report, tell } = serving(1)

  report([resultOf('k0')])
  tell({ type: 'close', graceMs: 0 })
  await until(() => sent.length === 2)

  expect(sent.map(({ type }) => type)).toEqual(['results', 'closed'])
})
