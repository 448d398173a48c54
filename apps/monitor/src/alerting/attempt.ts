import type { Notice } from '../domain/notice.ts'
import type { Clock, Destination, OutboundRequest } from '../domain/ports.ts'
import { retryAfterMs } from './backoff.ts'
import { type Answer, createHttpExchange, type Exchange, type Proxies, UnsendableError } from './http.ts'
import { masked } from './mask.ts'
import { cut } from './message.ts'

const longestError = 500

/** How one attempt to deliver a notice ended. `failed` is worth another one, `refused` is not. */
export type Outcome =
  | { readonly outcome: 'delivered'; readonly status: number }
  | { readonly outcome: 'failed'; readonly error: string; readonly retryAfterMs?: number }
  | { readonly outcome: 'refused'; readonly error: string }
  /** Cut short by `close`. */
  | { readonly outcome: 'aborted' }

export interface Sender {
  /** One attempt, bounded by the time-out of the destination. Never throws; errors hold no secrets. */
  send(destination: Destination, notice: Notice): Promise<Outcome>
  /** Ends the attempts in flight, and takes no more. */
  close(): Promise<void>
}

/** Sends notices, over HTTP unless `exchange` stands in for it. */
export function createSender(outside: {
  readonly clock: Clock
  readonly proxies?: Proxies | undefined
  readonly exchange?: Exchange | undefined
}): Sender {
  const { clock, proxies } = outside
  const http = createHttpExchange(proxies)
  const { exchange = http.exchange } = outside
  const inFlight = new Set<AbortController>()
  let closed = false

  return {
    async send(destination, notice) {
      if (closed) return { outcome: 'aborted' }
      const { insecure, ignoreRedirect = false, timeoutMs } = destination
      const ending = new AbortController()
      const { signal } = ending
      inFlight.add(ending)
      const cancel = clock.after(timeoutMs, () => ending.abort(new Error(`gave no answer within ${timeoutMs} ms`)))
      try {
        const answer = await exchange(requestOf(destination, notice), {
          insecure,
          signal,
          followRedirects: !ignoreRedirect,
        })
        return judged(answer, destination, clock.now())
      } catch (error) {
        if (closed) return { outcome: 'aborted' }
        return thrown(signal.aborted ? signal.reason : error, destination)
      } finally {
        inFlight.delete(ending)
        cancel()
      }
    },
    async close() {
      closed = true
      for (const ending of inFlight) ending.abort()
      await http.close()
    },
  }
}

function requestOf(destination: Destination, notice: Notice): OutboundRequest {
  try {
    return destination.request(notice)
  } catch (cause) {
    throw new UnsendableError(`the request cannot be built: ${reason(cause)}`, { cause })
  }
}

function judged(answer: Answer, { secrets }: Destination, now: number): Outcome {
  const { status, opening, truncated, retryAfter } = answer
  if (status < 400) return { outcome: 'delivered', status }
  // A secret cut off at the end would not be recognised, so what might be the beginning of one goes too.
  const readable = truncated ? opening.slice(0, -(secrets[0]?.length ?? 1)) : opening
  const body = oneLine(masked(readable, secrets))
  const error = cut(body === '' ? `answered ${status}` : `answered ${status}: ${body}`, longestError)
  if (status < 500 && status !== 408 && status !== 429) return { outcome: 'refused', error }
  const askedMs = retryAfterMs(retryAfter, now)
  return { outcome: 'failed', error, ...(askedMs !== undefined && { retryAfterMs: askedMs }) }
}

function thrown(error: unknown, { secrets }: Destination): Outcome {
  const text = cut(oneLine(masked(reason(error), secrets)), longestError)
  return { outcome: isUnsendable(error) ? 'refused' : 'failed', error: text }
}

/** Undici says so of headers and methods that HTTP does not allow. */
const isUnsendable = (error: unknown) =>
  error instanceof UnsendableError ||
  codeOf(error) === 'UND_ERR_INVALID_ARG' ||
  codeOf(error) === 'UND_ERR_NOT_SUPPORTED'

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined

/** Connecting to several addresses fails with an empty message; its code says why. */
const reason = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error)
  return message === '' ? String(codeOf(error) ?? 'failed without a reason') : message
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a log line.
const oneLine = (text: string) => text.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim()
