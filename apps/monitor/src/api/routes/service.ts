import { Hono } from 'hono'
import type { ApiDeps } from '../deps.ts'

/** How the service itself is doing. */
export function serviceRoutes({ config, health, ready, metrics }: ApiDeps) {
  const routes = new Hono()
    .get('/health', (c) => c.json(health()))
    .get('/ready', (c) => (ready() ? c.json({ ready: true }) : c.json({ ready: false }, 503)))
    .get('/api/v1/config', (c) => c.json({ announcements: [], authenticated: true, oidc: false }))
  if (config.metrics) {
    routes.get('/metrics', async (c) => {
      c.header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
      return c.body(await metrics.render())
    })
  }
  return routes
}
