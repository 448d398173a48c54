import type { Board } from '../../domain/board.ts'
import type { BarRange, EndpointRow, OverviewModel } from '../contract.ts'
import { axisOf } from './bar.ts'
import type { Rows } from './row.ts'

/** Younger than this, a history of 90 days would show nothing but gaps. */
const youngMs = 7 * 24 * 60 * 60_000

/** The range to show when none is asked for. */
export function defaultRange(board: Board, now: number): BarRange {
  let oldest: number | undefined
  for (const { firstResultAt } of board.entries()) {
    if (firstResultAt !== undefined) oldest = Math.min(oldest ?? firstResultAt, firstResultAt)
  }
  return oldest !== undefined && now - oldest >= youngMs ? '90d' : '24h'
}

/** Groups in the order of their first endpoint, endpoints in the order of the configuration. */
function grouped(rows: readonly EndpointRow[]): readonly EndpointRow[] {
  const groups = new Map<string, EndpointRow[]>()
  for (const row of rows) {
    const members = groups.get(row.group)
    if (members === undefined) groups.set(row.group, [row])
    else members.push(row)
  }
  return [...groups.values()].flat()
}

export function overviewModel(board: Board, rows: Rows, range: BarRange, now: number, sequence: number): OverviewModel {
  const enabled = board.entries().filter(({ endpoint, results }) => endpoint.enabled || results.length > 0)
  return {
    range,
    axis: range === 'checks' ? undefined : axisOf(range, now),
    rows: grouped(enabled.map((entry) => rows(entry, range, now))),
    newestAt: board.newestAt(),
    now,
    sequence,
    operatorNotices: [],
  }
}
