import { expect, test } from 'vitest'
import type { AlertState } from '../../apps/monitor/src/domain/alert.ts'
import { midnight, resultOf } from '../support/stored.ts'
import { createAlertCounts } from './alert-counts.ts'
import { createRecount } from './counts.ts'
import type { Track } from './ledger.ts'

const state = (failuresInARow: number, successesInARow: number, triggered = false): AlertState => ({
  failuresInARow,
  successesInARow,
  triggered,
})

function counting() {
  let held = false
  const counts = createAlertCounts({ comparedAlerts: 0 }, () => held)
  const track: Track = {
    keys: new Set(['core_api']),
    results: [],
    counts: createRecount(),
    events: [],
    alerts: new Map(),
    gone: false,
    tangled: false,
  }
  let id = 0
  const resultAfter = (success: boolean) =>
    resultOf('core_api', midnight, { success, certificateExpirationMs: ++id, maintenance: false })
  return {
    counts,
    track,
    hold(now: boolean) {
      held = now
    },
    take(success: boolean) {
      const result = resultAfter(success)
      counts.taken(track, result, [{ id: 'a' }])
      return () => counts.acknowledged(track, result)
    },
    problemOf(stored: AlertState) {
      track.alerts.set('a', stored)
      return counts.problem(track, 'a')
    },
  }
}

test('lets a state be ahead of the results that were written, and never behind them', () => {
  const { take, problemOf } = counting()

  const first = take(false)
  take(false)
  expect([0, 1, 2].map((failures) => problemOf(state(failures, 0)))).toEqual([undefined, undefined, undefined])
  first()

  expect([1, 2].map((failures) => problemOf(state(failures, 0)))).toEqual([undefined, undefined])
  expect(problemOf(state(0, 0))).toBe(
    'has 0 failed, 0 succeeded in a row; should have 1 failed, 0 succeeded, or 2 failed, 0 succeeded',
  )
  expect(problemOf(state(3, 0))).toContain('has 3 failed')
})

test('asks for successes only where an incident may end', () => {
  const { take, problemOf } = counting()

  take(false)()
  take(true)()
  take(true)()

  expect(problemOf(state(0, 0))).toBeUndefined()
  expect(problemOf(state(0, 1, true))).toContain('should have 0 failed, 2 succeeded')
})

test('goes on from what is stored after a restart, which may be ahead', () => {
  const { counts, track, take, problemOf } = counting()

  take(false)
  track.alerts.set('a', state(1, 0))
  counts.restarted([track])
  take(false)()

  expect(problemOf(state(2, 0))).toBeUndefined()
  expect(problemOf(state(1, 0))).toContain('should have 2 failed')
})

test('waits for a notice and for those behind it, until the alert is written without one', () => {
  const { counts, track, take, hold, problemOf } = counting()

  hold(true)
  take(false)()
  hold(false)
  take(false)()
  expect(problemOf(state(0, 0))).toBeUndefined()
  counts.settled(track, 'a')

  expect(problemOf(state(0, 0))).toContain('should have 2 failed')
})

test('begins anew where a configuration does without an alert', () => {
  const { counts, track, take, problemOf } = counting()

  take(false)()
  counts.configured(track, new Set())
  expect(problemOf(state(1, 0))).toBeUndefined()
  take(false)()

  expect(problemOf(state(1, 0))).toBeUndefined()
  expect(problemOf(state(2, 0))).toContain('should have 1 failed')
})
