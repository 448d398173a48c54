import type { EndpointRow, State, UptimeFigure } from '../contract.ts'
import { byGroup } from './by-group.ts'
import { worstOf } from './history.ts'
import { select, sortRows } from './select.ts'
import { allStale, type Counts, countStates, worstState } from './states.ts'
import { fewRows, narrowed, type View } from './view.ts'

/** Rows of one open group that are sent at first. */
export const groupRows = 60

/** Rows in groups that nobody asked to be open: where nearly all is in trouble, the sums of the groups tell more. */
const unaskedRows = 300

export interface GroupView {
  readonly name: string
  /** Of the whole group, whatever is filtered. */
  readonly counts: Counts
  readonly state: State
  readonly stale: boolean
  readonly uptime: UptimeFigure
  readonly history: string
  readonly open: boolean
  /** What passed filter and search. */
  readonly matching: readonly EndpointRow[]
  /** The part of it to send: none of a closed group. */
  readonly shown: readonly EndpointRow[]
}

export const sumUptime = (rows: readonly EndpointRow[]): UptimeFigure => {
  let count = 0
  let successes = 0
  let expected = 0
  for (const { uptime } of rows) {
    count += uptime.count
    successes += uptime.successes
    expected += uptime.expected
  }
  return { count, successes, expected }
}

/** The list in the order of the configuration. Groups without a match are left out. */
export function arrange(rows: readonly EndpointRow[], view: View): GroupView[] {
  const wanted = new Set(select(rows, view))
  let room = unaskedRows
  const views: GroupView[] = []
  for (const [name, members] of byGroup(rows)) {
    const matching = members.filter((row) => wanted.has(row))
    if (matching.length === 0) continue
    const counts = countStates(members)
    const asked = view.open.includes(name)
    const whole = asked || view.groups === 'all' || (view.groups === 'auto' && rows.length <= fewRows)
    const open = whole || (room > 0 && (narrowed(view) || counts.down + counts.degraded > 0))
    const shown = !open ? [] : whole || rows.length <= fewRows ? matching : firstOf(matching, room)
    if (!whole) room -= shown.length
    views.push({
      name,
      counts,
      state: worstState(counts),
      stale: allStale(members),
      uptime: sumUptime(members),
      history: worstOf(members.map((row) => row.history)),
      open,
      matching,
      shown,
    })
  }
  return views
}

/** Trouble first would reorder the group; instead whatever is in trouble is left out last. */
function firstOf(rows: readonly EndpointRow[], room: number): readonly EndpointRow[] {
  if (rows.length <= groupRows) return rows
  const first = rows.filter((row, i) => i < groupRows || row.state === 'down' || row.state === 'degraded')
  return first.slice(0, Math.max(groupRows, room))
}

/** One list without groups, for any order but the configuration's. */
export const flatList = (rows: readonly EndpointRow[], view: View): readonly EndpointRow[] =>
  sortRows(select(rows, view), view.sort)
