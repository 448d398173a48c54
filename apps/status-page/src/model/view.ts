import type { BarRange } from '../contract.ts'

export const ranges = ['checks', '24h', '7d', '30d', '90d'] as const satisfies readonly BarRange[]
export const filters = ['all', 'down', 'degraded', 'maintenance', 'unstable'] as const
export const sorts = ['order', 'status', 'name', 'latency', 'uptime', 'changed'] as const
export const densities = ['list', 'compact', 'wall'] as const

export type Filter = (typeof filters)[number]
export type Sort = (typeof sorts)[number]
export type Density = (typeof densities)[number]

/** What the address asks for. Defaults are left out of addresses. */
export interface View {
  /** Only when the address names it; the server chooses otherwise. */
  readonly range: BarRange | undefined
  readonly filter: Filter
  readonly search: string
  readonly sort: Sort
  /** Only when the address names it; see `densityOf`. */
  readonly density: Density | undefined
  /** Names of groups to send whole. */
  readonly open: readonly string[]
  /** ISO time of a chosen bucket, on the detail page. */
  readonly at: string | undefined
}

const searchLimit = 200
const openLimit = 50

/** Reads an address. Values that are not offered count as absent, never as errors. */
export function parseView(query: URLSearchParams): View {
  return {
    range: ranges.find((range) => range === query.get('range')),
    filter: filters.find((filter) => filter === query.get('f')) ?? 'all',
    search: (query.get('q') ?? '').trim().slice(0, searchLimit),
    sort: sorts.find((sort) => sort === query.get('sort')) ?? 'order',
    density: densities.find((density) => density === query.get('view')),
    open: query.getAll('open').slice(0, openLimit),
    at: query.get('at') ?? undefined,
  }
}

/** The parameters of a view, in a fixed order, without the defaults. */
export function viewParams(view: Partial<View>): [name: string, value: string][] {
  const params: [string, string][] = []
  if (view.range !== undefined) params.push(['range', view.range])
  if (view.filter !== undefined && view.filter !== 'all') params.push(['f', view.filter])
  if (view.search) params.push(['q', view.search])
  if (view.sort !== undefined && view.sort !== 'order') params.push(['sort', view.sort])
  if (view.density !== undefined) params.push(['view', view.density])
  for (const group of view.open ?? []) params.push(['open', group])
  if (view.at !== undefined) params.push(['at', view.at])
  return params
}

/** `viewParams` as `?a=b`, or empty. */
export function viewQuery(view: Partial<View>): string {
  const params = viewParams(view)
  return params.length === 0 ? '' : `?${new URLSearchParams(params)}`
}

export const narrowed = (view: View): boolean => view.filter !== 'all' || view.search !== ''

/** Up to here everything is sent open and in full height; above, groups without a problem are closed. */
export const fewRows = 60

export const densityOf = (view: View, total: number): Density => view.density ?? (total > fewRows ? 'compact' : 'list')
