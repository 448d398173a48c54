import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createHttp2Server, type ServerHttp2Stream } from 'node:http2'
import { createServer as createHttpsServer } from 'node:https'
import { createServer, type Server, type Socket } from 'node:net'
import { createSecureContext, type SecureContext } from 'node:tls'
import { certificateOf, newKey } from './certificate.ts'
import type { DemoEndpoint } from './fleet.ts'
import { levelAt, sampleFactor } from './latency.ts'
import { createRandom } from './random.ts'
import { dayMs, minuteMs } from './units.ts'

export interface Targets {
  /** `host:port` or `*:port` of the urls of the endpoints, and the port of this machine that answers. */
  readonly ports: Readonly<Record<string, number>>
  close(): Promise<void>
}

const calmMs = 75_000
const flapEveryMs = 4 * minuteMs
const flapMs = 40_000

/** How one endpoint answers now. */
interface Answer {
  readonly ok: boolean
  /** Does not answer at all. */
  readonly silent: boolean
  readonly delayMs: number
}

type Answers = (host: string) => Answer

/** Endpoints answer as their past has it: as fast as at this hour, and as they fail. */
function answersOf(endpoints: readonly DemoEndpoint[], now: () => number): Answers {
  const byHost = new Map(endpoints.map((endpoint) => [endpoint.host, endpoint]))
  const random = createRandom(endpoints.length)
  const startedAt = now()

  return (host) => {
    const endpoint = byHost.get(host)
    if (endpoint === undefined) return { ok: false, silent: false, delayMs: 0 }
    const { present, trouble, story, check } = endpoint
    const flaps = now() - startedAt - calmMs
    const failing = present === 'down' || (present === 'flapping' && flaps >= 0 && flaps % flapEveryMs < flapMs)
    const usualMs = levelAt(story.latency, now()) * sampleFactor(story.latency.spread, random)
    // The way there and back takes its time too.
    const delayMs = Math.min(Math.max(usualMs - 1, 0), 0.8 * check.limitMs)
    return { ok: !failing, silent: failing && trouble === 'silent', delayMs }
  }
}

const hostname = (authority = '') => authority.replace(/:\d+$/, '')

const overHttp =
  (answers: Answers): RequestListener =>
  (request, response) => {
    const { ok, silent, delayMs } = answers(hostname(request.headers.host))
    request.resume()
    if (silent) return
    setTimeout(() => {
      response.writeHead(ok ? 200 : 503, { 'content-type': 'application/json' })
      response.end(ok ? '{"status":"UP"}' : '{"status":"DOWN"}')
    }, delayMs)
  }

/** A `HealthCheckResponse` that says SERVING: https://github.com/grpc/grpc/blob/master/doc/health-checking.md */
const serving = Buffer.from([0, 0, 0, 0, 2, 8, 1])

const overGrpc = (answers: Answers) => (stream: ServerHttp2Stream, headers: { readonly ':authority'?: string }) => {
  const { ok, silent, delayMs } = answers(hostname(headers[':authority']))
  stream.on('error', () => {})
  stream.resume()
  if (silent) return
  setTimeout(() => {
    if (stream.destroyed) return
    const head = { ':status': 200, 'content-type': 'application/grpc' }
    if (!ok)
      return stream.respond({ ...head, 'grpc-status': 14, 'grpc-message': 'connection refused' }, { endStream: true })
    stream.respond(head, { waitForTrailers: true })
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': 0 }))
    stream.end(serving)
  }, delayMs)
}

const overTcp = (answers: Answers, host: string) => (socket: Socket) => {
  socket.once('data', () => {
    const { ok, silent, delayMs } = answers(host)
    if (!ok && !silent) socket.resetAndDestroy()
    else if (!silent) setTimeout(() => socket.end('PONG\r\n'), delayMs)
  })
}

/** Each website has a certificate of its own, made when it is first asked for. */
function certificates(endpoints: readonly DemoEndpoint[]) {
  const key = newKey()
  const privateKey = key.privateKey.export({ type: 'pkcs8', format: 'pem' })
  const endAts = new Map(endpoints.map(({ host, story }) => [host, story.certificateEndsAt]))
  const contexts = new Map<string, SecureContext>()

  const contextOf = (host: string): SecureContext => {
    const made = contexts.get(host)
    if (made !== undefined) return made
    const endAt = endAts.get(host) ?? Date.now()
    const dates = { startAt: endAt - 90 * dayMs, endAt, serial: contexts.size }
    const context = createSecureContext({ key: privateKey, cert: certificateOf(host, key, dates) })
    contexts.set(host, context)
    return context
  }
  return {
    SNICallback: (host: string, done: (error: Error | null, context?: SecureContext) => void) =>
      done(null, contextOf(host)),
  }
}

/** Has a server listen on any port of this machine. */
async function listening(server: Server, sockets: Set<Socket>): Promise<number> {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Everything that the endpoints of the demo ask, on this machine. */
export async function startTargets(endpoints: readonly DemoEndpoint[], now: () => number): Promise<Targets> {
  const answers = answersOf(endpoints, now)
  const sockets = new Set<Socket>()
  const listeners: (readonly [address: string, server: Server])[] = [
    ['*:80', createHttpServer(overHttp(answers))],
    ['*:443', createHttpsServer(certificates(endpoints), overHttp(answers))],
    ['*:50051', createHttp2Server().on('stream', overGrpc(answers))],
    ...endpoints
      .filter(({ check }) => check.kind === 'port')
      .map(({ check, host }) => [new URL(check.url).host, createServer(overTcp(answers, host))] as const),
  ]
  const ports = await Promise.all(
    listeners.map(async ([address, server]) => [address, await listening(server, sockets)] as const),
  )
  return {
    ports: Object.fromEntries(ports),
    async close() {
      const closed = listeners.map(([, server]) => once(server, 'close'))
      for (const [, server] of listeners) server.close()
      for (const socket of sockets) socket.destroy()
      await Promise.all(closed)
    },
  }
}
