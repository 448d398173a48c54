import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** What can be wrong with a request, and the status it is answered with. */
const statuses = {
  'endpoint not found': 404,
  'page not found': 404,
  'invalid key encoding': 400,
  'Durations supported: 30d, 7d, 24h, 1h': 400,
  'Durations supported: 30d, 7d, 24h': 400,
  'Windows supported: 1h, 24h, 7d, 30d, 90d, 1y': 400,
  'Ranges supported: checks, 24h, 7d, 30d, 90d': 400,
  'from and to must be moments such as 2026-11-21T14:00:00Z on whole five minutes, at most a year apart': 400,
  'too many open streams': 503,
} as const satisfies Record<string, ContentfulStatusCode>

export type ApiErrorCode = keyof typeof statuses

/** A request that cannot be answered as asked. Its message is for the client. */
export class ApiError extends Error {
  readonly status: ContentfulStatusCode

  constructor(code: ApiErrorCode) {
    super(code)
    this.name = 'ApiError'
    this.status = statuses[code]
  }
}
