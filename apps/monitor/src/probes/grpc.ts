import type { ChannelCredentials, Client, ServiceError } from '@grpc/grpc-js'
import type { CheckTarget } from '../domain/endpoint.ts'
import type { Observation } from '../domain/observation.ts'
import type { Probe, ProbeContext } from '../domain/ports.ts'
import { causeOf, shortText } from '../lib/cause.ts'
import { defineProbe, type ProbeOutside } from './define.ts'
import { decodeHealthResponse, encodeHealthRequest, healthCheckPath } from './grpc-health.ts'
import { hostPort, hostPortProblem } from './host-port.ts'

/** A health answer is a few bytes. */
const largestMessageBytes = 64 * 1024

// Loaded when the first gRPC endpoint is checked: most monitors have none.
const grpcLibrary = () => import('@grpc/grpc-js')
type GrpcLibrary = Awaited<ReturnType<typeof grpcLibrary>>

/** What is kept of a target between its checks. */
interface Session {
  readonly target: CheckTarget
  readonly client: Client
}

function credentialsFor({ credentials }: GrpcLibrary, { url, client }: CheckTarget): ChannelCredentials {
  if (!url.startsWith('grpcs:')) return credentials.createInsecure()
  const { tls, insecure } = client
  const key = tls === undefined ? null : Buffer.from(tls.privateKey)
  const certificate = tls === undefined ? null : Buffer.from(tls.certificate)
  return credentials.createSsl(null, key, certificate, { rejectUnauthorized: !insecure })
}

/** The name of the service asked about: the path of the url, which is empty for the server as a whole. */
const serviceOf = (url: string) => decodeURIComponent(new URL(url).pathname.replace(/^\//, ''))

/** `NOT_FOUND` as `NotFound`, the way gRPC's own tools print it. */
const codeName = (name: string) =>
  name.toLowerCase().replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())

function failureText({ status }: GrpcLibrary, { code, details }: ServiceError): string {
  return `rpc error: code = ${codeName(status[code] ?? 'UNKNOWN')} desc = ${shortText(details)}`
}

/** Asks the health service of gRPC: https://grpc.io/docs/guides/health-checking/ */
export function createGrpcProbe({ clock }: ProbeOutside): Probe {
  const sessions = new Map<string, Session>()

  function clientFor(library: GrpcLibrary, target: CheckTarget): Client {
    const known = sessions.get(target.key)
    if (known?.target === target) return known.client
    known?.client.close()
    const client = new library.Client(new URL(target.url).host, credentialsFor(library, target), {
      // Retries and pauses between attempts are the schedule's business.
      'grpc.enable_retries': 0,
      'grpc.service_config_disable_resolution': 1,
      'grpc.use_local_subchannel_pool': 1,
      'grpc.max_receive_message_length': largestMessageBytes,
      'grpc.max_metadata_size': largestMessageBytes,
    })
    sessions.set(target.key, { target, client })
    return client
  }

  function forget(target: CheckTarget): void {
    const known = sessions.get(target.key)
    if (known?.target !== target) return
    known.client.close()
    sessions.delete(target.key)
  }

  /** The status by name, or the error of the call. */
  function callHealth(client: Client, service: string, signal: AbortSignal): Promise<string | ServiceError> {
    return new Promise((resolve, reject) => {
      const call = client.makeUnaryRequest(
        healthCheckPath,
        encodeHealthRequest,
        decodeHealthResponse,
        service,
        (error, status) => {
          signal.removeEventListener('abort', onAbort)
          resolve(error ?? status ?? 'UNKNOWN')
        },
      )
      const onAbort = () => {
        call.cancel()
        reject(signal.reason)
      }
      signal.addEventListener('abort', onAbort, { once: true })
    })
  }

  async function observe(target: CheckTarget, { signal, needs }: ProbeContext): Promise<Observation> {
    const startedAt = clock.monotonic()
    const failed = (error: string): Observation => {
      // A channel waits longer and longer before it tries again; the next check starts afresh.
      forget(target)
      return { connected: false, durationMs: clock.monotonic() - startedAt, errors: [error] }
    }
    const address = hostPort(target.url)
    if ('problem' in address) return failed(address.problem)
    try {
      signal.throwIfAborted()
      const library = await grpcLibrary()
      const answer = await callHealth(clientFor(library, target), serviceOf(target.url), signal)
      if (typeof answer !== 'string') return failed(failureText(library, answer))
      const body = needs.has('body') ? JSON.stringify({ status: answer }) : undefined
      return { connected: true, durationMs: clock.monotonic() - startedAt, body, errors: [] }
    } catch (error) {
      return failed(`rpc error: ${causeOf(signal.aborted ? signal.reason : error)}`)
    }
  }

  return {
    type: 'GRPC',
    observe,
    forget,
    async close() {
      for (const { client } of sessions.values()) client.close()
      sessions.clear()
    },
  }
}

export const grpc = defineProbe({
  type: 'GRPC',
  schemes: ['grpc:', 'grpcs:'],
  problem: hostPortProblem,
  create: createGrpcProbe,
})
