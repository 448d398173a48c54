import { describe, expect, test } from 'vitest'
import { vectors } from '../../../../../test/support/vectors.ts'
import type { UptimeWindow } from '../../domain/uptime.ts'
import type { Badge, Health } from './badge.ts'
import { drawBadge, healthBadge, responseTimeBadge, shieldsBadge, uptimeBadge } from './badge.ts'

interface BadgeVector {
  readonly kind: 'uptime' | 'response-time' | 'health' | 'health-shields'
  readonly value: number | Health
  readonly duration: UptimeWindow
  readonly thresholds?: readonly number[]
  readonly expectedLabel: string
  readonly expectedText: string
  readonly expectedColor: string
  readonly expectedWidth: number
  readonly expectedLabelWidth: number
  readonly expectedValueWidth: number
  readonly expectedJson: unknown
}

function badgeOf({ kind, value, duration, thresholds = [50, 200, 300, 500, 750] }: BadgeVector): Badge | undefined {
  if (kind === 'uptime' && typeof value === 'number') return uptimeBadge(value, duration)
  if (kind === 'response-time' && typeof value === 'number') return responseTimeBadge(value, duration, thresholds)
  if (kind === 'health' && typeof value === 'string') return healthBadge(value)
  return undefined
}

describe('agrees with the vectors', () => {
  test.each(vectors<BadgeVector>('badges.json'))('$name', (vector) => {
    if (vector.kind === 'health-shields' && typeof vector.value === 'string') {
      expect(shieldsBadge(vector.value)).toEqual(vector.expectedJson)
      return
    }
    const badge = badgeOf(vector)

    expect(badge).toEqual({
      label: vector.expectedLabel,
      text: vector.expectedText,
      color: vector.expectedColor,
      labelWidth: vector.expectedLabelWidth,
      valueWidth: vector.expectedValueWidth,
    })
    expect((badge?.labelWidth ?? 0) + (badge?.valueWidth ?? 0)).toBe(vector.expectedWidth)
  })
})

test('draws both texts centred in their parts, and says what it shows', () => {
  const svg = drawBadge(uptimeBadge(0.9987, '7d'))

  expect(svg).toContain('width="121" height="20"')
  expect(svg).toContain('<text x="32" y="14">uptime 7d</text>')
  expect(svg).toContain('<text x="93" y="14">99.87%</text>')
  expect(svg).toContain('<title>uptime 7d: 99.87%</title>')
})

test('two badges in one page share no names', () => {
  const names = (svg: string) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)

  const both = [...names(drawBadge(healthBadge('up'))), ...names(drawBadge(healthBadge('down')))]

  expect(new Set(both).size).toBe(both.length)
})
