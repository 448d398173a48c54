import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2'
import { causeOf, shortText } from '../lib/cause.ts'
import { userAgent } from './user-agent.ts'

/** A health answer is a few bytes. */
const largestMessageBytes = 64 * 1024

/** Before each message: whether it is compressed, and its length in bytes. */
const prefixBytes = 5

/** https://grpc.io/docs/guides/status-codes/ */
const codes = [
  'OK',
  'Canceled',
  'Unknown',
  'InvalidArgument',
  'DeadlineExceeded',
  'NotFound',
  'AlreadyExists',
  'PermissionDenied',
  'ResourceExhausted',
  'FailedPrecondition',
  'Aborted',
  'OutOfRange',
  'Unimplemented',
  'Internal',
  'Unavailable',
  'DataLoss',
  'Unauthenticated',
] as const

type Code = (typeof codes)[number]

/** https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md */
const codesOfHttp: Readonly<Record<number, Code>> = {
  400: 'Internal',
  401: 'Unauthenticated',
  403: 'PermissionDenied',
  404: 'Unimplemented',
  429: 'Unavailable',
  502: 'Unavailable',
  503: 'Unavailable',
  504: 'Unavailable',
}

/** Why a call came to nothing, in the words that tools for gRPC print. */
export class RpcError extends Error {
  override name = 'RpcError'
  /** Nothing came back at all: a kept connection may just have been closed. */
  readonly unanswered: boolean

  constructor(code: Code, description: string, unanswered = false) {
    super(`rpc error: code = ${code} desc = ${description}`)
    this.unanswered = unanswered
  }
}

function framed(message: Buffer): Buffer {
  const prefix = Buffer.alloc(prefixBytes)
  prefix.writeUInt32BE(message.length, 1)
  return Buffer.concat([prefix, message])
}

/** The one message of a whole answer. */
function unframed(answer: Buffer): Buffer {
  if (answer.length < prefixBytes) throw new RpcError('Internal', 'the answer has no message')
  if (answer[0] !== 0) throw new RpcError('Unimplemented', 'the answer is compressed')
  const message = answer.subarray(prefixBytes)
  if (message.length !== answer.readUInt32BE(1)) throw new RpcError('Internal', 'the answer is not one message')
  return message
}

/** https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#responses */
function throwUnlessOk({ 'grpc-status': status, 'grpc-message': message }: IncomingHttpHeaders): void {
  if (status === '0') return
  if (typeof status !== 'string') throw new RpcError('Internal', 'the answer has no status')
  const text = typeof message === 'string' ? shortText(decodePercent(message)) : ''
  throw new RpcError(codes[Number(status)] ?? 'Unknown', text)
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Resolves with the whole answer and its trailers, or rejects with an `RpcError` or the reason of `signal`. */
function collect(
  stream: ClientHttp2Stream,
  signal: AbortSignal,
): Promise<{ answer: Buffer; trailers: IncomingHttpHeaders }> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    let headers: IncomingHttpHeaders | undefined
    let trailers: IncomingHttpHeaders | undefined

    const fail = (error: unknown) => {
      signal.removeEventListener('abort', onAbort)
      reject(error)
      stream.destroy()
    }
    const onAbort = () => fail(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })

    stream.on('response', (received) => {
      headers = received
      const { ':status': status = 0 } = received
      if (status !== 200) fail(new RpcError(codesOfHttp[status] ?? 'Unknown', `HTTP status ${status}`))
    })
    stream.on('trailers', (received) => {
      trailers = received
    })
    stream.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > largestMessageBytes + prefixBytes) fail(new RpcError('ResourceExhausted', 'the answer is too large'))
      else chunks.push(chunk)
    })
    stream.on('error', (error) => fail(new RpcError('Unavailable', causeOf(error), headers === undefined)))
    stream.on('close', () => {
      if (headers === undefined) return fail(new RpcError('Unavailable', 'connection closed by the other side', true))
      signal.removeEventListener('abort', onAbort)
      // An answer of nothing but headers carries its status there.
      resolve({ answer: Buffer.concat(chunks), trailers: trailers ?? headers })
    })
  })
}

/**
 * One call with one message each way, over a connection that is open:
 * https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
export async function callUnary(
  session: ClientHttp2Session,
  path: string,
  message: Buffer,
  { signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number },
): Promise<Buffer> {
  signal.throwIfAborted()
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    te: 'trailers',
    'content-type': 'application/grpc',
    'user-agent': userAgent,
    'grpc-timeout': `${Math.min(Math.ceil(timeoutMs), 99_999_999)}m`,
  })
  stream.end(framed(message))
  const { answer, trailers } = await collect(stream, signal)
  throwUnlessOk(trailers)
  return unframed(answer)
}
