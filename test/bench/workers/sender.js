/** What Node itself sends: a server that has its answer ready. */
import { createServer } from 'node:http'
import { serve } from './serve.js'

serve({
  /** Starts a server whose answer has so many bytes; its port. */
  listen(bytes) {
    const body = Buffer.alloc(bytes, 'x')
    const server = createServer((_, response) => response.setHeader('Content-Length', bytes).end(body))
    return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)))
  },
})
