import type { Context } from 'hono'
import { Hono } from 'hono'
import { parseIncidentId } from '../../domain/incident.ts'
import type { ApiDeps } from '../deps.ts'
import { sendDocument } from '../document.ts'
import { ApiError } from '../errors.ts'
import { calendar } from '../feeds/calendar.ts'
import { pageUrl } from '../request.ts'
import { historyModel, incidentModel, monthOf } from '../views/past.ts'
import { findMaintenance } from '../views/planned.ts'
import { subscribeModel } from '../views/subscribe.ts'
import type { Sending } from './sending.ts'

/** No key is so long that the id of an outage could be longer. */
const longestId = 500

/** A form sends what was left open as an empty value. */
const chosen = (c: Context, name: string) => c.req.query(name) || undefined

/** What a page is made of, if it is there; a page that is not there is never kept. */
function found<T>(model: T | undefined): T {
  if (model === undefined) throw new ApiError('page not found')
  return model
}

/** What was and what is planned: months, single outages and maintenances, and how to hear of them. */
export function pastPageRoutes(deps: ApiDeps, { send, sendTimely, visitOf, notFound }: Sending) {
  const { board, rows, store, clock, config, documents, live, page, rowOptions } = deps
  const source = { board, store, rows, options: rowOptions }

  /** `asked`: what the page was about, to suggest endpoints that are called alike. */
  const orNotFound = async (c: Context, asked: string, answer: () => Promise<Response>) => {
    try {
      return await answer()
    } catch (error) {
      if (error instanceof ApiError) return notFound(c, asked)
      throw error
    }
  }

  const month = (c: Context, asked: string) => {
    const filter = { group: chosen(c, 'group'), key: chosen(c, 'endpoint') }
    return orNotFound(c, filter.key ?? '', () =>
      sendTimely(c, {
        name: `history ${asked.slice(0, 10)}`,
        make: async () => page.history(found(await historyModel(source, asked, filter, clock.now())), visitOf(c)),
      }),
    )
  }

  const idOf = (c: Context) => (c.req.param('id') ?? '').slice(0, longestId)

  return new Hono()
    .get('/history', (c) => month(c, monthOf(clock.now())))
    .get('/history/:month', (c) => month(c, c.req.param('month')))
    .get('/incidents/:id', (c) => {
      const id = idOf(c)
      const parsed = parseIncidentId(id)
      return orNotFound(c, parsed?.key ?? '', () =>
        sendTimely(c, {
          name: `incident ${id}`,
          make: async () => {
            const sequence = live.sequence()
            const model = found(await incidentModel(source, id, parsed, clock.now()))
            return page.incident({ ...model, sequence }, visitOf(c))
          },
        }),
      )
    })
    .get('/incidents/:id/calendar.ics', async (c) => {
      const entry = findMaintenance(board, rowOptions.maintenance, idOf(c))
      if (entry === undefined) return notFound(c, '')
      const site = { title: config.ui.title, url: pageUrl(c, config.web.basePath) }
      const make = () => calendar(site, [entry], clock.now())
      return sendDocument(c, await documents(`calendar ${entry.id} ${site.url}`, make), {
        'Content-Type': 'text/calendar; charset=utf-8',
        'Content-Disposition': 'inline; filename="maintenance.ics"',
        'Cache-Control': 'no-cache',
      })
    })
    .get('/subscribe', (c) => {
      const key = chosen(c, 'endpoint')
      return orNotFound(c, key ?? '', () =>
        send(c, { name: 'subscribe', make: () => page.subscribe(found(subscribeModel(board, key)), visitOf(c)) }),
      )
    })
}
