import { expect, test } from 'vitest'
import type { IncidentEntry, MaintenanceEntry } from '../contract.ts'
import { type PastDays, pastDays, upcomingMaintenance } from './past-days.ts'

const at = (day: number, hour = 0, minute = 0): number => Date.UTC(2026, 10, day, hour, minute)

const outage = (startAt: number, endAt?: number): IncidentEntry => ({
  id: `core_website~${startAt.toString(36)}`,
  key: 'core_website',
  name: 'Website',
  group: 'Core',
  startAt,
  ...(endAt === undefined ? {} : { endAt }),
})

const work = (beginAt: number, window = 'night'): MaintenanceEntry => ({
  id: `maintenance~${window}~${beginAt.toString(36)}`,
  keys: [],
  names: [],
  beginAt,
  endAt: beginAt + 90 * 60_000,
})

const november = {
  startAt: at(1),
  endAt: at(31),
  now: Date.UTC(2026, 11, 24),
  incidents: [],
  maintenance: [],
}

const days = (parts: readonly PastDays[]): string[] =>
  parts.map(({ firstAt, lastAt }) => {
    const [first, last] = [firstAt, lastAt].map((moment) => new Date(moment).getUTCDate())
    return first === last ? `${first}` : `${first}-${last}`
  })

test('a month without anything is one entry', () => {
  expect(days(pastDays(november))).toEqual(['1-30'])
})

test('days are newest first, and those with outages stand alone', () => {
  const incidents = [outage(at(18, 9), at(18, 10)), outage(at(17, 2), at(17, 3)), outage(at(3, 1), at(3, 2))]

  const found = pastDays({ ...november, incidents })

  expect(days(found)).toEqual(['19-30', '18', '17', '4-16', '3', '1-2'])
  expect(found[1]?.began).toEqual([incidents[0]])
})

test('an outage over several days folds those between its ends', () => {
  const long = outage(at(5, 20), at(9, 4))

  const found = pastDays({ ...november, incidents: [long] })

  expect(days(found)).toEqual(['10-30', '9', '6-8', '5', '1-4'])
  expect(found.map(({ began, went }) => [began.length, went.length])).toEqual([
    [0, 0],
    [0, 1],
    [0, 1],
    [1, 0],
    [0, 0],
  ])
})

test('an outage that began before the month is told from its first day on', () => {
  const found = pastDays({ ...november, incidents: [outage(at(-3), at(2, 1))] })

  expect(days(found)).toEqual(['3-30', '2', '1'])
  expect(found.at(-1)?.went).toHaveLength(1)
})

test('an outage that ends as a day begins does not belong to that day', () => {
  expect(days(pastDays({ ...november, incidents: [outage(at(5, 23), at(6))] }))).toEqual(['6-30', '5', '1-4'])
})

test('the same maintenance every night folds; another hour or another window does not', () => {
  const nightly = Array.from({ length: 10 }, (_, i) => work(at(i + 1, 2)))
  const later = Array.from({ length: 10 }, (_, i) => work(at(i + 11, 3)))
  const other = Array.from({ length: 10 }, (_, i) => work(at(i + 21, 3), 'other'))

  const found = pastDays({ ...november, maintenance: [...nightly, ...later, ...other] })

  expect(days(found)).toEqual(['21-30', '11-20', '1-10'])
  expect(found[1]?.maintenance).toEqual([later[0]])
})

test('today stands alone, days to come are absent, and so is what is planned for today', () => {
  const maintenance = [work(at(21, 2)), work(at(21, 20)), work(at(22, 2))]

  const found = pastDays({ ...november, now: at(21, 14), maintenance })

  expect(days(found)).toEqual(['21', '1-20'])
  expect(found[0]?.maintenance).toEqual([maintenance[0]])
})

test('days before anything was watched are absent', () => {
  expect(days(pastDays({ ...november, monitoredFrom: at(12, 15) }))).toEqual(['12-30'])
})

test('what is still to come is told once for each window', () => {
  const maintenance = [work(at(21, 2)), work(at(22, 2)), work(at(22, 9), 'other'), work(at(23, 2))]

  expect(upcomingMaintenance({ maintenance, now: at(21, 14) })).toEqual([maintenance[1], maintenance[2]])
})
