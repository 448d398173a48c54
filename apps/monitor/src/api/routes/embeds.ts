import { Hono } from 'hono'
import type { ApiDeps } from '../deps.ts'
import { overviewModel } from '../views/overview.ts'
import type { Sending } from './sending.ts'

/** Widgets of one line that other people's pages frame. */
export function embedRoutes(deps: ApiDeps, { send, visitOf }: Sending) {
  const { board, rows, clock, live, page } = deps
  const headers = {
    'Cache-Control': 'public, max-age=30, stale-while-revalidate=60',
    'Content-Security-Policy': page.embedSecurityPolicy,
    'Cross-Origin-Resource-Policy': 'cross-origin',
  }

  return new Hono()
    .get('/status', (c) =>
      send(c, {
        name: 'embed',
        headers,
        make: () => page.embedStatus(overviewModel(deps, '24h', clock.now(), live.sequence()), visitOf(c)),
      }),
    )
    .get('/endpoint/:key', (c) => {
      const entry = board.get(c.req.param('key'))
      return send(c, {
        name: `embed ${entry === undefined ? 'unknown' : `of ${entry.endpoint.key}`}`,
        headers,
        status: entry === undefined ? 404 : 200,
        make: () => page.embedEndpoint(entry && rows(entry, '24h', clock.now()), visitOf(c)),
      })
    })
}
