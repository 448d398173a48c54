import { isIP } from 'node:net'
import type { ConnectionOptions } from 'node:tls'
import { Client, connectivityState, Metadata } from '@grpc/grpc-js'
import type { CheckTarget } from '../domain/endpoint.ts'
import { dialledName, dialling, socketCredentials } from './grpc-dialling.ts'
import { RpcError, rpcErrorOf } from './grpc-error.ts'
import { encodeHealthRequest, healthCheckPath } from './grpc-health.ts'
import type { HostPort } from './host-port.ts'
import { userAgent } from './user-agent.ts'

/** A health answer is a few bytes. */
const largestMessageBytes = 64 * 1024

/** What HTTP/2 may hold of one connection, in megabytes: the platform's own limit, which grpc-js takes away. */
const mostSessionMegabytes = 10

/** What a call may last longer than the check it belongs to, whose end has the better words. */
const graceMs = 100

/** The connection of a target, kept between its checks. */
export interface GrpcClient {
  /** Whether its connection stands. */
  readonly connected: boolean
  /** The bytes of the answer. Rejects with an `RpcError` or the reason of `signal`. */
  check(service: string, signal: AbortSignal): Promise<Buffer>
  /** Closes at once, whatever is under way. */
  close(): void
}

const tlsOptions = (host: string, { insecure, tls }: CheckTarget['client']): ConnectionOptions => ({
  host,
  // An address is no server name: https://www.rfc-editor.org/rfc/rfc6066#section-3
  servername: isIP(host) === 0 ? host : '',
  rejectUnauthorized: !insecure,
  cert: tls?.certificate,
  key: tls?.privateKey,
  ALPNProtocols: ['h2'],
})

function callCheck(client: Client, service: string, timeoutMs: number, signal: AbortSignal): Promise<Buffer> {
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const call = client.makeUnaryRequest(
      healthCheckPath,
      encodeHealthRequest,
      (message) => message,
      service,
      new Metadata(),
      { deadline: Date.now() + timeoutMs + graceMs },
      (error, answer) => {
        signal.removeEventListener('abort', onAbort)
        if (error !== null) reject(rpcErrorOf(error))
        else if (answer === undefined) reject(new RpcError('Internal', 'the answer has no message'))
        else resolve(answer)
      },
    )
    const onAbort = () => {
      reject(signal.reason)
      call.cancel()
    }
    signal.addEventListener('abort', onAbort, { once: true })
  })
}

/** Connects with the first call. `addresses` are those of the host, of which the first that answers is taken. */
export function createGrpcClient(
  target: CheckTarget,
  { host, port }: HostPort,
  addresses: readonly string[],
): GrpcClient {
  const { url, client: settings } = target
  const ending = new AbortController()
  const tls = url.startsWith('grpcs:') ? tlsOptions(host, settings) : undefined
  const client = new Client(dialledName(new URL(url).host), socketCredentials(tls), {
    ...dialling(addresses, port, ending.signal),
    'grpc.use_local_subchannel_pool': 1,
    'grpc.max_receive_message_length': largestMessageBytes,
    'grpc-node.max_session_memory': mostSessionMegabytes,
    'grpc.primary_user_agent': userAgent,
    'grpc.enable_http_proxy': 0,
    'grpc.enable_channelz': 0,
  })
  return {
    get connected() {
      return client.getChannel().getConnectivityState(false) === connectivityState.READY
    },
    check: (service, signal) => callCheck(client, service, settings.timeoutMs, signal),
    close() {
      client.close()
      ending.abort()
    },
  }
}
