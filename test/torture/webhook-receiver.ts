import { createServer } from 'node:http'
import { bodyOf } from '../fixtures/servers/http-server.ts'
import { listening } from '../fixtures/servers/listening.ts'

/** What the receiver does with a notice; `slow` takes it, and takes its time to say so. */
export type Mood = 'takes' | 'slow' | 'refuses' | 'cuts'

/** A notice that arrived and was taken. */
export interface Receipt {
  readonly id: string
  readonly kind: string
  readonly endpointKey: string
  /** Milliseconds since 1970. */
  readonly at: number
}

export interface WebhookReceiver extends AsyncDisposable {
  readonly url: string
  /** All that were taken, in order of arrival, repeated ones included. */
  readonly receipts: readonly Receipt[]
  /** Attempts that were turned away. */
  readonly turnedAway: number
  setMood(mood: Mood): void
}

const slowMs = 150

/** Takes what the `webhook` provider sends, or does not. */
export async function webhookReceiver(): Promise<WebhookReceiver> {
  const receipts: Receipt[] = []
  let turnedAway = 0
  let mood: Mood = 'takes'

  const server = createServer((request, response) => {
    const current = mood
    bodyOf(request).then(
      (text) => {
        if (current === 'refuses' || current === 'cuts') {
          turnedAway += 1
          if (current === 'cuts') request.socket.resetAndDestroy()
          else response.writeHead(503).end()
          return
        }
        const notice: { id: string; kind: string; endpoint: { key: string } } = JSON.parse(text)
        receipts.push({ id: notice.id, kind: notice.kind, endpointKey: notice.endpoint.key, at: Date.now() })
        const answer = () => response.writeHead(200).end()
        if (current === 'slow') setTimeout(answer, slowMs)
        else answer()
      },
      // Whoever sent it was killed over it.
      () => {},
    )
  })
  const server_ = await listening(server)
  return {
    url: `http://127.0.0.1:${server_.port}/`,
    receipts,
    get turnedAway() {
      return turnedAway
    },
    setMood(next) {
      mood = next
    },
    [Symbol.asyncDispose]: () => server_[Symbol.asyncDispose](),
  }
}
