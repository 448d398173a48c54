import type { Context } from 'hono'
import { Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import type { BarRange } from '../contract.ts'
import type { ApiDeps, Visit } from '../deps.ts'
import { createDocument, sendDocument } from '../document.ts'
import { ApiError } from '../errors.ts'
import { configuredEndpoint } from '../request.ts'
import { isBarRange } from '../views/bar.ts'
import { closest } from '../views/closest.ts'
import { endpointModel } from '../views/detail.ts'
import { defaultRange, overviewModel } from '../views/overview.ts'

const year = 'public, max-age=31536000, immutable'

/** The status page: documents, and the files they load. */
export function pageRoutes(deps: ApiDeps) {
  const { board, rows, clock, config, documents, live, history, page, assets, cookies, parseDuration } = deps
  const excludeMaintenance = config.maintenance.excludeFromUptime
  const customCss = createDocument(config.ui.customCss)

  const visitOf = (c: Context): Visit => {
    const theme = getCookie(c, cookies.theme)
    return { query: new URL(c.req.url).searchParams, theme: theme === 'light' || theme === 'dark' ? theme : undefined }
  }

  const rangeOf = (c: Context): BarRange => {
    const asked = c.req.query('range') ?? getCookie(c, cookies.range)
    return isBarRange(asked) ? asked : defaultRange(board, clock.now())
  }

  const html = {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': page.contentSecurityPolicy,
    Vary: 'Accept, Accept-Encoding, Cookie',
  }

  /** Everything that a document depends on besides the board. Longer queries than a page makes are not kept. */
  const variant = (c: Context, range: BarRange) => {
    const { query, theme } = visitOf(c)
    const text = `${range} ${theme ?? ''} ${query}`
    return text.length < 300 ? text : undefined
  }

  const send = async (c: Context, name: string, range: BarRange, make: () => string | Promise<string>) => {
    const id = variant(c, range)
    const document = id === undefined ? createDocument(await make()) : await documents(`${name} ${id}`, make)
    return sendDocument(c, document, html)
  }

  return new Hono()
    .get('/', (c) => {
      const range = rangeOf(c)
      return send(c, 'page', range, () =>
        page.overview(overviewModel(deps, range, clock.now(), live.sequence()), visitOf(c)),
      )
    })
    .get('/endpoints/:key', async (c) => {
      const range = rangeOf(c)
      try {
        const entry = configuredEndpoint(c, board)
        const outside = { source: history, rows, excludeMaintenance, parseDuration }
        return await send(c, `page ${entry.endpoint.key}`, range, async () =>
          page.endpoint(await endpointModel(outside, entry, range, clock.now(), live.sequence()), visitOf(c)),
        )
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        const suggestions = closest(c.req.path.split('/').at(-1) ?? '', board.entries())
        const body = page.notFound(
          suggestions.map((entry) => rows(entry, range, clock.now())),
          visitOf(c),
        )
        return c.body(body, error.status, html)
      }
    })
    .get('/index.html', (c) => c.redirect(`${config.web.basePath}/${new URL(c.req.url).search}`, 301))
    .get('/css/custom.css', (c) =>
      sendDocument(c, customCss, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'no-cache' }),
    )
    .get('/assets/:file', (c) => {
      const asset = assets.get(c.req.path)
      if (asset === undefined) return c.notFound()
      return sendDocument(c, asset.document, { 'Content-Type': asset.type, 'Cache-Control': year })
    })
}
