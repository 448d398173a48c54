import type { Event } from './event.ts'

/** The time from when an endpoint became unhealthy to when it was healthy again. */
export interface Incident {
  /** Identity in links: stays, whatever happens to the endpoint afterwards. */
  readonly id: string
  readonly key: string
  readonly startAt: number
  /** Absent while it lasts. */
  readonly endAt?: number
  /** What failed first, where the endpoint does not hide that. */
  readonly reason?: string
}

/** `key` and start of an incident in one word; `~` is in no key that a browser would change. */
export const incidentId = (key: string, startAt: number) => `${key}~${startAt.toString(36)}`

/** Key and start that an id names. */
export function parseIncidentId(id: string): { readonly key: string; readonly startAt: number } | undefined {
  const at = id.lastIndexOf('~')
  const time = id.slice(at + 1)
  if (at < 1 || !/^[0-9a-z]{1,9}$/.test(time)) return undefined
  return { key: id.slice(0, at), startAt: Number.parseInt(time, 36) }
}

/** The incidents in the events of any endpoints, which come newest first. Newest first. */
export function incidentsOf(events: readonly Event[]): readonly Incident[] {
  const endOf = new Map<string, number>()
  const incidents: Incident[] = []
  for (const { key, type, at, reason } of events) {
    if (type === 'UNHEALTHY')
      incidents.push({ id: incidentId(key, at), key, startAt: at, endAt: endOf.get(key), reason })
    if (type === 'HEALTHY') endOf.set(key, at)
    else endOf.delete(key)
  }
  return incidents
}
