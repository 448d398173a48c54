import { isIP, type LookupFunction } from 'node:net'
import type { CheckTarget } from '../domain/endpoint.ts'
import type { Observation } from '../domain/observation.ts'
import type { Probe, ProbeContext } from '../domain/ports.ts'
import { abortable } from '../lib/abortable.ts'
import { causeOf } from '../lib/cause.ts'
import { createNameLookup } from '../lib/name-lookup.ts'
import type { ProbeOutside } from './define.ts'
import { createGrpcClient, type GrpcClient } from './grpc-client.ts'
import { RpcError } from './grpc-error.ts'
import { decodeHealthResponse } from './grpc-health.ts'
import { hostPort } from './host-port.ts'

/** The name of the service asked about: the path of the url, which is empty for the server as a whole. */
function serviceOf(url: string): string {
  const path = new URL(url).pathname.replace(/^\//, '')
  return path.includes('%') ? decodeURIComponent(path) : path
}

/** All addresses of a host. Rejects with an `RpcError`. */
function addressesOf(host: string, lookup: LookupFunction): Promise<readonly string[]> {
  if (isIP(host) !== 0) return Promise.resolve([host])
  return new Promise((resolve, reject) => {
    lookup(host, { all: true }, (error, found) => {
      if (error !== null) reject(new RpcError('Unavailable', causeOf(error)))
      else resolve(typeof found === 'string' ? [found] : found.map(({ address }) => address))
    })
  })
}

/** Asks the health service of gRPC: https://grpc.io/docs/guides/health-checking/ */
export function createGrpcProbe({ clock }: ProbeOutside): Probe {
  const clients = new Map<CheckTarget, GrpcClient>()
  const lookup = createNameLookup()

  function drop(target: CheckTarget): void {
    clients.get(target)?.close()
    clients.delete(target)
  }

  /** Left to itself, a client that lost its connection asks for no address again, and may wait before it connects. */
  function kept(target: CheckTarget): GrpcClient | undefined {
    const client = clients.get(target)
    if (client?.connected) return client
    drop(target)
    return undefined
  }

  async function open(target: CheckTarget, signal: AbortSignal): Promise<GrpcClient> {
    const address = hostPort(target.url)
    if ('problem' in address) throw new Error(address.problem)
    const addresses = await abortable(addressesOf(address.host, lookup), signal)
    const client = createGrpcClient(target, address, addresses)
    drop(target)
    clients.set(target, client)
    return client
  }

  /** The status by name. A kept connection may turn out closed: then it is asked once more on a new one. */
  async function ask(target: CheckTarget, signal: AbortSignal): Promise<string> {
    const known = kept(target)
    const client = known ?? (await open(target, signal))
    try {
      return decodeHealthResponse(await client.check(serviceOf(target.url), signal))
    } catch (error) {
      drop(target)
      if (known !== undefined && error instanceof RpcError && error.code === 'Unavailable') return ask(target, signal)
      throw error
    }
  }

  async function observe(target: CheckTarget, { signal, needs }: ProbeContext): Promise<Observation> {
    const startedAt = clock.monotonic()
    try {
      signal.throwIfAborted()
      const status = await ask(target, signal)
      const body = needs.has('body') ? JSON.stringify({ status }) : undefined
      return { connected: true, durationMs: clock.monotonic() - startedAt, body, errors: [] }
    } catch (error) {
      const text = signal.aborted ? new RpcError('DeadlineExceeded', causeOf(signal.reason)).message : causeOf(error)
      return { connected: false, durationMs: clock.monotonic() - startedAt, errors: [text] }
    }
  }

  return {
    type: 'GRPC',
    observe,
    forget: drop,
    async close() {
      for (const target of [...clients.keys()]) drop(target)
    },
  }
}
