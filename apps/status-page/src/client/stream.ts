export type StreamState = 'connecting' | 'live' | 'reconnecting' | 'paused' | 'offline'

interface Listeners {
  /** Called with each message of these names; `id` is its sequence number. */
  readonly message: (event: 'hello' | 'r' | 'c', data: unknown, id: number | undefined) => void
  readonly state: (state: StreamState) => void
  /** Called when the stream cannot be had for a while: get the state some other way. */
  readonly missing: () => void
}

const silenceMs = 40_000
const hiddenMs = 60_000
const firstDelayMs = 1_000
const longestDelayMs = 30_000
const failuresBeforePolling = 3

/**
 * Keeps one event stream open: reconnects with growing, jittered pauses, notices silence, and lets go while nobody
 * looks. The browser's own reconnecting is not used, since it gives up for good at the first answer of 503.
 */
export function keepStream(url: string, listeners: Listeners): void {
  let source: EventSource | undefined
  let failures = 0
  let quiet = 0
  let retry = 0
  let hide = 0

  function open(): void {
    close()
    const opened = new EventSource(url)
    source = opened
    for (const name of ['hello', 'r', 'c', 'ping'] as const) {
      opened.addEventListener(name, (event) => {
        heard()
        if (name === 'ping') return
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

  document.addEventListener('visibilitychange', () => {
    clearTimeout(hide)
    if (document.hidden) {
      hide = window.setTimeout(() => {
        close()
        listeners.state('paused')
      }, hiddenMs)
    } else if (source === undefined) open()
  })
  addEventListener('offline', () => listeners.state('offline'))
  addEventListener('online', open)
  addEventListener('pagehide', close)
  addEventListener('pageshow', (event) => {
    if (event.persisted) open()
  })
  open()
}

function parsed(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : undefined
  } catch {
    return undefined
  }
}
