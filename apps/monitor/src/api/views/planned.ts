import { createHash } from 'node:crypto'
import type { Board, BoardEntry } from '../../domain/board.ts'
import type { MaintenanceSpan, MaintenanceWindow } from '../../domain/maintenance.ts'
import { maintenanceSpans } from '../../domain/maintenance.ts'
import type { MaintenanceEntry } from '../contract.ts'

const namesShown = 3

/** A window, and the endpoints it is for; none means all. */
interface Planned {
  readonly window: MaintenanceWindow
  readonly entries: readonly BoardEntry[]
}

const identity = (window: MaintenanceWindow) => JSON.stringify(window)

/** All windows, each once: endpoints with the same window share one. */
function plannedOf(board: Board, everywhere: readonly MaintenanceWindow[]): readonly Planned[] {
  const shared = new Map<string, { window: MaintenanceWindow; entries: BoardEntry[] }>()
  for (const entry of board.entries()) {
    for (const window of entry.endpoint.maintenanceWindows) {
      const known = shared.get(identity(window))
      if (known === undefined) shared.set(identity(window), { window, entries: [entry] })
      else known.entries.push(entry)
    }
  }
  return [...everywhere.map((window) => ({ window, entries: [] })), ...shared.values()]
}

const windowId = (window: MaintenanceWindow) =>
  createHash('sha1').update(identity(window)).digest('base64url').slice(0, 8)

const entryOf = ({ window, entries }: Planned, { beginAt, endAt }: MaintenanceSpan): MaintenanceEntry => ({
  id: `maintenance~${windowId(window)}~${beginAt.toString(36)}`,
  keys: entries.map(({ endpoint }) => endpoint.key),
  names: entries.slice(0, namesShown).map(({ endpoint }) => endpoint.name),
  beginAt,
  endAt,
})

/** The times of all maintenance windows, in part or whole between `from` and `to`, soonest first. */
export function plannedMaintenance(
  board: Board,
  everywhere: readonly MaintenanceWindow[],
  from: number,
  to: number,
): readonly MaintenanceEntry[] {
  return plannedOf(board, everywhere)
    .flatMap((planned) => maintenanceSpans(planned.window, from, to).map((span) => entryOf(planned, span)))
    .sort((a, b) => a.beginAt - b.beginAt)
}

/** The maintenance that an id names, as long as its window is configured. */
export function findMaintenance(
  board: Board,
  everywhere: readonly MaintenanceWindow[],
  id: string,
): MaintenanceEntry | undefined {
  const [kind, , time = ''] = id.split('~')
  if (kind !== 'maintenance' || !/^[0-9a-z]{1,9}$/.test(time)) return undefined
  const beginAt = Number.parseInt(time, 36)
  return plannedMaintenance(board, everywhere, beginAt, beginAt + 1).find((entry) => entry.id === id)
}
