import type { EndpointRow } from '../contract.ts'
import { spoken } from './entries.ts'

const problem = ({ group, name, sinceAt, reason }: EndpointRow, now: number) => {
  const since = sinceAt === undefined ? '' : ` for ${spoken(now - sinceAt)}`
  const why = reason === undefined ? '' : `: ${reason.replace(/\s+/g, ' ')}`
  return `DOWN ${group === '' ? name : `${group}/${name}`}${since}${why}`
}

/** A line for each problem, then the counts: for terminals, scripts and agents. */
export function statusText(rows: readonly EndpointRow[], now: number): string {
  const count = (state: EndpointRow['state']) => rows.filter((row) => row.state === state).length
  const down = rows.filter(({ state }) => state === 'down')
  const parts = [
    `${rows.length} ${rows.length === 1 ? 'endpoint' : 'endpoints'}`,
    `${count('up')} up`,
    `${down.length} down`,
    ...(count('maintenance') > 0 ? [`${count('maintenance')} in maintenance`] : []),
    ...(count('pending') > 0 ? [`${count('pending')} without a result yet`] : []),
  ]
  const lines = down.map((row) => problem(row, now))
  return `${[...lines, parts.join(', '), `as of ${new Date(now).toISOString()}`].join('\n')}\n`
}
