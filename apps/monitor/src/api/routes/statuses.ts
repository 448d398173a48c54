import { Hono } from 'hono'
import type { ApiDeps } from '../deps.ts'
import { sendDocument } from '../document.ts'
import { pageOf } from '../pagination.ts'
import { knownEndpoint } from '../request.ts'
import { createStatusPieces, statusJson } from '../views/status-json.ts'

const json = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-cache' }

const opening = Buffer.from('[')
const comma = Buffer.from(',')
const closing = Buffer.from(']')

function joined(pieces: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [opening]
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) parts.push(comma)
    parts.push(piece)
  }
  parts.push(closing)
  return Buffer.concat(parts)
}

const byKey = (a: { endpoint: { key: string } }, b: { endpoint: { key: string } }) =>
  a.endpoint.key < b.endpoint.key ? -1 : 1

/** Results of endpoints as Gatus serves them. */
export function statusRoutes({ board, config, documents }: ApiDeps) {
  const pieceOf = createStatusPieces()
  const maximum = config.storage.maximumNumberOfResults

  return new Hono()
    .get('/statuses', async (c) => {
      const page = pageOf(c.req.query('page'), c.req.query('pageSize'), maximum)
      const document = await documents(`statuses ${page.page} ${page.pageSize}`, () => {
        const entries = board.entries().filter(({ results }) => results.length > 0)
        return joined([...entries].sort(byKey).map((entry) => pieceOf(entry, page)))
      })
      return sendDocument(c, document, json)
    })
    .get('/:key/statuses', (c) => {
      const page = pageOf(c.req.query('page'), c.req.query('pageSize'), maximum)
      c.header('Content-Type', json['Content-Type'])
      c.header('Cache-Control', json['Cache-Control'])
      return c.body(statusJson(knownEndpoint(c, board), page, true))
    })
}
