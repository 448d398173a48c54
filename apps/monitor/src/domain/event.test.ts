import { expect, test } from 'vitest'
import { vectors } from '../../../../test/support/vectors.ts'
import type { Event } from './event.ts'
import { eventsOf } from './event.ts'
import type { Result } from './result.ts'

interface EventVector {
  readonly results: readonly boolean[]
  readonly expectedEvents: readonly { readonly type: string; readonly resultIndex?: number }[]
}

const startAt = Date.parse('2026-03-05T12:00:00Z')

const result = (index: number, success: boolean): Result => ({
  key: 'core_api',
  at: startAt + index * 60_000,
  success,
  durationMs: 1,
  connected: true,
  errors: success ? [] : ['connection refused'],
  conditions: [],
  maintenance: false,
})

test.each(vectors<EventVector>('events.json'))('$name', ({ results, expectedEvents }) => {
  const events: Event[] = []

  for (const [index, success] of results.entries()) events.push(...eventsOf(result(index, success), results[index - 1]))

  expect(events.map(({ type, at }) => ({ type, at }))).toEqual(
    expectedEvents.map(({ type, resultIndex }) => ({
      type,
      at: resultIndex === undefined ? startAt - 50 : startAt + resultIndex * 60_000,
    })),
  )
  for (const event of events) expect(event.reason).toBe(event.type === 'UNHEALTHY' ? 'connection refused' : undefined)
})
