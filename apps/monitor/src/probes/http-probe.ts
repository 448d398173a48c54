import { createSecureContext, type SecureContext } from 'node:tls'
import type { CheckTarget } from '../domain/endpoint.ts'
import type { Observation } from '../domain/observation.ts'
import type { Probe, ProbeContext } from '../domain/ports.ts'
import { causeOf } from '../lib/cause.ts'
import { withoutCredentials } from '../lib/credentials.ts'
import { createNameLookup } from '../lib/name-lookup.ts'
import type { ProbeOutside } from './define.ts'
import type { HostPort } from './host-port.ts'
import { Exchange } from './http-exchange.ts'
import { HttpLines } from './http-lines.ts'
import { isRedirect, mostRedirects, redirected } from './http-redirect.ts'
import { bodyOf, type HttpRequest, planRequest, type RequestPlan } from './http-request.ts'
import { warmUpClient } from './http-warm-up.ts'
import { isFixedText } from './request-text.ts'

/** How long the rest of an unwanted body may take, in milliseconds, while nobody waits for it. */
const unreadBodyMs = 1_000

/** Methods that may be sent again when a kept connection turns out closed: https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2 */
const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'])

export interface HttpOutside extends ProbeOutside {
  /** Where to connect to instead of a host, for tests of requests to hosts that are not there. */
  readonly route?: (to: HostPort) => HostPort
  /** PEM texts of authorities to trust instead of those of the system. */
  readonly authorities?: readonly string[]
}

const none: readonly never[] = []

/** What is kept of a target between its checks. */
interface Session {
  readonly target: CheckTarget
  readonly plan: RequestPlan
  readonly fixedBody: boolean
  readonly lines: HttpLines
}

/** The exchange that a check waits for, so that its signal can end it. */
interface Run {
  readonly session: Session
  readonly signal: AbortSignal
  readonly wantsBody: (status: number, location: string | undefined) => boolean
  current: Exchange | undefined
  /** When the first exchange that was answered began, in monotonic milliseconds. */
  startedAt: number | undefined
}

const sameConnections = (one: CheckTarget, other: CheckTarget) =>
  one.client.insecure === other.client.insecure &&
  one.client.tls?.certificate === other.client.tls?.certificate &&
  one.client.tls?.privateKey === other.client.tls?.privateKey

/** `Get "https://example.org/": connection refused`, with neither credentials nor addresses. */
const failure = ({ method, url }: CheckTarget, cause: string) =>
  `${method.slice(0, 1)}${method.slice(1).toLowerCase()} "${withoutCredentials(url)}": ${cause}`

/** Asks over HTTP/1.1, following redirects: https://www.rfc-editor.org/rfc/rfc9112 */
export function createHttpProbe({ clock, authorities, route = (to) => to }: HttpOutside): Probe {
  const sessions = new Map<string, Session>()
  const lookup = createNameLookup()
  let sharedContext: SecureContext | undefined
  warmUpClient()

  function linesFor({ client: { insecure, tls } }: CheckTarget): HttpLines {
    let context: SecureContext | undefined
    const ca = authorities === undefined ? undefined : [...authorities]
    const secureContext = () => {
      if (tls === undefined) {
        sharedContext ??= createSecureContext({ ca })
        return sharedContext
      }
      context ??= createSecureContext({ ca, cert: tls.certificate, key: tls.privateKey })
      return context
    }
    return new HttpLines({ clock, lookup, secureContext, insecure, route })
  }

  function sessionOf(target: CheckTarget): Session {
    const known = sessions.get(target.key)
    if (known?.target === target) return known
    const kept = known !== undefined && sameConnections(known.target, target) ? known.lines : undefined
    if (kept === undefined) known?.lines.dropAll()
    const plan = planRequest(target)
    const session = { target, plan, fixedBody: isFixedText(target.body), lines: kept ?? linesFor(target) }
    sessions.set(target.key, session)
    return session
  }

  /** One request; sent again where a kept connection had been closed by the other side. */
  async function ask(run: Run, request: HttpRequest, mayRetry = idempotent.has(request.method)): Promise<Exchange> {
    const { lines, plan } = run.session
    const line = lines.take(request.url.origin)
    const { wantsBody } = run
    const exchange = new Exchange(line, { clock, wantsBody, decode: plan.decode, onFree: () => lines.release(line) })
    run.current = exchange
    exchange.send(request)
    try {
      await exchange.answered
      run.startedAt ??= exchange.startedAt
      return exchange
    } catch (error) {
      if (run.signal.aborted || !mayRetry || !exchange.unanswered) throw error
      lines.drop(line)
      return ask(run, request, false)
    }
  }

  /** Follows redirects to the answer that counts. */
  async function lastAnswer(run: Run, first: HttpRequest): Promise<Exchange> {
    const { ignoreRedirect } = run.session.target.client
    let request = first
    for (let hops = 0; ; hops += 1) {
      const exchange = await ask(run, request)
      const { status, location } = exchange
      if (ignoreRedirect || !isRedirect(status, location)) return exchange
      if (!exchange.complete) run.session.lines.drop(exchange.line)
      if (hops === mostRedirects) throw new Error(`stopped after ${mostRedirects} redirects`)
      const next = redirected(first, request, status, location)
      if ('problem' in next) throw new Error(next.problem)
      request = next
    }
  }

  async function read(exchange: Exchange, startedAt: number): Promise<Observation> {
    const { status, body, answeredAt, line } = exchange
    const durationMs = answeredAt - startedAt
    const endsAt = line.connection?.certificateEndsAt
    const certificateExpirationMs = endsAt === undefined ? undefined : endsAt - clock.now()
    const phases = exchange.phases()
    if (body === undefined) {
      exchange.expectEnd(unreadBodyMs)
      return { connected: true, status, durationMs, certificateExpirationMs, phases, errors: none }
    }
    const { text, error } = await body.done
    phases.downloadMs = clock.monotonic() - answeredAt
    const errors = error === undefined ? none : [`error reading response body: ${error}`]
    return { connected: true, status, durationMs, certificateExpirationMs, body: text, phases, errors }
  }

  async function observe(target: CheckTarget, { signal, needs }: ProbeContext): Promise<Observation> {
    const startedAt = clock.monotonic()
    const failed = (cause: string) => ({
      connected: false,
      durationMs: clock.monotonic() - startedAt,
      errors: [failure(target, cause)],
    })
    if (signal.aborted) return failed(causeOf(signal.reason))

    const ownBody = needs.has('body')
    const { ignoreRedirect } = target.client
    const wantsBody = (status: number, location: string | undefined) =>
      ownBody && (ignoreRedirect || !isRedirect(status, location))
    let run: Run | undefined
    const onAbort = () => run?.current?.cancel(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      const session = sessionOf(target)
      run = { session, signal, wantsBody, current: undefined, startedAt: undefined }
      const { first } = session.plan
      const exchange = await lastAnswer(run, session.fixedBody ? first : { ...first, body: bodyOf(target) })
      return await read(exchange, run.startedAt ?? startedAt)
    } catch (error) {
      return failed(causeOf(signal.aborted ? signal.reason : error))
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }

  return {
    type: 'HTTP',
    observe,
    forget(target) {
      const known = sessions.get(target.key)
      if (known?.target !== target) return
      known.lines.dropAll()
      sessions.delete(target.key)
    },
    async close() {
      for (const { lines } of sessions.values()) lines.dropAll()
      sessions.clear()
    },
  }
}
