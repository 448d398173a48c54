import type { EndpointRow, State } from '../contract.ts'

const marks: Readonly<Partial<Record<State, string>>> = { down: '✕ ', degraded: '▲ ', maintenance: '◇ ' }

export const endpointTitle = (row: Pick<EndpointRow, 'state' | 'name'>, siteTitle: string): string =>
  `${marks[row.state] ?? ''}${row.name} – ${siteTitle}`
