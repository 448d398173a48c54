import { once } from 'node:events'
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2'
import { connect, isIP, type LookupFunction, type Socket } from 'node:net'
import { connect as tlsConnect } from 'node:tls'
import type { CheckTarget } from '../domain/endpoint.ts'
import type { HostPort } from './host-port.ts'

/** The connection of a target, kept between its checks. */
export interface GrpcSession {
  readonly target: CheckTarget
  readonly http2: ClientHttp2Session
  /** Whether it can take another call. */
  readonly usable: boolean
  /** Closes at once, whatever is under way. */
  destroy(): void
}

function startSocket({ host, port }: HostPort, { url, client }: CheckTarget, lookup: LookupFunction): Socket {
  if (!url.startsWith('grpcs:')) return connect({ host, port, lookup })
  return tlsConnect({
    host,
    port,
    lookup,
    servername: isIP(host) === 0 ? host : '',
    rejectUnauthorized: !client.insecure,
    cert: client.tls?.certificate,
    key: client.tls?.privateKey,
    ALPNProtocols: ['h2'],
  })
}

/** Opens a connection; rejects with what kept it from being opened, or when `signal` aborts. */
export async function openGrpcSession(
  address: HostPort,
  target: CheckTarget,
  lookup: LookupFunction,
  signal: AbortSignal,
): Promise<GrpcSession> {
  const secure = target.url.startsWith('grpcs:')
  const socket = startSocket(address, target, lookup)
  // Errors after the one that decided must not end the process.
  socket.on('error', () => {})
  try {
    await once(socket, secure ? 'secureConnect' : 'connect', { signal })
  } catch (error) {
    socket.destroy()
    throw error
  }
  socket.setNoDelay(true).setKeepAlive(true, 60_000)

  const http2 = connectHttp2(`${secure ? 'https' : 'http'}://${new URL(target.url).host}`, {
    createConnection: () => socket,
    settings: { enablePush: false },
  })
  http2.on('error', () => {})
  // A connection that waits for the next check keeps no process alive.
  http2.unref()
  return {
    target,
    http2,
    get usable() {
      return !http2.closed && !http2.destroyed && !socket.destroyed
    },
    destroy() {
      http2.destroy()
      socket.destroy()
    },
  }
}
