import type { EndpointRow } from '../contract.ts'
import { latencyText, uptimePercentage } from './numbers.ts'

/**
 * Whether two states of an endpoint are drawn alike, but for the response time. What only counts on with every check,
 * and when the newest one was, is not shown of a row that is current.
 */
export function looksAlike(a: EndpointRow, b: EndpointRow): boolean {
  return (
    a.state === b.state &&
    a.history === b.history &&
    a.stale === b.stale &&
    (!a.stale || a.lastCheckAt === b.lastCheckAt) &&
    a.sinceAt === b.sinceAt &&
    a.reason === b.reason &&
    a.name === b.name &&
    a.group === b.group &&
    a.host === b.host &&
    a.type === b.type &&
    a.lastOutage?.startAt === b.lastOutage?.startAt &&
    a.lastOutage?.endAt === b.lastOutage?.endAt &&
    uptimePercentage(a.uptime)?.value === uptimePercentage(b.uptime)?.value
  )
}

/** The response time as a row shows it. */
export const shownLatency = ({ state, latencyMs }: EndpointRow): string =>
  latencyText(state === 'down' ? undefined : latencyMs)
