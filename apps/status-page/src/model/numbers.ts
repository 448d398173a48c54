import type { UptimeFigure } from '../contract.ts'
import { formatNumber, say } from '../text/say.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/**
 * Uptime in percent as text, rounded down: 100 appears only when nothing failed. Two decimals, three from 99.99, one
 * below 90. Undefined without results.
 */
export function uptimeNumber({ count, successes }: Pick<UptimeFigure, 'count' | 'successes'>): string | undefined {
  if (count <= 0) return undefined
  if (successes >= count) return '100'
  const share = successes / count
  const decimals = share >= 0.9999 ? 3 : share >= 0.9 ? 2 : 1
  const scale = 10 ** decimals
  // Multiplying before dividing keeps the floor exact for any count below 10^10.
  return (Math.floor((successes * 100 * scale) / count) / scale).toFixed(decimals)
}

export function uptimeText(figure: Pick<UptimeFigure, 'count' | 'successes'>): string {
  const number = uptimeNumber(figure)
  return number === undefined ? say('none') : `${number}%`
}

/** Two units at most: `42 s`, `12 min`, `2 h 5 min`, `3 d 4 h`. */
export function durationText(durationMs: number, spoken = false): string {
  const ms = Math.max(0, durationMs)
  const unit = spoken ? 'spoken' : 'unit'
  if (ms < minute) return say(`${unit}.s`, { n: Math.floor(ms / second) })
  if (ms < hour) return say(`${unit}.min`, { n: Math.floor(ms / minute) })
  const [big, bigMs, small, smallMs] =
    ms < day ? (['h', hour, 'min', minute] as const) : (['d', day, 'h', hour] as const)
  const head = say(`${unit}.${big}`, { n: Math.floor(ms / bigMs) })
  const rest = Math.floor((ms % bigMs) / smallMs)
  return rest === 0 ? head : `${head} ${say(`${unit}.${small}`, { n: rest })}`
}

/** `77 ms`, from one second on `1.4 s`, from ten on `45 s`. */
export function latencyText(ms: number | undefined): string {
  if (ms === undefined) return say('none')
  const whole = Math.round(ms)
  if (whole < second) return say('unit.ms', { n: whole })
  const seconds = whole / second
  return say('unit.s', { n: seconds < 9.95 ? seconds.toFixed(1) : formatNumber(Math.round(seconds)) })
}
