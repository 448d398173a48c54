import type { Answers } from './target-messages.ts'

export interface Gaps {
  /** Longest time between two checks of one endpoint, in milliseconds. */
  readonly longestMs: number
  /** 99 % are shorter. */
  readonly p99Ms: number
}

/** How regularly endpoints were checked, by the answers that they gave between two moments. */
export function gapsOf({ endpoints, times }: Answers, from = -Infinity, to = Infinity): Gaps {
  const last = new Map<number, number>()
  const gaps: number[] = []
  for (const [place, endpoint] of endpoints.entries()) {
    const at = times[place] ?? 0
    if (at < from || at > to) continue
    const before = last.get(endpoint)
    if (before !== undefined) gaps.push(at - before)
    last.set(endpoint, at)
  }
  gaps.sort((a, b) => a - b)
  return { longestMs: gaps.at(-1) ?? 0, p99Ms: gaps[Math.floor(gaps.length * 0.99)] ?? 0 }
}
