/** Receives webhooks and notes when: the path names the endpoint. */
import { createServer } from 'node:http'
import { wallMs } from '../time.js'
import { serve } from './serve.js'

let arrivals = []

const server = createServer((request, response) => {
  arrivals.push([request.url, wallMs()])
  request.resume()
  response.end()
})
const listening = new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))

serve({
  async port() {
    await listening
    return server.address().port
  },
  /** What came since it was asked before: path, and when. */
  take() {
    const taken = arrivals
    arrivals = []
    return taken
  },
})
