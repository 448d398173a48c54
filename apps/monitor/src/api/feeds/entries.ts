import type { IncidentEntry, MaintenanceEntry } from '../contract.ts'

/** What a feed tells of: one outage or one maintenance. */
export interface FeedEntry {
  readonly id: string
  readonly url: string
  readonly title: string
  readonly text: string
  readonly publishedAt: number
  readonly updatedAt: number
}

export interface FeedSite {
  readonly title: string
  /** Of the status page, without a trailing slash. */
  readonly url: string
}

const minuteMs = 60_000

const utc = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** Whole minutes, hours and minutes, or days and hours; at least a minute. */
export function spoken(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / minuteMs))
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

export function outageEntry(site: FeedSite, { id, name, startAt, endAt, reason }: IncidentEntry): FeedEntry {
  const over = endAt !== undefined
  const cause = reason === undefined ? '' : ` Reason: ${reason}`
  const span = over ? `Down for ${spoken(endAt - startAt)}, from ${utc(startAt)}.` : `Down since ${utc(startAt)}.`
  return {
    id,
    url: `${site.url}/incidents/${encodeURIComponent(id)}`,
    title: over ? `${name} was down for ${spoken(endAt - startAt)}` : `${name} is down`,
    text: span + cause,
    publishedAt: startAt,
    updatedAt: endAt ?? startAt,
  }
}

/** Whom a maintenance is for, in words. */
export const scopeOf = ({ keys, names }: MaintenanceEntry) => {
  if (keys.length === 0) return 'all endpoints'
  const more = keys.length - names.length
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ')
}

export function maintenanceFeedEntry(site: FeedSite, entry: MaintenanceEntry): FeedEntry {
  return {
    id: entry.id,
    url: `${site.url}/incidents/${encodeURIComponent(entry.id)}`,
    title: `Maintenance: ${scopeOf(entry)}`,
    text: `From ${utc(entry.beginAt)} for ${spoken(entry.endAt - entry.beginAt)}.`,
    publishedAt: entry.beginAt,
    updatedAt: entry.beginAt,
  }
}
