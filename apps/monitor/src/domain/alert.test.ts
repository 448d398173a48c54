import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AlertState, type AlertStep, isAtRest, joined, refused, replaced, restingAlert, step } from './alert.ts'
import type { AlertRule } from './alert-rule.ts'
import type { Destination } from './ports.ts'

const minute = 60_000
const destination: Destination = {
  type: 'custom',
  request: () => ({ method: 'POST', url: 'http://localhost', headers: {}, body: undefined }),
  secrets: [],
  timeoutMs: 1_000,
  insecure: false,
}
const rule: AlertRule = {
  id: 'custom',
  type: 'custom',
  enabled: true,
  failureThreshold: 2,
  successThreshold: 2,
  sendOnResolved: true,
  description: '',
  minimumReminderIntervalMs: 0,
  destination,
}

function run(results: readonly boolean[], { rule: used = rule, from = restingAlert } = {}) {
  let state: AlertState = from
  let incidents = 0
  const states: AlertState[] = []
  const steps: AlertStep[] = []
  for (const [index, success] of results.entries()) {
    const [next, made] = step(state, success, index * minute, used, () => `incident-${++incidents}`)
    state = next
    states.push(next)
    steps.push(made)
  }
  return { state, states, steps }
}

const results = fc.array(fc.boolean(), { maxLength: 60 })
const rules = fc
  .record({
    failureThreshold: fc.integer({ min: 1, max: 5 }),
    successThreshold: fc.integer({ min: 1, max: 5 }),
    sendOnResolved: fc.boolean(),
    minimumReminderIntervalMs: fc.constantFrom(0, 5 * minute, 8 * minute),
  })
  .map((fields): AlertRule => ({ ...rule, ...fields }))

describe('step', () => {
  test('keeps the incident from its trigger to its resolve', () => {
    const { states, steps } = run([false, false, false, true, true])

    expect(steps).toEqual(['none', 'trigger', 'none', 'none', 'resolve'])
    expect(states[3]?.incident).toEqual({ id: 'incident-1', triggeredAt: minute })
    expect(states[4]).toEqual({ failuresInARow: 0, successesInARow: 2, triggered: false })
  })

  test('resolves silently unless a resolve is wanted', () => {
    const { steps } = run([false, false, true, true], { rule: { ...rule, sendOnResolved: false } })

    expect(steps).toEqual(['none', 'trigger', 'none', 'resolve-silently'])
  })

  test('resolves silently what can be sent nowhere any more', () => {
    const { state } = run([false, false])

    const { steps } = run([true, true], { from: state, rule: { ...rule, destination: undefined } })

    expect(steps).toEqual(['none', 'resolve-silently'])
  })

  test('reminds again at once after the clock was set back by more than the interval', () => {
    const reminding = { ...rule, failureThreshold: 1, minimumReminderIntervalMs: 5 * minute }
    const triggered: AlertState = { ...restingAlert, triggered: true, lastNoticeAt: 90 * minute }

    expect(step(triggered, false, 88 * minute, reminding, String)[1]).toBe('none')
    expect(step(triggered, false, 30 * minute, reminding, String)[1]).toBe('remind')
  })

  test('lets trigger and resolve alternate, whatever the results', () => {
    fc.assert(
      fc.property(results, rules, (sequence, used) => {
        const turns = run(sequence, { rule: used }).steps.filter((made) => made !== 'none' && made !== 'remind')

        for (const [index, made] of turns.entries()) expect(made === 'trigger').toBe(index % 2 === 0)
      }),
    )
  })

  test('reminds only while triggered, and never sooner than the interval', () => {
    fc.assert(
      fc.property(results, rules, (sequence, used) => {
        const { steps, states } = run(sequence, { rule: used })
        const noticesAt = steps.flatMap((made, index) => (made === 'trigger' || made === 'remind' ? [index] : []))

        for (const [index, made] of steps.entries())
          if (made === 'remind') expect(states[index - 1]?.triggered).toBe(true)
        for (const at of noticesAt) {
          const before = noticesAt.filter((other) => other < at).at(-1)
          if (steps[at] !== 'remind' || before === undefined) continue
          expect((at - before) * minute).toBeGreaterThanOrEqual(used.minimumReminderIntervalMs)
        }
      }),
    )
  })

  test('makes no notice while disabled or without a destination, and still counts', () => {
    const quiet = fc.constantFrom<Partial<AlertRule>>({ enabled: false }, { destination: undefined })
    fc.assert(
      fc.property(results, rules, quiet, (sequence, used, change) => {
        const { state, steps } = run(sequence, { rule: { ...used, ...change } })

        expect(steps.every((made) => made === 'none')).toBe(true)
        expect(state.failuresInARow).toBe(sequence.length - 1 - sequence.lastIndexOf(true))
      }),
    )
  })

  test('never counts below zero, and never both failures and successes', () => {
    fc.assert(
      fc.property(results, rules, (sequence, used) => {
        for (const { failuresInARow, successesInARow } of run(sequence, { rule: used }).states) {
          expect(Math.min(failuresInARow, successesInARow)).toBe(0)
          expect(Math.max(failuresInARow, successesInARow)).toBeGreaterThan(0)
        }
      }),
    )
  })

  test('goes on from a stored state as if there had been no restart', () => {
    fc.assert(
      fc.property(results, results, rules, (before, after, used) => {
        const { state } = run(before, { rule: used })
        const restored: AlertState = JSON.parse(JSON.stringify(state))

        expect(run(after, { rule: used, from: restored })).toEqual(run(after, { rule: used, from: state }))
      }),
    )
  })

  test('goes on from rest as from the very beginning', () => {
    fc.assert(
      fc.property(results, results, rules, (before, after, used) => {
        const { state } = run(before, { rule: used })
        fc.pre(isAtRest(state))

        expect(run(after, { rule: used, from: state }).steps).toEqual(run(after, { rule: used }).steps)
      }),
    )
  })
})

