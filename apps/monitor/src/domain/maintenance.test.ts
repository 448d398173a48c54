import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MaintenanceWindow, Weekday } from './maintenance.ts'
import { isUnderMaintenance, maintenanceSpans, weekdays } from './maintenance.ts'

const hourMs = 3_600_000

const window = (start: string, durationMs: number, timezone = 'UTC', every: Weekday[] = []): MaintenanceWindow => {
  const [hours = 0, minutes = 0] = start.split(':').map(Number)
  return { startMinute: hours * 60 + minutes, durationMs, timezone, every }
}

const isOpen = (of: MaintenanceWindow, at: string) => isUnderMaintenance([of], Date.parse(at))

test('no window covers nothing', () => {
  expect(isUnderMaintenance([], Date.parse('2025-03-05T12:00:00Z'))).toBe(false)
})

test('the begin is inside, the end is not', () => {
  const night = window('23:00', 4 * hourMs)

  expect(isOpen(night, '2025-03-05T22:59:59.999Z')).toBe(false)
  expect(isOpen(night, '2025-03-05T23:00:00.000Z')).toBe(true)
  expect(isOpen(night, '2025-03-06T02:59:59.999Z')).toBe(true)
  expect(isOpen(night, '2025-03-06T03:00:00.000Z')).toBe(false)
})

test('the day is the one on which the window begins', () => {
  const mondays = window('23:00', 4 * hourMs, 'UTC', ['Monday'])

  expect(isOpen(mondays, '2025-03-04T01:00:00Z')).toBe(true)
  expect(isOpen(mondays, '2025-03-03T01:00:00Z')).toBe(false)
})

test('begins on each of the days that it is for', () => {
  const weekend = window('23:00', hourMs, 'UTC', ['Saturday', 'Sunday'])

  expect(isOpen(weekend, '2025-03-07T23:30:00Z')).toBe(false)
  expect(isOpen(weekend, '2025-03-08T23:30:00Z')).toBe(true)
  expect(isOpen(weekend, '2025-03-09T23:30:00Z')).toBe(true)
  expect(isOpen(weekend, '2025-03-10T23:30:00Z')).toBe(false)
})

test('is open at the same time weeks before and after it was asked', () => {
  const noon = window('12:00', hourMs)

  for (const day of ['2025-03-20', '2025-03-05', '2025-04-09']) expect(isOpen(noon, `${day}T12:30:00Z`)).toBe(true)
})

test('one of several windows suffices', () => {
  const windows = [window('01:00', hourMs), window('05:00', hourMs)]

  expect(isUnderMaintenance(windows, Date.parse('2025-03-05T05:30:00Z'))).toBe(true)
  expect(isUnderMaintenance(windows, Date.parse('2025-03-05T03:30:00Z'))).toBe(false)
})

describe('on days with a clock change', () => {
  test('a window begins when the clock shows its start', () => {
    // Berlin: 2025-03-30 02:00 becomes 03:00; 2025-10-26 03:00 becomes 02:00.
    const noon = window('12:00', hourMs, 'Europe/Berlin')

    expect(isOpen(noon, '2025-03-29T11:30:00Z')).toBe(true)
    expect(isOpen(noon, '2025-03-30T10:30:00Z')).toBe(true)
    expect(isOpen(noon, '2025-03-30T11:30:00Z')).toBe(false)
    expect(isOpen(noon, '2025-10-26T11:30:00Z')).toBe(true)
  })

  test('a start that the clock skips counts from before the change', () => {
    const skipped = window('02:30', hourMs, 'Europe/Berlin')

    expect(isOpen(skipped, '2025-03-30T01:29:59Z')).toBe(false)
    expect(isOpen(skipped, '2025-03-30T01:30:00Z')).toBe(true)
    expect(isOpen(skipped, '2025-03-30T02:29:59Z')).toBe(true)
    expect(isOpen(skipped, '2025-03-30T02:30:00Z')).toBe(false)
  })

  test('a start that the clock shows twice is taken once, the first time', () => {
    const repeated = window('02:30', 15 * 60_000, 'Europe/Berlin')

    expect(isOpen(repeated, '2025-10-26T00:30:00Z')).toBe(true)
    expect(isOpen(repeated, '2025-10-26T01:30:00Z')).toBe(false)
  })

  test('it lasts as long as ever', () => {
    const night = window('01:00', 4 * hourMs, 'Europe/Berlin')

    expect(isOpen(night, '2025-03-30T03:59:59Z')).toBe(true)
    expect(isOpen(night, '2025-03-30T04:00:00Z')).toBe(false)
  })

  test('the day that Samoa left out has no window', () => {
    // Apia went from 2011-12-29 24:00 (UTC-10) to 2011-12-31 00:00 (UTC+14).
    const fridays = window('12:00', hourMs, 'Pacific/Apia', ['Saturday'])

    expect(isOpen(fridays, '2011-12-30T22:30:00Z')).toBe(true)
  })
})

const windows = fc.record({
  startMinute: fc.integer({ min: 0, max: 1439 }),
  durationMs: fc.integer({ min: 1, max: 24 * hourMs }),
  timezone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'),
  every: fc.subarray([...weekdays]),
})

const moments = fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2027-01-01') })

test('what was asked before changes no answer', () => {
  fc.assert(
    fc.property(windows, moments, fc.array(fc.integer({ min: -3 * hourMs, max: 3 * hourMs })), (of, at, steps) => {
      const asked = steps.map((step) => isUnderMaintenance([of], at + step))
      const fresh = steps.map((step) => isUnderMaintenance([{ ...of }], at + step))
      expect(asked).toEqual(fresh)
    }),
  )
})

test('a window is open for its duration a day, clock changes aside', () => {
  fc.assert(
    fc.property(windows, moments, (of, at) => {
      const always = { ...of, timezone: 'UTC', every: [] }
      const midnight = Math.floor(at / (24 * hourMs)) * 24 * hourMs
      const beginAt = midnight + of.startMinute * 60_000
      expect(isUnderMaintenance([always], beginAt)).toBe(true)
      expect(isUnderMaintenance([always], beginAt + of.durationMs - 1)).toBe(true)
      expect(isUnderMaintenance([always], beginAt - 1)).toBe(of.durationMs === 24 * hourMs)
    }),
  )
})

test('lists the times that a window covers in a span, the one under way included', () => {
  const nightly = { startMinute: 23 * 60, durationMs: 2 * 3_600_000, timezone: 'Europe/Berlin', every: [] }
  const from = Date.parse('2026-03-28T23:30:00Z')

  const spans = maintenanceSpans(nightly, from, Date.parse('2026-03-30T12:00:00Z'))

  expect(spans.map(({ beginAt }) => new Date(beginAt).toISOString())).toEqual([
    '2026-03-28T22:00:00.000Z',
    '2026-03-29T21:00:00.000Z',
  ])
})

test('lists no times that only touch the span, and at most a year of them', () => {
  const noon = window('12:00', hourMs)
  const day = (text: string) => Date.parse(`${text}T12:00:00Z`)

  const touching = maintenanceSpans(noon, day('2026-03-01') + hourMs, day('2026-03-03'))
  const years = maintenanceSpans(noon, day('2026-01-01'), day('2029-01-01'))

  expect(touching).toEqual([{ beginAt: day('2026-03-02'), endAt: day('2026-03-02') + hourMs }])
  expect(years[0]?.beginAt).toBe(day('2026-01-01'))
  expect(years.length).toBeGreaterThan(365)
  expect(years.length).toBeLessThanOrEqual(371)
})
