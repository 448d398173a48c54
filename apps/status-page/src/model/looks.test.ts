import { expect, test } from 'vitest'
import { down, endpoint, now } from '../../../../test/page/fixtures.ts'
import { looksAlike, shownLatency } from './looks.ts'

const row = endpoint('Website', 'Core')
const uptime = { count: 129_600, successes: 129_598, expected: 129_600 }

test('one more check of a row that is current is not seen', () => {
  const next = {
    ...row,
    lastCheckAt: now,
    latencyMs: 80,
    uptime: { ...row.uptime, count: 129_601, successes: 129_601 },
  }

  expect(looksAlike(row, next)).toBe(true)
})

test('what a row shows or says is seen', () => {
  const changes = [
    down,
    { history: 'u89a1' },
    { uptime },
    { stale: true },
    { host: 'www.acme.example' },
    { name: 'Website 2' },
    { lastOutage: { startAt: now - 60_000 } },
  ]

  expect(changes.filter((change) => looksAlike(row, { ...row, ...change }))).toEqual([])
})

test('of a row that is stale it is told for how long', () => {
  const stale = { ...row, stale: true }

  expect(looksAlike(stale, { ...stale, lastCheckAt: now })).toBe(false)
})

test('what is down answers in no time at all', () => {
  expect(shownLatency(row)).toBe('77 ms')
  expect(shownLatency({ ...row, ...down })).toBe('–')
})
