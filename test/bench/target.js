// An HTTP server that answers at once, in a process of its own. Prints its port; ends with its parent.
import { createServer } from 'node:http'

const body = JSON.stringify({ status: 'UP', version: '1.2.3' })

const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
  response.end(body)
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port))
process.once('disconnect', () => process.exit(0))
