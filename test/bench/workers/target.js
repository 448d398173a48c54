/**
 * What is watched: answers at once, or after a delay it knows exactly, and notes when each endpoint was asked. Written on
 * bare sockets, so that it leaves the processors to the others.
 *
 * `/health/7` is endpoint 7; `/after/50/7` answers after 50 ms; so does `/timed/50/7`, which is not for the monitor to ask.
 */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { quantile } from '../statistics.js'
import { wallMs } from '../time.js'
import { serve } from './serve.js'

const { tls = false, close = false } = JSON.parse(process.argv[2])

const certificates = new URL('../../fixtures/certificates/', import.meta.url)
const endOfHead = '\r\n\r\n'
const mostHeld = 100_000

const answer = (status, body) =>
  Buffer.from(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n` +
      `connection: ${close ? 'close' : 'keep-alive'}${endOfHead}${body}`,
  )
const well = answer('200 OK', JSON.stringify({ status: 'UP', version: '1.2.3' }))
const ill = answer('503 Service Unavailable', JSON.stringify({ status: 'DOWN', version: '1.2.3' }))

/** Per endpoint, by number: when it was asked first and last, and how often. */
const seen = new Map()
let failing = false
let intervalMs = 1_000
let requests = 0
let skipped = 0
let deviationsMs = []
const held = []
let answered = []
let noting = false

function note(index, at) {
  requests += 1
  const known = seen.get(index)
  if (known === undefined) {
    seen.set(index, { firstAt: at, lastAt: at, count: 1 })
    return
  }
  const sinceLast = at - known.lastAt
  known.lastAt = at
  known.count += 1
  deviationsMs.push(Math.abs(sinceLast - intervalMs))
  if (sinceLast > 1.5 * intervalMs) skipped += Math.round(sinceLast / intervalMs) - 1
}

function reply(socket, index) {
  if (noting) answered.push([index, wallMs(), failing])
  const bytes = failing ? ill : well
  if (close) socket.end(bytes)
  else socket.write(bytes)
}

function replyLater(socket, index, delayMs, at) {
  setTimeout(() => {
    const endedAt = wallMs()
    reply(socket, index)
    if (held.length < mostHeld) held.push([index, endedAt, endedAt - at])
  }, delayMs)
}

function take(socket, head) {
  const at = wallMs()
  const parts = head.slice(0, head.indexOf(' HTTP/')).split('/')
  const index = Number(parts.at(-1))
  if (parts[1] !== 'timed') note(index, at)
  if (parts[1] !== 'health') replyLater(socket, index, Number(parts[2]), at)
  else reply(socket, index)
}

function connected(socket) {
  let text = ''
  socket.setNoDelay(true)
  socket.setEncoding('latin1')
  socket.on('data', (chunk) => {
    text += chunk
    for (let end = text.indexOf(endOfHead); end !== -1; end = text.indexOf(endOfHead)) {
      take(socket, text.slice(0, end))
      text = text.slice(end + endOfHead.length)
    }
  })
  socket.on('error', () => socket.destroy())
}

const server = tls
  ? createTlsServer(
      {
        key: readFileSync(new URL('server.key.pem', certificates)),
        cert: readFileSync(new URL('server.pem', certificates)),
      },
      connected,
    )
  : createServer(connected)
const listening = new Promise((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve))

serve({
  async port() {
    await listening
    return server.address().port
  },
  /** How many endpoints were asked at all, and when the latest of them was asked first. */
  firsts() {
    let lastFirstAt = 0
    for (const { firstAt } of seen.values()) lastFirstAt = Math.max(lastFirstAt, firstAt)
    return { endpoints: seen.size, lastFirstAt }
  },
  /** Begins to count anew, with endpoints asked every so often. */
  mark(everyMs) {
    intervalMs = everyMs
    requests = 0
    skipped = 0
    deviationsMs = []
  },
  /** What came since the mark. */
  counted: () => ({ requests, skipped, deviationP99Ms: quantile(deviationsMs, 0.99) }),
  requests: () => requests,
  fail(value) {
    failing = value
  },
  /** Answers after a delay so far: number of the endpoint, when it ended, how long it took. */
  held: () => held,
  note() {
    noting = true
    answered = []
  },
  /** Answers since `note`: number of the endpoint, when, and whether it failed. */
  answered: () => answered,
})
