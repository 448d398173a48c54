import type { ServiceError } from '@grpc/grpc-js'
import { causeOf, shortText } from '../lib/cause.ts'

/** By number: https://grpc.io/docs/guides/status-codes/ */
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

/** Why a call came to nothing, in the words that tools for gRPC print. */
export class RpcError extends Error {
  override name = 'RpcError'
  readonly code: Code

  constructor(code: Code, description: string) {
    super(`rpc error: code = ${code} desc = ${description}`)
    this.code = code
  }
}

/** What grpc-js wraps around the reason why it could not connect, and adds to it when that came from HTTP/2. */
const wrapped = /^No connection established\. Last error: (?:\w*Error: )?(.*?)\.? Resolution note: $/s
const timeAfter = / \(\d{4}-\d\d-\d\dT[\d:.]+Z\)$/

/** The platform's own text, such as `connect ECONNREFUSED 127.0.0.1:80`. */
const systemError = /^(?:connect|read|write) (E[A-Z]+)\b/

/** Of an alert after the handshake, such as `C0F6:error:0A00045C:SSL routines:ssl3_read_bytes:alert text:../rec.c:1601:`. */
const tlsError = /^\w+:error:\w+:SSL routines:\w*:([^:]+):/

const closed = new Set([
  'Connection dropped',
  'Connection closed before starting HTTP/2 handshake',
  'Failed to connect',
])

/** The code that an error of the platform had before grpc-js took its text. */
function codeOf(reason: string): string | undefined {
  const alert = tlsError.exec(reason)?.[1]
  return alert === undefined ? systemError.exec(reason)?.[1] : `ERR_SSL_${alert.toUpperCase().replaceAll(' ', '_')}`
}

function descriptionOf(details: string): string {
  const reason = details.replace(wrapped, '$1').replace(timeAfter, '')
  if (closed.has(reason)) return 'connection closed by the other side'
  const code = codeOf(reason)
  return code === undefined ? shortText(reason) : causeOf(Object.assign(new Error(reason), { code }))
}

/** Of a compressed message that says not how, grpc-js tells neither a code nor a reason. */
export const rpcErrorOf = ({ code, details }: Partial<Pick<ServiceError, 'code' | 'details'>>): RpcError =>
  code === undefined || details === undefined
    ? new RpcError('Internal', 'the answer cannot be read')
    : new RpcError(codes[code] ?? 'Unknown', descriptionOf(details))
