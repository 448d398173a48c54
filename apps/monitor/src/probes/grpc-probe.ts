import type { CheckTarget } from '../domain/endpoint.ts'
import type { Observation } from '../domain/observation.ts'
import type { Probe, ProbeContext } from '../domain/ports.ts'
import { causeOf } from '../lib/cause.ts'
import { createNameLookup } from '../lib/name-lookup.ts'
import type { ProbeOutside } from './define.ts'
import { callUnary, RpcError } from './grpc-call.ts'
import { decodeHealthResponse, encodeHealthRequest, healthCheckPath } from './grpc-health.ts'
import { type GrpcSession, openGrpcSession } from './grpc-session.ts'
import { hostPort } from './host-port.ts'

/** The name of the service asked about: the path of the url, which is empty for the server as a whole. */
function serviceOf(url: string): string {
  const path = new URL(url).pathname.replace(/^\//, '')
  return path.includes('%') ? decodeURIComponent(path) : path
}

/** Asks the health service of gRPC: https://grpc.io/docs/guides/health-checking/ */
export function createGrpcProbe({ clock }: ProbeOutside): Probe {
  const sessions = new Map<string, GrpcSession>()
  const lookup = createNameLookup()

  function drop(session: GrpcSession | undefined): void {
    if (session === undefined) return
    session.destroy()
    if (sessions.get(session.target.key) === session) sessions.delete(session.target.key)
  }

  /** The kept connection of this very target, if it still stands. */
  function kept(target: CheckTarget): GrpcSession | undefined {
    const session = sessions.get(target.key)
    if (session?.target === target && session.usable) return session
    drop(session)
    return undefined
  }

  async function open(target: CheckTarget, signal: AbortSignal): Promise<GrpcSession> {
    const address = hostPort(target.url)
    if ('problem' in address) throw new Error(address.problem)
    const session = await openGrpcSession(address, target, lookup, signal).catch((error) => {
      throw signal.aborted ? signal.reason : new RpcError('Unavailable', causeOf(error))
    })
    drop(sessions.get(target.key))
    sessions.set(target.key, session)
    return session
  }

  /** The status by name. A kept connection may turn out closed: then it is asked once more on a new one. */
  async function ask(target: CheckTarget, signal: AbortSignal): Promise<string> {
    const known = kept(target)
    const session = known ?? (await open(target, signal))
    const request = encodeHealthRequest(serviceOf(target.url))
    try {
      const options = { signal, timeoutMs: target.client.timeoutMs }
      return decodeHealthResponse(await callUnary(session.http2, healthCheckPath, request, options))
    } catch (error) {
      const answered = error instanceof RpcError && !error.unanswered
      if (!answered) drop(session)
      if (known !== undefined && error instanceof RpcError && error.unanswered) return ask(target, signal)
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
    forget(target) {
      if (sessions.get(target.key)?.target === target) drop(sessions.get(target.key))
    },
    async close() {
      for (const session of [...sessions.values()]) drop(session)
    },
  }
}
