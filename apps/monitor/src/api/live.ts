import type { ServerResponse } from 'node:http'
import type { Clock } from '../domain/ports.ts'
import type { HelloMessage, ResultEntry } from './contract.ts'

const pingMs = 15_000
const batchMs = 1_000

/** Messages that a returning client can catch up on: so many, and no more than so much text. */
const remembered = { messages: 1_000, characters: 1024 * 1024 }

/** A client that does not read is let go when so much waits for it. */
const largestBacklogBytes = 1024 * 1024

/** Streams open at once. */
const mostStreams = 2_000

export const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
}

interface Message {
  readonly sequence: number
  readonly text: string
}

/**
 * The live feed: server-sent events to open pages. Results are collected and sent at most once a second, the same
 * bytes to everyone. https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export interface LiveFeed {
  /** Sequence number of the newest message. */
  sequence(): number
  /** A result changed an endpoint's state. The newest entry of a key wins until the next message. */
  publish(entry: ResultEntry): void
  /** The configuration was reloaded. */
  reloaded(): void
  /** Serves one client from now on. `lastSequence`: the newest message it has. False when there are too many. */
  open(response: ServerResponse, lastSequence: number | undefined): boolean
  streams(): number
  /** Ends all streams. */
  close(): void
}

export function createLiveFeed(outside: { readonly clock: Clock; readonly build: string }): LiveFeed {
  const { clock, build } = outside
  const clients = new Set<ServerResponse>()
  const recent: Message[] = []
  const collected = new Map<string, ResultEntry>()
  const began = clock.now()
  let sequence = 0
  let recentCharacters = 0
  let cancelBatch: (() => void) | undefined
  let cancelPing: (() => void) | undefined

  const writeTo = (client: ServerResponse, text: string) => {
    if (client.writableLength > largestBacklogBytes) {
      clients.delete(client)
      client.destroy()
      return
    }
    client.write(text)
  }

  const broadcast = (event: string, data: unknown) => {
    sequence += 1
    const text = `id: ${sequence}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`
    recent.push({ sequence, text })
    recentCharacters += text.length
    while (recent.length > remembered.messages || (recent.length > 1 && recentCharacters > remembered.characters)) {
      recentCharacters -= recent.shift()?.text.length ?? 0
    }
    for (const client of clients) writeTo(client, text)
  }

  const sendBatch = () => {
    cancelBatch = undefined
    const entries = [...collected.values()]
    collected.clear()
    broadcast('r', entries)
  }

  const ping = () => {
    for (const client of clients) writeTo(client, 'event: ping\ndata: {}\n\n')
    cancelPing = clients.size > 0 ? clock.after(pingMs, ping) : undefined
  }

  /** Whether everything after a message is still remembered. */
  const known = (last: number | undefined) =>
    last !== undefined && last <= sequence && last >= (recent[0]?.sequence ?? sequence + 1) - 1

  const catchUp = (client: ServerResponse, last: number | undefined) => {
    if (last === undefined) return
    for (const message of recent) if (message.sequence > last) writeTo(client, message.text)
  }

  return {
    sequence: () => sequence,
    publish(entry) {
      const [key, state, latencyMs, bucket, at] = entry
      // Whoever does not show the endpoint needs to hear of a change even when something came after it.
      const changed = entry[5] ?? collected.get(key)?.[5]
      collected.delete(key)
      collected.set(key, changed === undefined ? entry : [key, state, latencyMs, bucket, at, changed])
      cancelBatch ??= clock.after(batchMs, sendBatch)
    },
    reloaded: () => broadcast('c', {}),
    open(response, lastSequence) {
      if (clients.size >= mostStreams) return false
      response.writeHead(200, { ...streamHeaders, connection: 'keep-alive' })
      const from = known(lastSequence) ? lastSequence : undefined
      const hello: HelloMessage = { seq: sequence, from, now: clock.now(), began, build }
      response.write(`retry: 3000\n\nevent: hello\ndata: ${JSON.stringify(hello)}\n\n`)
      catchUp(response, from)
      clients.add(response)
      response.once('close', () => clients.delete(response))
      cancelPing ??= clock.after(pingMs, ping)
      return true
    },
    streams: () => clients.size,
    close() {
      cancelBatch?.()
      cancelPing?.()
      for (const client of clients) client.end()
      clients.clear()
    },
  }
}
