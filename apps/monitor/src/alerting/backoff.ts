import type { OutboxEntry } from '../domain/notice.ts'

const hourMs = 60 * 60_000

const shortestMs = 5_000
const longestMs = hourMs / 4
const longestAskedMs = hourMs

/** No wait is longer, jitter included. */
const longestDelayMs = longestAskedMs * 1.1

/** How long notices are tried for. */
const giveUpAfterMs = 24 * hourMs

/** How long at least by a process that found them waiting: what it knows of the time before is from clocks that may be set. */
const leastTriedMs = 6 * hourMs

/** A wait is not cut short before: one alert that fails again and again costs two attempts a minute at most. */
const leftAloneMs = 30_000

/** From an attempt that failed to the next. */
export interface Wait {
  readonly ms: number
  /** After so long it may be cut short, since the provider takes notices of other alerts. */
  readonly leastMs: number
}

/**
 * How long to wait after the `attempts`-th attempt failed: exponential from 5 s to 15 min, the upper half of it random,
 * so that alerts which failed together do not come back together. Never sooner than the provider asked for.
 */
export function waitAfter(attempts: number, askedMs: number | undefined, random: number): Wait {
  const ms = Math.max(ownDelayMs(attempts, random), (askedMs ?? 0) * (1 + random / 10))
  return { ms, leastMs: Math.max(leftAloneMs, askedMs ?? 0) }
}

const ownDelayMs = (attempts: number, random: number) => {
  const highest = Math.min(shortestMs * 2 ** Math.min(attempts, 20), longestMs)
  return Math.max(shortestMs, (highest / 2) * (1 + random))
}

/** Whether a notice of this age, which this process has tried for `triedMs` of it, is given up instead of waiting on. */
export const isTooOld = (ageMs: number, triedMs: number): boolean => ageMs > giveUpAfterMs && triedMs > leastTriedMs

/** What is left of the wait that a row tells of. */
export function waitLeft({ nextAttemptAt, attemptedAt, createdAt, attempts }: OutboxEntry, now: number): Wait {
  const plannedMs = nextAttemptAt - (attemptedAt ?? createdAt)
  // The clock may have been set back since: never longer than was planned.
  const ms = Math.min(nextAttemptAt - now, plannedMs, longestDelayMs)
  // Rows do not say what the provider asked for; where we would not have waited as long by ourselves, it did.
  const isAskedFor = plannedMs > ownDelayMs(attempts, 1)
  return { ms, leastMs: isAskedFor ? ms : Math.max(leftAloneMs - (plannedMs - ms), 0) }
}

/**
 * The wait that a `Retry-After` header asks for, at most an hour. It holds seconds or a date.
 * https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  const asked = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isNaN(asked) ? undefined : Math.min(Math.max(asked, 0), longestAskedMs)
}
