import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { healthServer } from '../fixtures/servers/grpc-server.ts'
import {
  answerCall,
  framed,
  grpcStreamServer,
  pourZeros,
  servingMessage,
} from '../fixtures/servers/grpc-stream-server.ts'
import { hostile } from '../fixtures/servers/hostile.ts'
import { tcpServer } from '../fixtures/servers/tcp-server.ts'

export const hostileGroup = 'hostile'

export interface HostileEndpoint {
  readonly name: string
  readonly group: string
  readonly url: string
  readonly interval: string
  readonly conditions: readonly string[]
  readonly client: { readonly timeout: string }
  readonly body?: string
}

/** Preface and settings of a server, and then what no client should have to take. https://www.rfc-editor.org/rfc/rfc9113 */
const settings = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0])

const frame = (type: number, flags: number, stream: number, payload: Buffer) => {
  const head = Buffer.alloc(9)
  head.writeUIntBE(payload.length, 0, 3)
  head.writeUInt8(type, 3)
  head.writeUInt8(flags, 4)
  head.writeUInt32BE(stream, 5)
  return Buffer.concat([head, payload])
}

function pourFrames(piece: Buffer) {
  return (socket: Socket) => {
    socket.write(settings)
    const more = () => {
      while (!socket.destroyed && socket.write(piece)) {}
    }
    socket.on('drain', more)
    socket.once('data', more)
  }
}

const hostileHttp2 = {
  pings: pourFrames(Buffer.concat(Array<Buffer>(100).fill(frame(6, 0, 0, Buffer.alloc(8))))),
  settings: pourFrames(Buffer.concat(Array<Buffer>(100).fill(settings))),
  headers: pourFrames(frame(1, 0, 1, Buffer.alloc(16_000))),
  data: pourFrames(frame(0, 0, 1, Buffer.alloc(16_000))),
  hugeFrame: (socket: Socket) => void socket.resume().write(Buffer.from([255, 255, 255, 0, 0, 0, 0, 0, 1])),
} satisfies Record<string, (socket: Socket) => void>

const bomb = framed(gzipSync(Buffer.alloc(50_000_000)), { compressed: true })

/** What a gRPC server can do to a call. */
const hostileCalls = {
  zeros: pourZeros,
  bomb: (stream) => answerCall(stream, bomb, { encoding: 'gzip' }),
  unreadable: (stream) => answerCall(stream, framed(Buffer.from([8, 1]), { compressed: true })),
  twice: (stream) => answerCall(stream, Buffer.concat([servingMessage, servingMessage])),
  cut: (stream) => stream.session?.destroy(),
} satisfies Record<string, Parameters<typeof grpcStreamServer>[0]>

/** What a TCP server can do to somebody who waits for a reply. */
const hostileTcp = ['silent', 'resetAtOnce', 'reset', 'closesWithoutAnswer', 'endlessBody', 'invalidUtf8'] as const

/** Every hostile server there is, each watched over every protocol that it can harm. */
export async function hostileEndpoints(): Promise<
  AsyncDisposable & { readonly endpoints: readonly HostileEndpoint[] }
> {
  const servers: AsyncDisposable[] = []
  const endpoints: HostileEndpoint[] = []
  const common = { group: hostileGroup, interval: '3s', client: { timeout: '2s' } }
  const conditions = {
    http: ['[STATUS] == 200', 'len([BODY]) > 0', '[BODY].status == UP', '[BODY] == pat(*UP*)'],
    tcp: ['[CONNECTED] == true', '[BODY] == pat(*UP*)'],
    grpc: ['[CONNECTED] == true', '[BODY].status == SERVING'],
  }
  for (const [name, answer] of Object.entries({ ...hostile, ...hostileHttp2 })) {
    const server = await tcpServer(answer)
    servers.push(server)
    const at = `127.0.0.1:${server.port}`
    endpoints.push({ name: `http ${name}`, url: `http://${at}/`, conditions: conditions.http, ...common })
    endpoints.push({ name: `https ${name}`, url: `https://${at}/`, conditions: conditions.http, ...common })
    endpoints.push({ name: `grpc ${name}`, url: `grpc://${at}`, conditions: conditions.grpc, ...common })
    if (hostileTcp.some((one) => one === name)) {
      endpoints.push({ name: `tcp ${name}`, url: `tcp://${at}`, body: 'hello', conditions: conditions.tcp, ...common })
    }
  }
  for (const [name, answer] of Object.entries(hostileCalls)) {
    const server = await grpcStreamServer(answer)
    servers.push(server)
    const url = `grpc://127.0.0.1:${server.port}`
    endpoints.push({ name: `grpc call ${name}`, url, conditions: conditions.grpc, ...common })
  }
  // Two megabytes, nothing at all, and bytes that mean nothing.
  const big = { '': Array<number>(2_000_000).fill(8), hang: 'hang', odd: [255, 255, 255, 255] } as const
  const odd = await healthServer({ answers: big })
  servers.push(odd)
  for (const service of ['', 'hang', 'odd', 'unknown']) {
    const url = `grpc://127.0.0.1:${odd.port}/${service}`
    endpoints.push({ name: `grpc service ${service}`, url, conditions: conditions.grpc, ...common })
  }
  return {
    endpoints,
    async [Symbol.asyncDispose]() {
      await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()))
    },
  }
}
