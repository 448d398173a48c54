import { Socket } from 'node:net'
import Client from 'undici/lib/dispatcher/client.js'

const answer = 'HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n'

/** A connection to nowhere, which answers any request. */
class CannedSocket extends Socket {
  override _read(): void {}

  override _write(_chunk: unknown, _encoding: string, done: () => void): void {
    this.push(answer)
    done()
  }
}

/**
 * Has the client compile its parser, which takes it some ten milliseconds, before the first endpoint is checked and the
 * time counts as its response time. Nothing leaves the process.
 */
export function warmUpClient(): void {
  const client = new Client('http://localhost', { connect: (_to, ready) => ready(null, new CannedSocket()) })
  const done = () => void client.destroy()
  client.dispatch(
    { path: '/', method: 'GET' },
    { onRequestStart() {}, onResponseStart() {}, onResponseEnd: done, onResponseError: done },
  )
}
