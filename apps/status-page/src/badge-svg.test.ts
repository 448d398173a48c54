import { expect, test } from 'vitest'
import { drawBadge } from './badge-svg.ts'
import type { BadgeFacts } from './contract.ts'

const figure = (successes: number, count: number) => ({ successes, count })

const badges: readonly (readonly [BadgeFacts, string])[] = [
  [{ kind: 'health', state: 'up' }, 'health: up'],
  [{ kind: 'health', state: 'degraded' }, 'health: degraded'],
  [{ kind: 'health', state: 'down' }, 'health: down'],
  [{ kind: 'health', state: 'maintenance' }, 'health: maintenance'],
  [{ kind: 'health', state: 'pending' }, 'health: no data'],
  [{ kind: 'uptime', window: '7d', figure: figure(10_080, 10_080) }, 'uptime 7d: 100%'],
  [{ kind: 'uptime', window: '30d', figure: figure(9_999_999, 10_000_000) }, 'uptime 30d: 99.999%'],
  [{ kind: 'uptime', window: '24h', figure: figure(96, 100) }, 'uptime 24h: 96.00%'],
  [{ kind: 'uptime', window: '1h', figure: figure(1, 3) }, 'uptime 1h: 33.3%'],
  [{ kind: 'uptime', window: '1h', figure: figure(0, 0) }, 'uptime 1h: no data'],
  [{ kind: 'response time', window: '24h', averageMs: 104, isSlow: false }, 'response time 24h: 104 ms'],
  [{ kind: 'response time', window: '24h', averageMs: 12_104, isSlow: true }, 'response time 24h: 12104 ms'],
  [{ kind: 'response time', window: '24h', isSlow: false }, 'response time 24h: no data'],
]

test.each(badges)('%o says "%s" in words and lengths, in at most 1 kB', (facts, words) => {
  const svg = drawBadge(facts)

  expect(svg).toContain(`<title>${words}</title>`)
  expect(svg).toContain(`aria-label="${words}"`)
  expect(svg.match(/<text [^>]*textLength="\d+"/g)).toHaveLength(2)
  expect(Buffer.byteLength(svg)).toBeLessThanOrEqual(1_000)
  expect(svg).not.toContain(' id=')
})

test.each([
  [{ kind: 'uptime', window: '7d', figure: figure(99, 100) }, '#0a6650'],
  [{ kind: 'uptime', window: '7d', figure: figure(98, 100) }, '#8a4b00'],
  [{ kind: 'uptime', window: '7d', figure: figure(94, 100) }, '#a80f1b'],
  [{ kind: 'uptime', window: '7d', figure: figure(0, 0) }, '#5a6473'],
  [{ kind: 'response time', window: '1h', averageMs: 900, isSlow: true }, '#8a4b00'],
  [{ kind: 'health', state: 'maintenance' }, '#4b43be'],
] as const)('the colour of %o is %s', (facts, fill) => {
  expect(drawBadge(facts)).toContain(`<path fill="${fill}"`)
})
