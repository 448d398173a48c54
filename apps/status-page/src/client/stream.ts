import { connect, type Listeners, type StreamEvent, type StreamState } from './connection.ts'

const hiddenMs = 60_000
/** Longer than the one that leads is ever silent: its longest wait for a sign of life, and then its longest pause. */
const patienceMs = 80_000

/** Keeps the page in touch with the live feed while somebody looks at it. `newest`: the last message it knows. */
export function keepStream(events: string, newest: () => number, listeners: Listeners): void {
  const url = (): string => `${events}?since=${newest()}`

  let leave: (() => void) | undefined
  let hide = 0

  function join(): void {
    part()
    // Both need a secure origin; without them each tab has its own stream.
    const shared = 'locks' in navigator && 'BroadcastChannel' in window
    leave = shared ? share(`vedette ${events}`, url, listeners, join) : connect(url, listeners)
  }

  function part(): void {
    leave?.()
    leave = undefined
  }

  document.addEventListener('visibilitychange', () => {
    clearTimeout(hide)
    if (document.hidden) {
      hide = window.setTimeout(() => {
        part()
        listeners.state('paused')
      }, hiddenMs)
    } else if (leave === undefined) join()
  })
  addEventListener('offline', () => listeners.state('offline'))
  addEventListener('online', () => {
    if (leave !== undefined) join()
  })
  addEventListener('pagehide', part)
  addEventListener('pageshow', (event) => {
    if (event.persisted) join()
  })
  join()
}

/** What the leading tab tells the others. An empty one only says that it lives; `join` asks it where it is. */
interface Told {
  readonly join?: true
  readonly event?: StreamEvent
  readonly data?: unknown
  readonly id?: number | undefined
  readonly state?: StreamState
  readonly missing?: true
}

/**
 * One stream for all tabs of the origin, since HTTP/1.1 allows a browser six connections: whoever holds the lock has
 * it and passes on what comes. A lock ends with its tab, so the next one takes over. Answers how to leave.
 */
function share(name: string, url: () => string, listeners: Listeners, rejoin: () => void): () => void {
  const channel = new BroadcastChannel(name)
  const left = new AbortController()
  let end: (() => void) | undefined
  let state: StreamState | undefined
  let hello: { readonly data: object; readonly at: number } | undefined
  let newest: number | undefined
  let quiet = 0

  const tell = (told: Told): void => channel.postMessage(told)

  function lead(): Promise<void> {
    clearTimeout(quiet)
    end = connect(url, {
      message(event, data, id) {
        if (event === 'hello' && typeof data === 'object' && data !== null) {
          hello = { data, at: Date.now() }
          newest = undefined
        }
        newest = id ?? newest
        tell({ event, data, id })
        listeners.message(event, data, id)
      },
      state(next) {
        state = next
        tell({ state })
        listeners.state(next)
      },
      missing() {
        tell({ missing: true })
        listeners.missing()
      },
    })
    return new Promise((resolve) => left.signal.addEventListener('abort', () => resolve()))
  }

  /** As the server would greet somebody now. */
  function greeting(): object | undefined {
    if (hello === undefined) return undefined
    const { data, at } = hello
    const now = 'now' in data && typeof data.now === 'number' ? { now: data.now + Date.now() - at } : {}
    return { ...data, ...now, ...(newest === undefined ? {} : { seq: newest }) }
  }

  function welcome(): void {
    if (state !== undefined) tell({ state })
    const data = greeting()
    if (data !== undefined) tell({ event: 'hello', data })
  }

  channel.addEventListener('message', ({ data: told }: MessageEvent<Told>) => {
    if (end !== undefined) {
      if (told.join) welcome()
      return
    }
    if (told.join) return
    wait()
    if (told.state !== undefined) listeners.state(told.state)
    if (told.missing) listeners.missing()
    if (told.event !== undefined) listeners.message(told.event, told.data, told.id)
  })

  /** Takes the lead from a tab that has it and says nothing: a browser may have frozen it. */
  function wait(): void {
    clearTimeout(quiet)
    quiet = window.setTimeout(() => take({ steal: true }), patienceMs)
  }

  function take(options: LockOptions): void {
    navigator.locks.request(name, options, lead).catch(() => {
      // Taken away while this tab was frozen: from now on it follows.
      if (!left.signal.aborted && end !== undefined) rejoin()
    })
  }

  wait()
  take({ signal: left.signal })
  tell({ join: true })
  return () => {
    clearTimeout(quiet)
    left.abort()
    end?.()
    channel.close()
  }
}
