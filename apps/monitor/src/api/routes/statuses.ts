import { Hono } from 'hono'
import type { ApiDeps } from '../deps.ts'
import { sendDocument } from '../document.ts'
import { pageOf } from '../pagination.ts'
import { knownEndpoint } from '../request.ts'
import { statusJson } from '../views/status-json.ts'
import { createStatusLists } from '../views/status-list.ts'

const json = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-cache' }

const byKey = (a: { endpoint: { key: string } }, b: { endpoint: { key: string } }) =>
  a.endpoint.key < b.endpoint.key ? -1 : 1

/** Results of endpoints as Gatus serves them. */
export function statusRoutes({ board, config, documents }: ApiDeps) {
  const listOf = createStatusLists()
  const maximum = config.storage.maximumNumberOfResults

  return new Hono()
    .get('/statuses', async (c) => {
      const page = pageOf(c.req.query('page'), c.req.query('pageSize'), maximum)
      const document = await documents(`statuses ${page.page} ${page.pageSize}`, () => {
        const entries = board.entries().filter(({ results }) => results.length > 0)
        return listOf([...entries].sort(byKey), page)
      })
      return sendDocument(c, document, json)
    })
    .get('/:key/statuses', (c) => {
      const page = pageOf(c.req.query('page'), c.req.query('pageSize'), maximum)
      return new Response(statusJson(knownEndpoint(c, board), page), { headers: json })
    })
}
