import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import type { ApiDeps } from '../deps.ts'
import { ApiError } from '../errors.ts'
import { streamHeaders } from '../live.ts'

/** The live feed of the page. */
export function eventRoutes({ live }: ApiDeps) {
  return new Hono<{ Bindings: HttpBindings }>().get('/', (c) => {
    // A stream without a body would never end.
    if (c.req.method === 'HEAD') return c.body(null, 200, streamHeaders)
    const last = Number(c.req.header('last-event-id') ?? c.req.query('since') ?? Number.NaN)
    if (!live.open(c.env.outgoing, Number.isSafeInteger(last) ? last : undefined)) {
      throw new ApiError('too many open streams')
    }
    return RESPONSE_ALREADY_SENT
  })
}
