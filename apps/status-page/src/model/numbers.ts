import type { UptimeFigure } from '../contract.ts'
import { dateLocale, formatNumber, say } from '../text/say.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

interface Percentage {
  readonly value: number
  readonly decimals: number
}

/**
 * Uptime in percent, rounded down: 100 appears only when nothing failed. Two decimals, three from 99.99, one below 90.
 * Undefined without results.
 */
export function uptimePercentage({
  count,
  successes,
}: Pick<UptimeFigure, 'count' | 'successes'>): Percentage | undefined {
  if (count <= 0) return undefined
  if (successes >= count) return { value: 100, decimals: 0 }
  const share = successes / count
  const decimals = share >= 0.9999 ? 3 : share >= 0.9 ? 2 : 1
  const scale = 10 ** decimals
  // Multiplying before dividing keeps the floor exact for any count below 10^10.
  return { value: Math.floor((successes * 100 * scale) / count) / scale, decimals }
}

export function uptimeText(figure: Pick<UptimeFigure, 'count' | 'successes'>): string {
  const percentage = uptimePercentage(figure)
  return percentage === undefined ? say('none') : percentText(percentage)
}

const formatters = new Map<string, Intl.NumberFormat>()

function formatter(id: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${dateLocale()} ${id}`
  let known = formatters.get(key)
  if (known === undefined) {
    known = new Intl.NumberFormat(dateLocale(), options)
    formatters.set(key, known)
  }
  return known
}

function percentText({ value, decimals }: Percentage): string {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  return formatter(`% ${decimals}`, { style: 'percent', ...digits }).format(value / 100)
}

const units = { s: 'second', min: 'minute', h: 'hour', d: 'day' } as const

/** `42 s`, or `42 seconds` for where it is read out. */
function unitText(n: number, unit: keyof typeof units, spoken: boolean): string {
  if (!spoken) return say(`unit.${unit}`, { n })
  return formatter(unit, { style: 'unit', unit: units[unit], unitDisplay: 'long' }).format(n)
}

/** Two units at most: `42 s`, `12 min`, `2 h 5 min`, `3 d 4 h`. */
export function durationText(durationMs: number, spoken = false): string {
  const ms = Math.max(0, durationMs)
  if (ms < minute) return unitText(Math.floor(ms / second), 's', spoken)
  if (ms < hour) return unitText(Math.floor(ms / minute), 'min', spoken)
  const [bigUnit, bigMs, smallUnit, smallMs] =
    ms < day ? (['h', hour, 'min', minute] as const) : (['d', day, 'h', hour] as const)
  const big = unitText(Math.floor(ms / bigMs), bigUnit, spoken)
  const rest = Math.floor((ms % bigMs) / smallMs)
  if (rest === 0) return big
  return say(spoken ? 'spoken.two' : 'unit.two', { big, small: unitText(rest, smallUnit, spoken) })
}

/** `77 ms`, from one second on `1.4 s`, from ten on `45 s`. */
export function latencyText(ms: number | undefined): string {
  if (ms === undefined) return say('none')
  const whole = Math.round(ms)
  if (whole < second) return say('unit.ms', { n: whole })
  const seconds = whole / second
  if (seconds >= 9.95) return say('unit.s', { n: formatNumber(Math.round(seconds)) })
  const tenths = formatter('tenths', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  return say('unit.s', { n: tenths.format(seconds) })
}
