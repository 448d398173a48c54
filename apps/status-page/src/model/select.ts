import type { EndpointRow } from '../contract.ts'
import { severity } from './states.ts'
import type { Filter, Sort, View } from './view.ts'

export function passesFilter(row: EndpointRow, filter: Filter): boolean {
  if (filter === 'all') return true
  return filter === 'unstable' ? row.unstable : row.state === filter
}

const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** The words a row must all hold, in any order, whatever their case and accents. */
export const searchTerms = (search: string): string[] => folded(search).split(/\s+/).filter(Boolean)

export function passesSearch(row: EndpointRow, terms: readonly string[]): boolean {
  if (terms.length === 0) return true
  const text = folded(`${row.name} ${row.group} ${row.host ?? ''} ${row.type}`)
  return terms.every((term) => text.includes(term))
}

export function select(rows: readonly EndpointRow[], view: Pick<View, 'filter' | 'search'>): EndpointRow[] {
  const terms = searchTerms(view.search)
  return rows.filter((row) => passesFilter(row, view.filter) && passesSearch(row, terms))
}

const share = ({ uptime }: EndpointRow): number => (uptime.count === 0 ? 2 : uptime.successes / uptime.count)

const comparisons: Readonly<Record<Exclude<Sort, 'order'>, (a: EndpointRow, b: EndpointRow) => number>> = {
  status: (a, b) => severity.indexOf(a.state) - severity.indexOf(b.state),
  name: (a, b) => a.name.localeCompare(b.name, 'en', { numeric: true, sensitivity: 'base' }),
  latency: (a, b) => (b.latencyMs ?? -1) - (a.latencyMs ?? -1),
  uptime: (a, b) => share(a) - share(b),
  changed: (a, b) => (b.sinceAt ?? 0) - (a.sinceAt ?? 0),
}

/** Equal rows keep the order of the configuration. */
export function sortRows(rows: readonly EndpointRow[], sort: Sort): readonly EndpointRow[] {
  return sort === 'order' ? rows : [...rows].sort(comparisons[sort])
}

/** Down before degraded, newest first. */
export function troubled(rows: readonly EndpointRow[]): EndpointRow[] {
  return rows
    .filter((row) => row.state === 'down' || row.state === 'degraded')
    .sort((a, b) => comparisons.status(a, b) || comparisons.changed(a, b))
}