describe('refused', () => {
  const afterTrigger = () => run([false, false]).state
  const trigger = { kind: 'trigger', incidentId: 'incident-1', decidedAt: minute } as const

  test('a refused trigger leaves the alert to trigger again at the next failure', () => {
    const state = refused(afterTrigger(), trigger)

    expect(state).toEqual({ failuresInARow: 2, successesInARow: 0, triggered: false })
    expect(step(state, false, 2 * minute, rule, () => 'incident-2')[1]).toBe('trigger')
  })

  test('a refused trigger changes nothing once its incident is over', () => {
    const { state } = run([true, true], { from: afterTrigger() })

    expect(refused(state, trigger)).toBe(state)
  })

  test('a refused reminder is due again, unless there was another one since', () => {
    const reminding = { ...rule, minimumReminderIntervalMs: 5 * minute }
    const { state } = run([false, false, false, false, false, false, false], { rule: reminding })
    const reminder = { kind: 'remind', incidentId: 'incident-1', decidedAt: 6 * minute } as const

    expect(state.lastNoticeAt).toBe(6 * minute)
    expect(step(refused(state, reminder), false, 7 * minute, reminding, String)[1]).toBe('remind')
    expect(refused(state, { ...reminder, decidedAt: minute })).toBe(state)
  })

  test('a refused resolve stays resolved', () => {
    const { state } = run([true, true], { from: afterTrigger() })

    expect(refused(state, { ...trigger, kind: 'resolve' })).toBe(state)
  })
})

describe('joined', () => {
  const incident = (id: string): AlertState => ({
    failuresInARow: 2,
    successesInARow: 0,
    triggered: true,
    incident: { id, triggeredAt: 0 },
  })
  const counting: AlertState = { failuresInARow: 1, successesInARow: 0, triggered: false }
  const resting: AlertState = { failuresInARow: 0, successesInARow: 4, triggered: false }

  test.each([
    ['its own incident', incident('own'), incident('taken over')],
    ['its own count', counting, { ...counting, failuresInARow: 2 }],
    ['its own count', counting, resting],
    ['its own state at rest', resting, { ...resting, successesInARow: 5 }],
  ])('keeps %s', (_, own, takenOver) => {
    expect(joined(own, takenOver)).toBe(own)
  })

  test.each([
    ['an incident, whatever was counted', counting, incident('taken over')],
    ['a count, where there is nothing to keep', resting, counting],
    ['anything, where there was nothing', undefined, resting],
  ])('takes over %s', (_, own, takenOver) => {
    expect(joined(own, takenOver)).toBe(takenOver)
  })
})

describe('replaced', () => {
  const incident: AlertState = { failuresInARow: 2, successesInARow: 0, triggered: true }
  const counting: AlertState = { failuresInARow: 1, successesInARow: 0, triggered: false }

  test('keeps an incident that nothing takes the place of', () => {
    expect(replaced(incident, restingAlert)).toBe(incident)
  })

  test.each([
    ['an incident by one that goes on', incident, { ...incident }],
    ['an incident by a count', incident, counting],
    ['a count', counting, restingAlert],
    ['nothing', undefined, restingAlert],
  ])('replaces %s', (_, gone, takenOver) => {
    expect(replaced(gone, takenOver)).toBe(takenOver)
  })
})
