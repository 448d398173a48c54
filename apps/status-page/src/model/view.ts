import type { BarRange } from '../contract.ts'

export const ranges = ['checks', '24h', '7d', '30d', '90d'] as const satisfies readonly BarRange[]
export const filters = ['all', 'down', 'degraded', 'maintenance', 'unstable'] as const
export const sorts = ['order', 'status', 'name', 'latency', 'uptime', 'changed'] as const
export const densities = ['list', 'compact', 'wall'] as const

export type Filter = (typeof filters)[number]
export type Sort = (typeof sorts)[number]
export type Density = (typeof densities)[number]

/** Which groups are open: by how many endpoints there are, all, or only those with something that fails. */
const openings = ['auto', 'all', 'failing'] as const

/** What the operator has visitors see until they choose. */
export interface Defaults {
  readonly sort: Sort
  readonly filter: Filter
  /** Only when it does not follow from the number of endpoints; see `densityOf`. */
  readonly density: Density | undefined
  readonly groups: (typeof openings)[number]
}

const ours: Defaults = { sort: 'order', filter: 'all', density: undefined, groups: 'auto' }

/** Defaults as text, such as `sort=status&groups=all`: those of ours that are not named stay. */
export function parseDefaults(text: string): Defaults {
  const query = new URLSearchParams(text)
  const { sort, filter, density } = parseView(query, ours)
  return { sort, filter, density, groups: openings.find((groups) => groups === query.get('groups')) ?? ours.groups }
}

/** What the address asks for. Defaults are left out of addresses. */
export interface View {
  /** Only when the address names it; the server chooses otherwise. */
  readonly range: BarRange | undefined
  readonly filter: Filter
  readonly search: string
  readonly sort: Sort
  /** Only when the address or the operator names it; see `densityOf`. */
  readonly density: Density | undefined
  /** As the operator has it: no address names it. */
  readonly groups: Defaults['groups']
  /** Names of groups to send whole. */
  readonly open: readonly string[]
  /** ISO time of a chosen bucket, on the detail page. */
  readonly at: string | undefined
}

const searchLimit = 200
const openLimit = 50

/** Reads an address. Values that are not offered count as absent, never as errors. */
export function parseView(query: URLSearchParams, defaults: Defaults = ours): View {
  return {
    range: ranges.find((range) => range === query.get('range')),
    filter: filters.find((filter) => filter === query.get('f')) ?? defaults.filter,
    search: (query.get('q') ?? '').trim().slice(0, searchLimit),
    sort: sorts.find((sort) => sort === query.get('sort')) ?? defaults.sort,
    density: densities.find((density) => density === query.get('view')) ?? defaults.density,
    groups: defaults.groups,
    open: query.getAll('open').slice(0, openLimit),
    at: query.get('at') ?? undefined,
  }
}

/** The parameters of a view, in a fixed order, without the defaults. */
export function viewParams(view: Partial<View>, defaults: Defaults = ours): [name: string, value: string][] {
  const params: [string, string][] = []
  if (view.range !== undefined) params.push(['range', view.range])
  if (view.filter !== undefined && view.filter !== defaults.filter) params.push(['f', view.filter])
  if (view.search) params.push(['q', view.search])
  if (view.sort !== undefined && view.sort !== defaults.sort) params.push(['sort', view.sort])
  if (view.density !== undefined && view.density !== defaults.density) params.push(['view', view.density])
  for (const group of view.open ?? []) params.push(['open', group])
  if (view.at !== undefined) params.push(['at', view.at])
  return params
}

/** `viewParams` as `?a=b`, or empty. */
export function viewQuery(view: Partial<View>, defaults?: Defaults): string {
  const params = viewParams(view, defaults)
  return params.length === 0 ? '' : `?${new URLSearchParams(params)}`
}

export const narrowed = (view: View): boolean => view.filter !== 'all' || view.search !== ''

/** Up to here everything is sent open and in full height; above, groups without a problem are closed. */
export const fewRows = 60

export const densityOf = (view: View, total: number): Density => view.density ?? (total > fewRows ? 'compact' : 'list')
