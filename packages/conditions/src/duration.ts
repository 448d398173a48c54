import { afterDigits, isDigit } from './digits.ts'

/** Go's units, https://pkg.go.dev/time#ParseDuration, with days of 24 hours and weeks of 7 days added. */
const units: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['\u00b5s', 1_000n],
  ['\u03bcs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
  ['d', 86_400_000_000_000n],
  ['w', 604_800_000_000_000n],
])

/**
 * A duration such as `1h30m`, `1.5s`, `-250ms` or `2w` in milliseconds, with a fraction below one millisecond.
 * Undefined if malformed, or beyond the 292 years that Go's 64 bits of nanoseconds hold.
 */
export function parseDuration(text: string): number | undefined {
  const nanoseconds = durationNanoseconds(text)
  if (nanoseconds === undefined || nanoseconds < -(2n ** 63n) || nanoseconds >= 2n ** 63n) return undefined
  // The double nearest to the exact quotient, so that what formatDuration writes reads back as it was.
  return Number(`${nanoseconds}e-6`)
}

/** Any size; parts of a nanosecond are cut off. */
export function durationNanoseconds(text: string): bigint | undefined {
  const negative = text.charCodeAt(0) === 45
  let index = negative || text.charCodeAt(0) === 43 ? 1 : 0
  if (index === text.length) return undefined
  if (index === text.length - 1 && text.charCodeAt(index) === 48) return 0n
  let total = 0n
  while (index < text.length) {
    const part = readPart(text, index)
    if (part === undefined) return undefined
    total += part.nanoseconds
    index = part.end
  }
  return negative ? -total : total
}

/** More digits before the point are beyond any time there is; after it they are beyond a nanosecond in every unit. */
const maximumDigits = 30

function readPart(text: string, start: number): { nanoseconds: bigint; end: number } | undefined {
  const point = afterDigits(text, start)
  const fraction = text.charCodeAt(point) === 46 ? point + 1 : point
  const number = afterDigits(text, fraction)
  if (point - start + number - fraction === 0) return undefined
  const end = afterUnit(text, number)
  const unit = end - number > 2 ? undefined : units.get(text.slice(number, end))
  let significant = start
  while (text.charCodeAt(significant) === 48) significant++
  if (unit === undefined || point - significant > maximumDigits) return undefined
  const decimals = text.slice(fraction, Math.min(number, fraction + maximumDigits))
  const whole = BigInt(text.slice(significant, point)) * unit
  const rest = (BigInt(decimals) * unit) / 10n ** BigInt(decimals.length)
  return { nanoseconds: whole + rest, end }
}

function afterUnit(text: string, index: number): number {
  let end = index
  while (end < text.length && !isDigit(text.charCodeAt(end)) && text.charCodeAt(end) !== 46) end++
  return end
}

/** Milliseconds in Go's notation, https://pkg.go.dev/time#Duration.String: `30m0s`, `1.5s`, `250ms`, `0s`. */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return '0s'
  const roundedNanoseconds = Math.round((Math.abs(ms) % 1) * 1e6)
  const wholeMs = Math.trunc(Math.abs(ms)) + Math.floor(roundedNanoseconds / 1e6)
  const nanoseconds = roundedNanoseconds % 1e6
  const sign = ms < 0 ? '-' : ''
  if (wholeMs === 0 && nanoseconds === 0) return '0s'
  if (wholeMs === 0 && nanoseconds < 1_000) return `${sign}${nanoseconds}ns`
  if (wholeMs === 0) return `${sign}${nanoseconds / 1_000}\u00b5s`
  if (wholeMs < 1_000) return `${sign}${wholeMs}${fractionText(nanoseconds, 6)}ms`
  const seconds = Math.floor(wholeMs / 1_000)
  const fraction = fractionText((wholeMs % 1_000) * 1_000_000 + nanoseconds, 9)
  return `${sign}${clockParts(seconds).join('')}${fraction}s`
}

/** Whole seconds, without units that are zero at the end: `336h`, `20h10m`, `24h0m30s`, `0s`. */
export function formatShortDuration(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1_000)
  if (!(seconds > 0) || seconds === Infinity) return '0s'
  const whole = `${clockParts(seconds).join('')}s`
  const shown = seconds % 60 !== 0 ? whole : seconds % 3_600 !== 0 ? whole.slice(0, -2) : whole.slice(0, -4)
  return ms < 0 ? `-${shown}` : shown
}

/** `1h`, `2m` and `3`, from the first unit that is not zero. */
function clockParts(totalSeconds: number): readonly string[] {
  const seconds = String(totalSeconds % 60)
  if (totalSeconds < 60) return [seconds]
  const minutes = Math.floor(totalSeconds / 60)
  if (minutes < 60) return [`${minutes}m`, seconds]
  return [`${BigInt(Math.floor(minutes / 60))}h`, `${minutes % 60}m`, seconds]
}

function fractionText(value: number, digits: number): string {
  if (value === 0) return ''
  return `.${String(value).padStart(digits, '0').replace(/0+$/, '')}`
}
