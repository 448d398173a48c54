import { durationText } from '../model/numbers.ts'
import { iso, momentText, sameDay, timeText } from '../model/times.ts'
import { say } from '../text/say.ts'

/**
 * A moment in words that stay true however long the page is kept: `since 14:02`. The browser replaces them by words
 * that age (`12 min`), as told by `data-f`; see `client/times.ts`, which knows the same names.
 */
export const momentFormats = ['at', 'since', 'for', 'checked', 'stale', 'seconds'] as const
export type MomentFormat = (typeof momentFormats)[number]

export function Moment({ at, now, format }: { at: number; now: number; format: MomentFormat }) {
  return (
    <time dateTime={iso(Math.floor(at / 1000) * 1000)} data-f={format}>
      {printed(at, now, format)}
    </time>
  )
}

function printed(at: number, now: number, format: MomentFormat): string {
  if (format === 'at') return momentText(at, now)
  if (format === 'checked') return say('time.asOf', { time: timeText(at, 'seconds') })
  if (format === 'stale') return say('stale.notice.since', { time: timeText(at, 'seconds') })
  if (format === 'seconds') return secondsText(at, now)
  return say('time.since', { time: momentText(at, now) })
}

/** The same in the browser, in its zone and against its (corrected) clock. */
export function agingText(at: number, now: number, format: MomentFormat, zone: string): string {
  const duration = durationText(now - at)
  if (format === 'at') return momentText(at, now, zone)
  if (format === 'checked') return say('time.checked', { duration })
  if (format === 'stale') return say('stale.notice', { duration })
  if (format === 'seconds') return secondsText(at, now, zone)
  return format === 'for' ? duration : say('time.since.for', { time: momentText(at, now, zone), duration })
}

function secondsText(at: number, now: number, zone?: string): string {
  return timeText(at, sameDay(at, now, zone) ? 'seconds' : 'daySeconds', zone)
}
