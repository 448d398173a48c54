import { Hono } from 'hono'
import type { ApiDeps } from '../deps.ts'
import { createDocument, sendDocument } from '../document.ts'
import { ApiError } from '../errors.ts'
import { configuredEndpoint } from '../request.ts'
import { endpointModel } from '../views/detail.ts'
import { overviewModel } from '../views/overview.ts'
import type { Sending } from './sending.ts'

const year = 'public, max-age=31536000, immutable'

/** The status page: documents, and the files they load. */
export function pageRoutes(deps: ApiDeps, sending: Sending) {
  const { board, rows, clock, config, live, history, page, assets, parseDuration } = deps
  const excludeMaintenance = config.maintenance.excludeFromUptime
  const customCss = createDocument(config.ui.customCss)

  const { visitOf, rangeOf, send, notFound } = sending

  return new Hono()
    .get('/', (c) => {
      const range = rangeOf(c)
      return send(c, {
        name: `page ${range}`,
        make: () => page.overview(overviewModel(deps, range, clock.now(), live.sequence()), visitOf(c)),
      })
    })
    .get('/endpoints/:key', async (c) => {
      const range = rangeOf(c)
      try {
        const entry = configuredEndpoint(c, board)
        const outside = { source: history, rows, excludeMaintenance, parseDuration }
        return await send(c, {
          name: `endpoint ${range} ${entry.endpoint.key}`,
          make: async () =>
            page.endpoint(await endpointModel(outside, entry, range, clock.now(), live.sequence()), visitOf(c)),
        })
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        return notFound(c, c.req.path.split('/').at(-1) ?? '', error.status === 400 ? 400 : 404)
      }
    })
    .get('/index.html', (c) => c.redirect(`${config.web.basePath}/${new URL(c.req.url).search}`, 301))
    .get('/css/custom.css', (c) =>
      sendDocument(c, customCss, {
        'Content-Type': 'text/css; charset=utf-8',
        // The page asks with a version, which changes with the text.
        'Cache-Control': c.req.query('v') === undefined ? 'no-cache' : year,
      }),
    )
    .get('/assets/:file', (c) => {
      const asset = assets.get(c.req.path)
      if (asset === undefined) return c.notFound()
      return sendDocument(c, asset.document, { 'Content-Type': asset.type, 'Cache-Control': year })
    })
}
