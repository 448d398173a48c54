import type { Context } from 'hono'
import { Hono } from 'hono'
import type { ApiDeps } from '../deps.ts'
import { sendDocument } from '../document.ts'
import { atomFeed } from '../feeds/atom.ts'
import { calendar } from '../feeds/calendar.ts'
import type { FeedSite } from '../feeds/entries.ts'
import { maintenanceFeedEntry, outageEntry } from '../feeds/entries.ts'
import { jsonFeed } from '../feeds/json-feed.ts'
import { statusText } from '../feeds/status-text.ts'
import { pageUrl } from '../request.ts'
import { overviewModel } from '../views/overview.ts'
import { newestIncidents } from '../views/past.ts'
import { plannedMaintenance } from '../views/planned.ts'

const dayMs = 24 * 60 * 60_000

const entriesInFeed = 50
const plannedDays = { feed: 14, calendar: 60 }

/** Whether a client would rather have text than a page: browsers name `text/html`. */
const wantsText = (accept = '') => accept.includes('text/plain') && !accept.includes('text/html')

/** What programs read: feeds of outages and maintenance, a calendar, and the state as text. */
export function feedRoutes({ board, rows, store, clock, config, documents, live, rowOptions }: ApiDeps) {
  const source = { board, store, rows, options: rowOptions }

  const siteOf = (c: Context): FeedSite => ({ title: config.ui.title, url: pageUrl(c, config.web.basePath) })

  const entriesOf = async (site: FeedSite, now: number) => {
    const outages = await newestIncidents(source, now, entriesInFeed)
    const planned = plannedMaintenance(board, rowOptions.maintenance, now, now + plannedDays.feed * dayMs)
    return [
      ...outages.map((incident) => outageEntry(site, incident)),
      ...planned.map((entry) => maintenanceFeedEntry(site, entry)),
    ]
      .sort((a, b) => b.updatedAt - a.updatedAt)
      .slice(0, entriesInFeed)
  }

  const send = async (c: Context, type: string, make: (site: FeedSite, now: number) => string | Promise<string>) => {
    const site = siteOf(c)
    const document = await documents(`feed ${c.req.path} ${site.url}`, () => make(site, clock.now()))
    return sendDocument(c, document, { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-cache' })
  }

  const text = (_: FeedSite, now: number) =>
    statusText(overviewModel({ board, rows, rowOptions, config }, '24h', now, live.sequence()).rows, now)

  const planned = (now: number) =>
    plannedMaintenance(board, rowOptions.maintenance, now - dayMs, now + plannedDays.calendar * dayMs)

  return new Hono()
    .get('/feed.atom', (c) =>
      send(c, 'application/atom+xml', async (site, now) => atomFeed(site, await entriesOf(site, now), now)),
    )
    .get('/feed.json', (c) =>
      send(c, 'application/feed+json', async (site, now) => jsonFeed(site, await entriesOf(site, now))),
    )
    .get('/maintenance.ics', (c) => send(c, 'text/calendar', (site, now) => calendar(site, planned(now), now)))
    .get('/status.txt', (c) => send(c, 'text/plain', text))
    .get('/', async (c, next) => {
      c.header('Vary', 'Accept')
      return wantsText(c.req.header('accept')) ? send(c, 'text/plain', text) : next()
    })
}
