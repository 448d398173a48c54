import type { EndpointRow } from '../contract.ts'

/** Groups in the order of their first endpoint. */
export function byGroup(rows: readonly EndpointRow[]): Map<string, EndpointRow[]> {
  const groups = new Map<string, EndpointRow[]>()
  for (const row of rows) {
    const members = groups.get(row.group)
    if (members === undefined) groups.set(row.group, [row])
    else members.push(row)
  }
  return groups
}
