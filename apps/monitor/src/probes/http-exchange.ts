import type { IncomingHttpHeaders } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Dispatcher } from 'undici'
import type { Phases } from '../domain/observation.ts'
import type { Clock } from '../domain/ports.ts'
import { type BodyReader, createBodyReader } from './http-body.ts'
import type { Connection, Line } from './http-line.ts'
import type { HttpRequest } from './http-request.ts'

/** An unwanted body is read to its end if it is no longer than this, so that the connection can be kept. */
const longestUnreadBody = 64 * 1024

/** Informational answers before the real one. */
const mostInterimResponses = 16

/** What a request went out with, and what to make of the answer. */
export interface ExchangeOptions {
  readonly clock: Clock
  /** Whether the body of an answer with this status and location is wanted. */
  readonly wantsBody: (status: number, location: string | undefined) => boolean
  /** Whether it is decompressed. */
  readonly decode: boolean
  /** Called once, when the line is free again. */
  readonly onFree: () => void
}

/**
 * Empties a list that nobody needs any more. The client makes it at the end of the exchange before, so it is old when it
 * is filled, and the collector would take what it holds for alive until the next full collection.
 */
function forget(rawHeaders: Dispatcher.DispatchController['rawHeaders']): void {
  if (Array.isArray(rawHeaders)) rawHeaders.length = 0
}

/** One request on a line, and the answer to it. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly line: Line
  /** Settled when the head of the answer is there, or when there will be none. */
  readonly answered: Promise<void>
  status = 0
  location: string | undefined
  /** Present once answered, if the body is wanted. */
  body: BodyReader | undefined
  /** Monotonic milliseconds; means something once answered. */
  answeredAt = 0
  /** The answer is there to its last byte. */
  complete = false

  readonly #options: ExchangeOptions
  readonly #connectionsBefore: number
  readonly #bytesBefore: number
  #resolve: () => void = () => {}
  #reject: (error: unknown) => void = () => {}
  #sentAt: number | undefined
  #interim = 0
  #unread = 0
  #free = false
  #stopWaiting: (() => void) | undefined

  constructor(line: Line, options: ExchangeOptions) {
    this.line = line
    this.#options = options
    this.#connectionsBefore = line.connectionCount
    this.#bytesBefore = line.connection?.socket.bytesRead ?? 0
    this.answered = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  send(request: HttpRequest): void {
    const { url, method, headers, host, upgrade, body } = request
    this.line.client.dispatch(
      {
        path: url.pathname + url.search,
        method,
        headers: host === undefined ? headers : ['Host', host, ...headers],
        body,
        upgrade,
      },
      this,
    )
  }

  /** Ends it, and the connection with it. */
  cancel(reason: unknown): void {
    this.line.destroy()
    this.#fail(reason)
  }

  /** Ends it unless the rest of the answer is there within this time. Nobody waits for that. */
  expectEnd(patienceMs: number): void {
    if (this.#free) return
    this.#stopWaiting = this.#options.clock.after(patienceMs, () => this.cancel(new Error('enough')))
  }

  /** When connecting began, or where that was not needed, when the request was sent; means something once answered. */
  get startedAt(): number {
    return this.newConnection?.startedAt ?? this.#sentAt ?? this.answeredAt
  }

  /** The connection this went out on, if it was opened for it. */
  get newConnection(): Connection | undefined {
    return this.line.connectionCount > this.#connectionsBefore ? this.line.connection : undefined
  }

  /** Whether it went out on a kept connection and came to nothing: the other side may just have closed that. */
  get unanswered(): boolean {
    return (
      this.#sentAt !== undefined &&
      this.status === 0 &&
      this.newConnection === undefined &&
      this.line.connection?.socket.bytesRead === this.#bytesBefore
    )
  }

  /** All but the download, which may not have ended yet. */
  phases(): { -readonly [Name in keyof Phases]: Phases[Name] } {
    const { dnsMs, connectMs, tlsMs } = this.newConnection ?? {}
    const firstByteMs = this.answeredAt - (this.#sentAt ?? this.answeredAt)
    return { dnsMs, connectMs, tlsMs, firstByteMs, downloadMs: undefined }
  }

  onRequestStart(): void {
    this.#sentAt = this.#options.clock.monotonic()
  }

  onRequestUpgrade(
    _controller: Dispatcher.DispatchController,
    status: number,
    _headers: IncomingHttpHeaders,
    socket: Duplex,
  ): void {
    socket.on('error', () => {}).destroy()
    this.#answer(status, undefined)
    this.#end()
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    forget(controller.rawHeaders)
    if (status < 200) {
      this.#interim += 1
      if (this.#interim > mostInterimResponses) this.cancel(new Error('too many informational responses'))
      return
    }
    const { wantsBody, decode } = this.#options
    const location = headers.location
    if (wantsBody(status, location)) {
      const encoding = decode ? headers['content-encoding'] : undefined
      this.body = createBodyReader(encoding, () => controller.resume())
    }
    this.#answer(status, location)
    if (this.body === undefined && Number(headers['content-length']) > longestUnreadBody) this.#hangUp()
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.body === undefined) {
      this.#unread += chunk.length
      if (this.#unread > longestUnreadBody) this.#hangUp()
      return
    }
    const more = this.body.write(chunk)
    if (more === undefined) this.#hangUp()
    else if (!more) controller.pause()
  }

  onResponseEnd(): void {
    this.complete = true
    this.#end()
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    this.#fail(error)
  }

  #answer(status: number, location: string | undefined): void {
    this.status = status
    this.location = location
    this.answeredAt = this.#options.clock.monotonic()
    this.#resolve()
  }

  #end(): void {
    this.body?.end()
    this.#setFree()
  }

  #fail(error: unknown): void {
    this.#reject(error)
    this.body?.fail(error)
    this.#setFree()
  }

  /**
   * Enough is known: the rest of the answer is not worth its time. The client would meet an abort with a new
   * connection that nobody asked for, so the line goes as a whole.
   */
  #hangUp(): void {
    this.cancel(new Error('enough'))
  }

  #setFree(): void {
    if (this.#free) return
    this.#free = true
    this.#stopWaiting?.()
    this.#options.onFree()
  }
}
