import { connect, type LookupFunction, type Socket } from 'node:net'
import { type SecureContext, type TLSSocket, connect as tlsConnect } from 'node:tls'
import type { buildConnector } from 'undici'
import Client from 'undici/lib/dispatcher/client.js'
import type { Clock } from '../domain/ports.ts'
import { certificateEndOf } from './certificate.ts'
import { type HostPort, unbracketed } from './host-port.ts'

/** Largest response head, in bytes. */
const largestHeadBytes = 128 * 1024

/** Longer than the usual minute between checks; a server's `Keep-Alive` header shortens it. */
const keepAliveMs = 90_000

/** What every line of an endpoint is opened with. */
export interface LineOptions {
  readonly clock: Clock
  readonly lookup: LookupFunction
  readonly secureContext: () => SecureContext
  readonly insecure: boolean
  /** Where to connect to instead; names, certificates and headers stay those of the url. */
  readonly route: (to: HostPort) => HostPort
}

/** What opening a connection took, in milliseconds, and what its certificate says. */
export interface Connection {
  readonly socket: Socket
  /** Monotonic milliseconds. */
  readonly startedAt: number
  readonly dnsMs?: number
  readonly connectMs: number
  readonly tlsMs?: number
  /** Milliseconds since 1970. */
  readonly certificateEndsAt?: number
}

/** A place for one request at a time to one origin, on a connection kept between checks. */
export interface Line {
  readonly origin: string
  readonly client: Client
  /** The newest connection, open or not. */
  readonly connection: Connection | undefined
  /** How many connections there have been. */
  readonly connectionCount: number
  /** Closes at once, whatever is under way. */
  destroy(): void
}

/** Opens a connection and reports it ready once, with what it took. */
function open(
  { hostname, protocol, port }: buildConnector.Options,
  options: LineOptions,
  ready: (error: Error | null, connection: Connection | undefined) => void,
): Socket {
  const { clock, lookup } = options
  const host = unbracketed(hostname)
  const secure = protocol === 'https:'
  const to = options.route({ host, port: Number(port) || (secure ? 443 : 80) })
  const startedAt = clock.monotonic()
  let lookedUpAt: number | undefined
  let connectedAt = startedAt

  const opened = (socket: Socket, certificateEndsAt?: number) => {
    socket.off('error', failed)
    const dnsMs = lookedUpAt === undefined ? undefined : lookedUpAt - startedAt
    const connectMs = connectedAt - (lookedUpAt ?? startedAt)
    const tlsMs = secure ? clock.monotonic() - connectedAt : undefined
    ready(null, { socket, startedAt, dnsMs, connectMs, tlsMs, certificateEndsAt })
  }
  const failed = (error: Error) => ready(error, undefined)

  const openTls = (): Socket => {
    const socket: TLSSocket = tlsConnect({
      ...to,
      lookup,
      servername: serverName(host),
      rejectUnauthorized: !options.insecure,
      secureContext: options.secureContext(),
      ALPNProtocols: ['http/1.1'],
    })
    return socket.once('secureConnect', () => opened(socket, certificateEndOf(socket)))
  }
  const openPlain = (): Socket => {
    const socket = connect({ ...to, lookup })
    return socket.once('connect', () => opened(socket))
  }

  const socket = secure ? openTls() : openPlain()
  return socket
    .prependOnceListener('connect', () => {
      connectedAt = clock.monotonic()
    })
    .once('lookup', () => {
      lookedUpAt = clock.monotonic()
    })
    .once('error', failed)
    .setNoDelay(true)
    .setKeepAlive(true, 60_000)
}

/** The name to ask a TLS server for; addresses are not sent: https://www.rfc-editor.org/rfc/rfc6066#section-3 */
const serverName = (host: string) => (/^[\d.]+$|:/.test(host) ? '' : host.replace(/\.$/, ''))

export function createLine(origin: string, options: LineOptions): Line {
  let connection: Connection | undefined
  let connectionCount = 0
  let opening: Socket | undefined

  const connector: buildConnector.connector = (to, callback) => {
    try {
      opening = open(to, options, (error, opened) => {
        opening = undefined
        if (opened === undefined) return callback(error ?? new Error('not connected'), null)
        connection = opened
        connectionCount += 1
        callback(null, opened.socket)
      })
    } catch (error) {
      callback(error instanceof Error ? error : new Error(String(error)), null)
    }
  }

  const client = new Client(origin, {
    connect: connector,
    pipelining: 1,
    maxHeaderSize: largestHeadBytes,
    // One signal bounds a check as a whole.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
  })

  return {
    origin,
    client,
    get connection() {
      return connection
    },
    get connectionCount() {
      return connectionCount
    },
    destroy() {
      opening?.on('error', () => {}).destroy()
      void client.destroy()
    },
  }
}
