import { createLinks } from './links.ts'
import type { Defaults } from './model/view.ts'
import type { Visit } from './site.ts'

type Narrowed = {
  readonly group?: string | undefined
  readonly endpoint?: string | undefined
}

/** All addresses: those of `createLinks`, which browsers load too, and those that only the server prints. */
export function createPageLinks(basePath: string, defaults?: Defaults) {
  const links = createLinks(basePath, defaults)
  const { base } = links
  const api = (key: string, rest: string): string => `${base}/api/v1/endpoints/${encodeURIComponent(key)}/${rest}`
  const incident = (id: string): string => `${base}/incidents/${encodeURIComponent(id)}`
  return {
    ...links,
    customCss: (version: string): string => `${base}/css/custom.css?v=${version}`,
    history: (month?: string, narrowed: Narrowed = {}): string =>
      `${base}/history${month === undefined ? '' : `/${month}`}${queryOf(narrowed)}`,
    incident,
    /** A calendar of nothing but one maintenance. */
    incidentCalendar: (id: string): string => `${incident(id)}/calendar.ics`,
    subscribe: (endpoint?: string): string => `${base}/subscribe${queryOf({ endpoint })}`,
    atom: `${base}/feed.atom`,
    jsonFeed: `${base}/feed.json`,
    calendar: `${base}/maintenance.ics`,
    statusText: `${base}/status.txt`,
    embedStatus: `${base}/embed/status`,
    embedEndpoint: (key: string): string => `${base}/embed/endpoint/${encodeURIComponent(key)}`,
    endpointFigures: (key: string): string => api(key, 'statuses'),
    badges: {
      health: (key: string): string => api(key, 'health/badge.svg?style=clear'),
      uptime: (key: string): string => api(key, 'uptimes/7d/badge.svg?style=clear'),
      latency: (key: string): string => api(key, 'response-times/24h/badge.svg?style=clear'),
    },
  }
}

export type PageLinks = ReturnType<typeof createPageLinks>

/** Turns paths of the page into addresses for the outside. */
export const addressOf =
  ({ base }: PageLinks, { url = '' }: Visit) =>
  (path: string): string =>
    url.slice(0, url.length - base.length) + path

function queryOf(values: Readonly<Record<string, string | undefined>>): string {
  const params = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return params.length === 0 ? '' : `?${new URLSearchParams(params)}`
}
