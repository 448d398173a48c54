import type { EndpointRow } from '../contract.ts'
import { byGroup } from './by-group.ts'
import { select } from './select.ts'
import { type Counts, countStates } from './states.ts'
import type { View } from './view.ts'

export interface WallGroup {
  readonly name: string
  /** Of the whole group, whatever is filtered. */
  readonly counts: Counts
  /** What passed filter and search: one tile each. */
  readonly rows: readonly EndpointRow[]
}

/** Every group, in the order of the configuration; one without a match has no rows. */
export function wallGroups(rows: readonly EndpointRow[], view: View): WallGroup[] {
  const wanted = new Set(select(rows, view))
  return [...byGroup(rows)].map(([name, members]) => ({
    name,
    counts: countStates(members),
    rows: members.filter((row) => wanted.has(row)),
  }))
}

/** Tiles in one line of a wide screen, and the lines such a screen has room for. */
const tilesAcross = 40
const linesDown = 19

/** Whether groups must run on in one stream, since a line of its own for each would not fit on a screen. */
export const runsOn = (groups: readonly WallGroup[]): boolean =>
  groups.reduce((lines, { rows }) => lines + Math.ceil(rows.length / tilesAcross), 0) > linesDown
