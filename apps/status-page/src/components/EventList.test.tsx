import { render } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import type { EventEntry } from '../contract.ts'
import { createLinks } from '../links.ts'
import { EventList } from './EventList.tsx'

const minute = 60_000
const now = Date.UTC(2026, 10, 21, 14)
const links = createLinks('')

const wordsOf = (events: readonly EventEntry[]): string[] =>
  [
    ...render(<EventList events={events} now={now} links={links} endpointKey="core_website" />).matchAll(
      /<li.*?<\/li>/g,
    ),
  ].map(([item]) => item.replace(/<time.*?<\/time>|<[^>]+>/g, ''))

test('what was never down is operational, and has not recovered', () => {
  const events: EventEntry[] = [
    { type: 'HEALTHY', at: now - minute },
    { type: 'START', at: now - minute, untilAt: now - minute },
  ]

  expect(wordsOf(events)).toEqual(['Operational', 'Monitoring started'])
  expect(wordsOf(events.slice(0, 1))).toEqual(['Operational'])
})

test('what was down has recovered, and tells for how long it was', () => {
  const events: EventEntry[] = [
    { type: 'HEALTHY', at: now - minute },
    { type: 'UNHEALTHY', at: now - 15 * minute, untilAt: now - minute, reason: 'timeout' },
    { type: 'HEALTHY', at: now - 75 * minute, untilAt: now - 15 * minute },
    { type: 'START', at: now - 75 * minute, untilAt: now - 75 * minute },
  ]

  expect(wordsOf(events)).toEqual([
    'Recovered',
    'Was down for 14 mintimeout',
    'Operational for 1 h',
    'Monitoring started',
  ])
})
