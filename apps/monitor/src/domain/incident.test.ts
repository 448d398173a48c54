import { expect, test } from 'vitest'
import type { Event } from './event.ts'
import { incidentId, incidentsOf, parseIncidentId } from './incident.ts'

const event = (key: string, type: Event['type'], at: number, reason?: string): Event => ({ key, type, at, reason })

test('an incident lasts from unhealthy to the next healthy of the same endpoint', () => {
  const newestFirst = [
    event('b', 'UNHEALTHY', 60, 'refused'),
    event('a', 'HEALTHY', 50),
    event('b', 'HEALTHY', 45),
    event('a', 'UNHEALTHY', 40, 'timeout'),
    event('b', 'START', 30),
  ]

  expect(incidentsOf(newestFirst)).toEqual([
    { id: incidentId('b', 60), key: 'b', startAt: 60, endAt: undefined, reason: 'refused' },
    { id: incidentId('a', 40), key: 'a', startAt: 40, endAt: 50, reason: 'timeout' },
  ])
})

test('an incident has no end that nobody saw', () => {
  const newestFirst = [
    event('a', 'HEALTHY', 90),
    event('a', 'UNHEALTHY', 80),
    event('a', 'START', 70),
    event('a', 'UNHEALTHY', 60),
    event('a', 'UNHEALTHY', 50),
  ]

  expect(incidentsOf(newestFirst).map(({ startAt, endAt }) => [startAt, endAt])).toEqual([
    [80, 90],
    [60, undefined],
    [50, undefined],
  ])
})

test('ids read back, and nonsense does not', () => {
  expect(parseIncidentId(incidentId('core_a~b', 1_795_258_075_918))).toEqual({
    key: 'core_a~b',
    startAt: 1_795_258_075_918,
  })
  expect(parseIncidentId('a~b')).toEqual({ key: 'a', startAt: 11 })
  for (const nonsense of ['', 'core_a', '~abc', 'core_a~', 'core_a~ABC', 'core_a~1234567890']) {
    expect(parseIncidentId(nonsense)).toBeUndefined()
  }
})
