const shortestMs = 5_000
const longestMs = 15 * 60_000
const longestAskedMs = 60 * 60_000

/** No wait is longer, jitter included. */
export const longestDelayMs = longestAskedMs * 1.1

/** How long notices are tried for. */
export const giveUpAfterMs = 24 * 60 * 60_000

/**
 * How long to wait after the `attempts`-th attempt failed: exponential from 5 s to 15 min, the upper half of it random,
 * so that alerts which failed together do not come back together. Never sooner than the provider asked for.
 */
export function retryDelayMs(attempts: number, askedMs: number | undefined, random: number): number {
  const highest = Math.min(shortestMs * 2 ** Math.min(attempts, 20), longestMs)
  const ownMs = Math.max(shortestMs, (highest / 2) * (1 + random))
  return Math.max(ownMs, (askedMs ?? 0) * (1 + random / 10))
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
