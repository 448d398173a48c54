import type { HistoryModel, IncidentEntry, MaintenanceEntry } from '../contract.ts'
import { dayMs } from './times.ts'

/** A day (UTC), or several in a row that held the same. */
export interface PastDays {
  readonly firstAt: number
  /** When the last of them begins; `firstAt` for a single day. */
  readonly lastAt: number
  /** Outages that began then, newest first. Only single days have any. */
  readonly began: readonly IncidentEntry[]
  /** Outages that began earlier and were not over when the day began. */
  readonly went: readonly IncidentEntry[]
  /** What began then; of several days, that of the first. */
  readonly maintenance: readonly MaintenanceEntry[]
}

type Span = Pick<HistoryModel, 'startAt' | 'endAt' | 'monitoredFrom' | 'now' | 'incidents' | 'maintenance'>

const dayOf = (at: number): number => Math.floor(at / dayMs) * dayMs

const overBy = ({ endAt }: IncidentEntry, at: number): boolean => endAt !== undefined && endAt <= at

/**
 * The days of a month that were watched and have begun, newest first. Days in a row on which nothing began or ended,
 * other than the same maintenance at the same time, are one entry. Today always stands alone: it is not over.
 */
export function pastDays(model: Span): readonly PastDays[] {
  const from = dayOf(Math.max(model.startAt, model.monitoredFrom ?? model.startAt))
  const today = dayOf(model.now)
  const folded: PastDays[] = []
  for (let at = Math.min(today, model.endAt - dayMs); at >= from; at -= dayMs) {
    const day = dayAt(model, at, from)
    const later = folded.at(-1)
    if (later !== undefined && later.lastAt !== today && isQuiet(later) && isQuiet(day) && alike(later, day)) {
      folded[folded.length - 1] = { ...day, lastAt: later.lastAt }
    } else folded.push(day)
  }
  return folded
}

function dayAt({ incidents, maintenance, now }: Span, at: number, from: number): PastDays {
  const end = at + dayMs
  const beginsIn = (startAt: number): boolean => startAt >= at && startAt < end
  return {
    firstAt: at,
    lastAt: at,
    began: incidents.filter(({ startAt }) => beginsIn(startAt)),
    went: incidents.filter((one) => one.startAt < at && !overBy(one, at)),
    // What began on the evening before the first day is nowhere else.
    maintenance: maintenance.filter(({ beginAt }) => beginAt <= now && beginsIn(Math.max(beginAt, from))),
  }
}

/** Whether nothing changed on the day (for several: on the first). */
const isQuiet = ({ firstAt, began, went }: PastDays): boolean =>
  began.length === 0 && !went.some((one) => overBy(one, firstAt + dayMs))

const alike = (a: PastDays, b: PastDays): boolean => signature(a) === signature(b)

function signature({ went, maintenance }: PastDays): string {
  const windows = maintenance.map(({ id, beginAt, endAt }) => [windowOf(id), beginAt % dayMs, endAt - beginAt])
  return JSON.stringify([went.map(({ id }) => id), windows])
}

/** Which window a maintenance is one time of: ids are `maintenance~<window>~<time>`. */
const windowOf = (id: string): string => id.split('~')[1] ?? id

/** Maintenance of the month that has not begun: the next time of each window, soonest first. */
export function upcomingMaintenance({ maintenance, now }: Pick<Span, 'maintenance' | 'now'>): MaintenanceEntry[] {
  const next = new Map<string, MaintenanceEntry>()
  for (const entry of maintenance) {
    if (entry.beginAt > now && !next.has(windowOf(entry.id))) next.set(windowOf(entry.id), entry)
  }
  return [...next.values()]
}
