export type StreamState = 'connecting' | 'live' | 'reconnecting' | 'paused' | 'offline'
export type StreamEvent = 'hello' | 'r' | 'c' | 'ping'

export interface Listeners {
  /** Called with each message; `id` is its sequence number. */
  readonly message: (event: StreamEvent, data: unknown, id: number | undefined) => void
  readonly state: (state: StreamState) => void
  /** Called when the stream cannot be had for a while, with every attempt: get the state some other way. */
  readonly missing: () => void
}

const silenceMs = 40_000
const firstDelayMs = 1_000
const longestDelayMs = 30_000
const failuresBeforePolling = 3

/**
 * Keeps one event stream open: reconnects with growing, jittered pauses and notices silence. The browser's own
 * reconnecting is not used, since it gives up for good at the first answer of 503. Answers how to end it.
 */
export function connect(url: () => string, listeners: Listeners): () => void {
  let source: EventSource | undefined
  let failures = 0
  let quiet = 0
  let retry = 0

  function open(): void {
    close()
    const opened = new EventSource(url())
    source = opened
    for (const name of ['hello', 'r', 'c', 'ping'] as const) {
      opened.addEventListener(name, (event) => {
        heard()
        if (name === 'hello') {
          failures = 0
          listeners.state('live')
        }
        listeners.message(name, parsed(event.data), event.lastEventId === '' ? undefined : Number(event.lastEventId))
      })
    }
    opened.addEventListener('error', failed)
    heard()
  }

  function close(): void {
    clearTimeout(retry)
    clearTimeout(quiet)
    source?.close()
    source = undefined
  }

  function heard(): void {
    clearTimeout(quiet)
    quiet = window.setTimeout(failed, silenceMs)
  }

  function failed(): void {
    close()
    failures++
    listeners.state(navigator.onLine ? 'reconnecting' : 'offline')
    if (failures >= failuresBeforePolling && navigator.onLine) listeners.missing()
    const delay = Math.min(longestDelayMs, firstDelayMs * 2 ** (failures - 1))
    retry = window.setTimeout(open, delay * (0.5 + Math.random() / 2))
  }

  open()
  return close
}

function parsed(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : undefined
  } catch {
    return undefined
  }
}
