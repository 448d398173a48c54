import { expect, test } from 'vitest'
import { rfc3339 } from './timestamp.ts'

test.each([
  ['2026-03-01T09:15:00.000Z', '2026-03-01T09:15:00Z'],
  ['2026-03-01T09:15:10.120Z', '2026-03-01T09:15:10.12Z'],
  ['2026-03-01T09:15:00.001Z', '2026-03-01T09:15:00.001Z'],
  ['2026-03-01T00:00:20.000Z', '2026-03-01T00:00:20Z'],
])('%s is written as %s', (iso, text) => {
  expect(rfc3339(Date.parse(iso))).toBe(text)
})
