export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

export type Weekday = (typeof weekdays)[number]

/** A recurring time in which results are kept and notices are not sent. */
export interface MaintenanceWindow {
  /** Wall-clock start in minutes after midnight, 0 to 1439. */
  readonly startMinute: number
  /** Elapsed time, more than 0 and at most 24 h. */
  readonly durationMs: number
  /** IANA name. */
  readonly timezone: string
  /** Days on which the window begins; empty means every day. */
  readonly every: readonly Weekday[]
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(timezone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timezone)
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formatters.set(timezone, formatter)
  }
  return formatter
}

/** How far the wall clock of a zone is ahead of UTC at a moment, in milliseconds. */
function offsetAt(timezone: string, at: number): number {
  if (timezone === 'UTC') return 0
  const parts: Record<string, number> = {}
  for (const { type, value } of formatterOf(timezone).formatToParts(at)) parts[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
}

/**
 * The moment a wall clock shows `wall` (as if it were UTC). A time that a clock change skips counts from the clock
 * before the change, so that 02:30 becomes 03:30; one that it repeats is taken the first time.
 */
function momentOf(timezone: string, wall: number): number {
  const before = offsetAt(timezone, wall - dayMs)
  const after = offsetAt(timezone, wall + dayMs)
  if (before === after) return wall - before
  const early = wall - Math.max(before, after)
  if (early + offsetAt(timezone, early) === wall) return early
  // The other clock shows it; or none does, and the clock before the change is the other one.
  return wall - Math.min(before, after)
}

/** One time that a window covers: its begin is inside, its end is not. */
export interface MaintenanceSpan {
  readonly beginAt: number
  readonly endAt: number
}

interface Occurrences {
  /** Answers hold for moments from here ... */
  readonly from: number
  /** ... to before here. */
  readonly to: number
  readonly spans: readonly MaintenanceSpan[]
}

/** The times that `window` covers and that begin on the days from `firstDay` to `lastDay`, counted since 1970. */
function spansOf({ timezone, startMinute, durationMs, every }: MaintenanceWindow, firstDay: number, lastDay: number) {
  const spans: MaintenanceSpan[] = []
  for (let day = firstDay; day <= lastDay; day++) {
    const weekday = weekdays[(((day + 4) % 7) + 7) % 7]
    if (every.length > 0 && !every.some((name) => name === weekday)) continue
    const beginAt = momentOf(timezone, day * dayMs + startMinute * minuteMs)
    spans.push({ beginAt, endAt: beginAt + durationMs })
  }
  return spans
}

/** When `window` begins and ends around `now`. */
function occurrencesAround(window: MaintenanceWindow, now: number): Occurrences {
  const today = Math.floor((now + offsetAt(window.timezone, now)) / dayMs)
  // A window lasts a day at most, and a clock change moves its begin by a few hours: two days on each side suffice.
  return { from: now - hourMs, to: now + hourMs, spans: spansOf(window, today - 2, today + 2) }
}

/** The times that `window` covers, in part or whole, between `from` and `to`, in order. At most a year of them. */
export function maintenanceSpans(window: MaintenanceWindow, from: number, to: number): readonly MaintenanceSpan[] {
  const firstDay = Math.floor(from / dayMs) - 2
  const lastDay = Math.min(Math.floor(to / dayMs) + 2, firstDay + 370)
  return spansOf(window, firstDay, lastDay).filter(({ beginAt, endAt }) => beginAt < to && endAt > from)
}

/** Time zone rules are slow to ask, and every result asks: the answers for the hours around are kept. */
const known = new WeakMap<MaintenanceWindow, Occurrences>()

function isOpen(window: MaintenanceWindow, now: number): boolean {
  let occurrences = known.get(window)
  if (occurrences === undefined || now < occurrences.from || now >= occurrences.to) {
    occurrences = occurrencesAround(window, now)
    known.set(window, occurrences)
  }
  return occurrences.spans.some(({ beginAt, endAt }) => beginAt <= now && now < endAt)
}

/** Whether one of `windows` covers `now`: its begin is inside, its end is not. */
export function isUnderMaintenance(windows: readonly MaintenanceWindow[], now: number): boolean {
  return windows.some((window) => isOpen(window, now))
}
