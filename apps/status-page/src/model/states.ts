import type { EndpointRow, State } from '../contract.ts'
import type { Filter } from './view.ts'

/** Worst first. */
export const severity: readonly State[] = ['down', 'degraded', 'maintenance', 'pending', 'up']

export type Counts = Readonly<Record<State | 'unstable' | 'all', number>>

export function countStates(rows: readonly EndpointRow[]): Counts {
  const counts = { all: rows.length, up: 0, degraded: 0, down: 0, maintenance: 0, pending: 0, unstable: 0 }
  for (const row of rows) {
    counts[row.state]++
    if (row.unstable) counts.unstable++
  }
  return counts
}

export const worstState = (counts: Counts): State => severity.find((state) => counts[state] > 0) ?? 'pending'

export const isTrouble = (row: EndpointRow): boolean => row.state === 'down' || row.state === 'degraded'

export const countOf = (counts: Counts, filter: Filter): number => counts[filter]

/** Nothing at all has come for longer than any interval explains. */
export const allStale = (rows: readonly EndpointRow[]): boolean => {
  const known = rows.filter((row) => row.state !== 'pending')
  return known.length > 0 && known.every((row) => row.stale)
}
