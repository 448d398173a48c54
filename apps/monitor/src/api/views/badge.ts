import type { UptimeWindow } from '../../domain/uptime.ts'
import { fixedHalfEven } from '../../lib/fixed.ts'

/** A badge before it is drawn. Widths are in pixels. */
export interface Badge {
  readonly label: string
  readonly text: string
  readonly color: string
  readonly labelWidth: number
  readonly valueWidth: number
}

export type Health = 'up' | 'down' | '?'

const colors = {
  awesome: '#40cc11',
  great: '#94cc11',
  good: '#ccd311',
  passable: '#ccb311',
  bad: '#cc8111',
  veryBad: '#c7130a',
}

const scale = [colors.awesome, colors.great, colors.good, colors.passable, colors.bad] as const

const uptimeBounds = [0.975, 0.95, 0.9, 0.8, 0.65] as const

const characterWidth = 11

/** Two-digit windows need a little more room for their label. */
const windowWidth = (window: UptimeWindow, narrow: number) =>
  window === '30d' || window === '24h' ? narrow + 5 : narrow

/** `uptime` is a share, 0 to 1. */
export function uptimeBadge(uptime: number, window: UptimeWindow): Badge {
  const percentage = fixedHalfEven(uptime * 100, 2).replace(/\.?0+$/, '')
  const text = `${percentage === '' ? '0' : percentage}%`
  const step = uptimeBounds.findIndex((bound) => uptime >= bound)
  return {
    label: `uptime ${window}`,
    text,
    color: scale[step] ?? colors.veryBad,
    labelWidth: windowWidth(window, 65),
    valueWidth: characterWidth * text.length - (text.includes('.') ? 10 : 0),
  }
}

/** `thresholds`: five inclusive upper bounds in milliseconds. */
export function responseTimeBadge(averageMs: number, window: UptimeWindow, thresholds: readonly number[]): Badge {
  const text = `${averageMs}ms`
  const step = thresholds.findIndex((bound) => averageMs <= bound)
  return {
    label: `response time ${window}`,
    text,
    color: scale[step] ?? colors.veryBad,
    labelWidth: windowWidth(window, 105),
    valueWidth: characterWidth * text.length,
  }
}

const healthLooks = {
  up: { color: colors.awesome, valueWidth: 28, shields: 'brightgreen' },
  down: { color: colors.veryBad, valueWidth: 44, shields: 'red' },
  '?': { color: colors.passable, valueWidth: 10, shields: 'yellow' },
}

export function healthBadge(health: Health): Badge {
  const { color, valueWidth } = healthLooks[health]
  return { label: 'health', text: health, color, labelWidth: 48, valueWidth }
}

/** For https://shields.io/badges/endpoint-badge; the label is the one that existing badges show. */
export const shieldsBadge = (health: Health) => ({
  color: healthLooks[health].shields,
  label: 'gatus',
  message: health,
  schemaVersion: 1,
})

/** Every part of a badge is ours but `label` and `text`, which hold no markup. */
export function drawBadge({ label, text, color, labelWidth, valueWidth }: Badge): string {
  const width = labelWidth + valueWidth
  const labelX = Math.floor(labelWidth / 2)
  const valueX = labelWidth + Math.floor(valueWidth / 2)
  // Several badges may stand in one page: names inside must not meet.
  const id = `${label}-${text}-${width}`.replace(/[^a-z0-9]+/gi, '-')
  const twice = (x: number, content: string) =>
    `<text x="${x}" y="15" fill="#010101" fill-opacity=".3" aria-hidden="true">${content}</text><text x="${x}" y="14">${content}</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${label}: ${text}"><title>${label}: ${text}</title>
<linearGradient id="g-${id}" x2="0" y2="100%"><stop offset="0" stop-color="#bbb" stop-opacity=".1"/><stop offset="1" stop-opacity=".1"/></linearGradient>
<mask id="m-${id}"><rect width="${width}" height="20" rx="3" fill="#fff"/></mask>
<g mask="url(#m-${id})"><path fill="#555" d="M0 0h${labelWidth}v20H0z"/><path fill="${color}" d="M${labelWidth} 0h${valueWidth}v20H${labelWidth}z"/><path fill="url(#g-${id})" d="M0 0h${width}v20H0z"/></g>
<g fill="#fff" text-anchor="middle" font-family="DejaVu Sans,Verdana,Geneva,sans-serif" font-size="11">${twice(labelX, label)}${twice(valueX, text)}</g></svg>`
}
