/** Keeps many streams of the live feed open, and notes when messages arrive. */
import { connect } from 'node:net'
import { wallMs } from '../time.js'
import { serve } from './serve.js'

const path = '/api/v1/events'
const message = /id: (\d+)\nevent: r\ndata: (.*)\n\n/g

/** When each message arrived on each stream; and what was in it, read from the first stream. */
let arrivals = new Map()
let contents = new Map()
const sockets = []

function open(port, number) {
  const socket = connect({ port, host: '127.0.0.1' })
  sockets.push(socket)
  let text = ''
  socket.setEncoding('latin1')
  socket.on('data', (chunk) => {
    const at = wallMs()
    text += chunk
    let end = 0
    for (const match of text.matchAll(message)) {
      end = match.index + match[0].length
      const times = arrivals.get(match[1])
      if (times === undefined) arrivals.set(match[1], [at])
      else times.push(at)
      if (number === 0) contents.set(match[1], match[2])
    }
    text = text.slice(end)
  })
  socket.on('error', () => {})
  return new Promise((resolve) => {
    socket.once('connect', () =>
      socket.write(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: text/event-stream\r\n\r\n`),
    )
    socket.once('data', (chunk) => resolve(chunk.startsWith('HTTP/1.1 200')))
    socket.once('close', () => resolve(false))
  })
}

serve({
  /** How many streams were opened. */
  async open({ port, streams }) {
    const opened = await Promise.all(Array.from({ length: streams }, (_, number) => open(port, number)))
    return opened.filter(Boolean).length
  },
  mark() {
    arrivals = new Map()
    contents = new Map()
  },
  /** Of each message: the endpoints in it, and when it arrived where. */
  messages: () =>
    [...contents].map(([id, text]) => ({ keys: JSON.parse(text).map(([key]) => key), arrivedAt: arrivals.get(id) })),
  stillOpen: () => sockets.filter(({ destroyed }) => !destroyed).length,
})
