import type { Context } from 'hono'
import { Hono } from 'hono'
import type { BarRange } from '../contract.ts'
import type { ApiDeps } from '../deps.ts'
import { sendDocument } from '../document.ts'
import { ApiError } from '../errors.ts'
import { configuredEndpoint } from '../request.ts'
import { isBarRange } from '../views/bar.ts'
import { bucketDetail, spanOf } from '../views/bucket.ts'
import { endpointModel } from '../views/detail.ts'
import { historyOf, isHistoryWindow } from '../views/history.ts'
import { defaultRange, overviewModel } from '../views/overview.ts'

const json = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-cache' }

function askedRange(c: Context, otherwise: () => BarRange): BarRange {
  const range = c.req.query('range')
  if (range === undefined) return otherwise()
  if (!isBarRange(range)) throw new ApiError('Ranges supported: checks, 24h, 7d, 30d, 90d')
  return range
}

/** What the page is made of, as JSON: for its own live updates, and for whoever likes the figures. */
export function modelRoutes(deps: ApiDeps) {
  const { board, rows, clock, documents, live, history, config, parseDuration } = deps
  const excludeMaintenance = config.maintenance.excludeFromUptime

  return new Hono()
    .get('/overview', async (c) => {
      const range = askedRange(c, () => defaultRange(board, clock.now(), config.ui.defaultRange))
      const document = await documents(`overview ${range}`, () =>
        JSON.stringify(overviewModel(deps, range, clock.now(), live.sequence())),
      )
      return sendDocument(c, document, json)
    })
    .get('/endpoints/:key/detail', async (c) => {
      const entry = configuredEndpoint(c, board)
      const range = askedRange(c, () => defaultRange(board, clock.now(), config.ui.defaultRange))
      const document = await documents(`detail ${range} ${entry.endpoint.key}`, async () => {
        const outside = { source: history, rows, excludeMaintenance, parseDuration }
        return JSON.stringify(await endpointModel(outside, entry, range, clock.now(), live.sequence()))
      })
      return sendDocument(c, document, json)
    })
    .get('/endpoints/:key/bucket', async (c) => {
      const entry = configuredEndpoint(c, board)
      const span = spanOf(c.req.query('from'), c.req.query('to'))
      if (span === undefined) {
        throw new ApiError(
          'from and to must be moments such as 2026-11-21T14:00:00Z on whole five minutes, at most a year apart',
        )
      }
      const id = `bucket ${span.startAt} ${span.endAt} ${entry.endpoint.key}`
      const document = await documents(id, async () =>
        JSON.stringify(await bucketDetail(history, entry, span, clock.now())),
      )
      return sendDocument(c, document, json)
    })
    .get('/endpoints/:key/history', async (c) => {
      const window = c.req.query('window') ?? '24h'
      if (!isHistoryWindow(window)) throw new ApiError('Windows supported: 1h, 24h, 7d, 30d, 90d, 1y')
      const entry = configuredEndpoint(c, board)
      const document = await documents(`history ${window} ${entry.endpoint.key}`, async () =>
        JSON.stringify(await historyOf(history, entry, window, clock.now(), excludeMaintenance)),
      )
      return sendDocument(c, document, json)
    })
}
