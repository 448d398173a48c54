import { dateLocale, say } from '../text/say.ts'

export const dayMs = 86_400_000

const formats = {
  clock: { hour: '2-digit', minute: '2-digit' },
  seconds: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  longDay: { day: 'numeric', month: 'long' },
  year: { day: 'numeric', month: 'short', year: 'numeric' },
  weekday: { weekday: 'short', day: 'numeric', month: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

export type TimeFormat = keyof typeof formats

const cache = new Map<string, Intl.DateTimeFormat>()

/** A moment (ms since 1970) as text; `zone` is an IANA name. */
export function timeText(at: number, format: TimeFormat, zone = 'UTC'): string {
  const id = `${format} ${zone}`
  let formatter = cache.get(id)
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat(dateLocale, { ...formats[format], hourCycle: 'h23', timeZone: zone })
    cache.set(id, formatter)
  }
  return formatter.format(at)
}

/** `14:02` on the day of `now`, else with its day, else with its year. */
export function momentText(at: number, now: number, zone = 'UTC'): string {
  const date = timeText(at, 'year', zone)
  const today = timeText(now, 'year', zone)
  if (date === today) return timeText(at, 'clock', zone)
  if (date.slice(-4) !== today.slice(-4)) return date
  return `${timeText(at, 'day', zone)} ${timeText(at, 'clock', zone)}`
}

/** A span: `14:00–14:15` within the day of `now`, `18 Nov 14:00–16:00` before, one date for a whole day. */
export function spanText(startAt: number, lengthMs: number, now: number, zone = 'UTC'): string {
  const endAt = startAt + lengthMs
  if (lengthMs >= dayMs && startAt % dayMs === 0 && zone === 'UTC') return timeText(startAt, 'weekday', zone)
  const sameDay = timeText(startAt, 'year', zone) === timeText(endAt - 1, 'year', zone)
  const end = sameDay ? timeText(endAt, 'clock', zone) : momentText(endAt, now, zone)
  return `${momentText(startAt, now, zone)}–${end}`
}

export const iso = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z')

export const sinceText = (at: number, now: number): string => say('time.since', { time: momentText(at, now) })
