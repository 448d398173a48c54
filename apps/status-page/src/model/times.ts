import { dateLocale, say } from '../text/say.ts'

export const dayMs = 86_400_000

const formats = {
  clock: { hour: '2-digit', minute: '2-digit' },
  seconds: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  dayClock: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  daySeconds: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  longDay: { day: 'numeric', month: 'long' },
  longDayClock: { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' },
  year: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  weekday: { weekday: 'short', day: 'numeric', month: 'short' },
  weekdayClock: { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

export type TimeFormat = keyof typeof formats

const cache = new Map<string, Intl.DateTimeFormat>()

/** A moment (ms since 1970) as text; `zone` is an IANA name. */
export function timeText(at: number, format: TimeFormat, zone = 'UTC'): string {
  return kept(format, formats[format], zone).format(at)
}

function kept(name: string, options: Intl.DateTimeFormatOptions, zone: string): Intl.DateTimeFormat {
  const locale = dateLocale()
  const id = `${locale} ${name} ${zone}`
  let formatter = cache.get(id)
  if (formatter === undefined) {
    // Arabic is read with a 12-hour clock; the other languages here are not.
    const clock = locale === 'ar' ? {} : ({ hourCycle: 'h23' } as const)
    formatter = new Intl.DateTimeFormat(locale, { ...options, ...clock, timeZone: zone })
    cache.set(id, formatter)
  }
  return formatter
}

const yearOf = (at: number, zone: string): string => kept('years', { year: 'numeric' }, zone).format(at)

export const sameDay = (a: number, b: number, zone = 'UTC'): boolean =>
  timeText(a, 'year', zone) === timeText(b, 'year', zone)

/** Several whole days (UTC), such as `12–15 Nov`, given when the first and the last begin. */
export const daysText = (firstAt: number, lastAt: number): string =>
  new Intl.DateTimeFormat(dateLocale(), { ...formats.day, timeZone: 'UTC' }).formatRange(firstAt, lastAt)

/** `14:02` on the day of `now`, else with its day, else with its year. */
export function momentText(at: number, now: number, zone = 'UTC'): string {
  if (sameDay(at, now, zone)) return timeText(at, 'clock', zone)
  return timeText(at, yearOf(at, zone) === yearOf(now, zone) ? 'dayClock' : 'year', zone)
}

/** A span: `14:00–14:15` within the day of `now`, `18 Nov, 14:00–16:00` before, one date for a whole day. */
export function spanText(startAt: number, lengthMs: number, now: number, zone = 'UTC'): string {
  const endAt = startAt + lengthMs
  if (lengthMs >= dayMs && startAt % dayMs === 0 && zone === 'UTC') return timeText(startAt, 'weekday', zone)
  const to = sameDay(startAt, endAt - 1, zone) ? timeText(endAt, 'clock', zone) : momentText(endAt, now, zone)
  return say('time.span', { from: momentText(startAt, now, zone), to })
}

export const iso = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z')
