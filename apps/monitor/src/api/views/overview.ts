import type { Board } from '../../domain/board.ts'
import type { UiSettings } from '../../domain/config.ts'
import type { BarRange, EndpointRow, OverviewModel } from '../contract.ts'
import { axisOf } from './bar.ts'
import { recentIncidents } from './past.ts'
import { plannedMaintenance } from './planned.ts'
import type { RowOptions, Rows } from './row.ts'

/** Younger than this, a history of 90 days would show nothing but gaps. */
const youngMs = 7 * 24 * 60 * 60_000

/** The range to show when none is asked for: `set`, or what the history has. */
export function defaultRange(board: Board, now: number, set: BarRange | 'auto'): BarRange {
  if (set !== 'auto') return set
  let oldest: number | undefined
  for (const { firstResultAt } of board.entries()) {
    if (firstResultAt !== undefined) oldest = Math.min(oldest ?? firstResultAt, firstResultAt)
  }
  return oldest !== undefined && now - oldest >= youngMs ? '90d' : '24h'
}

/** Groups that come `first`, then by their first endpoint; endpoints in the order of the configuration. */
function grouped(rows: readonly EndpointRow[], first: readonly string[]): readonly EndpointRow[] {
  const groups = new Map<string, EndpointRow[]>(first.map((group) => [group, []]))
  for (const row of rows) {
    const members = groups.get(row.group)
    if (members === undefined) groups.set(row.group, [row])
    else members.push(row)
  }
  return [...groups.values()].flat()
}

/** How far ahead the overview looks for maintenance, and how much of it it shows. */
const upcoming = { withinMs: 7 * 24 * 60 * 60_000, most: 3 }

interface Source {
  readonly board: Board
  readonly rows: Rows
  readonly rowOptions: RowOptions
  readonly config: { readonly ui: Pick<UiSettings, 'groupOrder'> }
}

export function overviewModel(
  { board, rows, rowOptions, config }: Source,
  range: BarRange,
  now: number,
  sequence: number,
): OverviewModel {
  const enabled = board.entries().filter(({ endpoint, results }) => endpoint.enabled || results.length > 0)
  return {
    range,
    axis: range === 'checks' ? undefined : axisOf(range, now),
    rows: grouped(
      enabled.map((entry) => rows(entry, range, now)),
      config.ui.groupOrder,
    ),
    newestAt: board.newestAt(),
    now,
    sequence,
    upcoming: plannedMaintenance(board, rowOptions.maintenance, now, now + upcoming.withinMs).slice(0, upcoming.most),
    recent: recentIncidents(board, now),
    operatorNotices: [],
  }
}
