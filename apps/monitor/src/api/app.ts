import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { ApiDeps } from './deps.ts'
import { ApiError } from './errors.ts'
import { languageWish, routedPath } from './request.ts'
import { embedRoutes } from './routes/embeds.ts'
import { eventRoutes } from './routes/events.ts'
import { feedRoutes } from './routes/feeds.ts'
import { figureRoutes } from './routes/figures.ts'
import { modelRoutes } from './routes/models.ts'
import { pageRoutes } from './routes/page.ts'
import { pastPageRoutes } from './routes/past-pages.ts'
import { createSending } from './routes/sending.ts'
import { serviceRoutes } from './routes/service.ts'
import { statusRoutes } from './routes/statuses.ts'

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The HTTP interface of one configuration. */
export function createApi(deps: ApiDeps) {
  const { basePath } = deps.config.web
  const app = new Hono<{ Bindings: HttpBindings }>({
    getPath: (request) => routedPath(new URL(request.url).pathname, basePath),
  })

  const sending = createSending(deps)

  app.route('/', serviceRoutes(deps))
  app.route('/api/v1/events', eventRoutes(deps))
  app.route('/api/v1', modelRoutes(deps))
  app.route('/api/v1/endpoints', statusRoutes(deps))
  app.route('/api/v1/endpoints', figureRoutes(deps))
  app.route('/', feedRoutes(deps))
  app.route('/', pageRoutes(deps, sending))
  app.route('/', pastPageRoutes(deps, sending))
  app.route('/embed', embedRoutes(deps, sending))

  app.notFound((c) => {
    const readable = c.req.method === 'GET' || c.req.method === 'HEAD'
    const [matches] = readable ? [[]] : app.router.match('GET', c.req.path)
    if (matches.length > 0) return c.text('Method Not Allowed', 405, { Allow: 'GET, HEAD' })
    return c.text(`Cannot ${c.req.method} ${escaped(new URL(c.req.url).pathname)}`, 404)
  })

  app.onError((error, c) => {
    if (error instanceof ApiError) return c.text(error.message, error.status)
    deps.log.error({ error: error.message, path: c.req.path }, 'a request failed for an unexpected reason')
    const wantsPage = c.req.header('accept')?.includes('text/html') === true
    if (!wantsPage) return c.text('internal error', 500)
    const language = deps.page.language(languageWish(c, deps.cookies.language))
    return c.html(deps.page.failure(language), 500, { 'Content-Language': language })
  })

  return app
}

export type Api = ReturnType<typeof createApi>
