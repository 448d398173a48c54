import type { CheckTarget } from '../../domain/endpoint.ts'
import type { Clock } from '../../domain/ports.ts'
import type { Result } from '../../domain/result.ts'
import type { OnResults } from './checker.ts'
import type { InThreadChecker } from './in-thread.ts'
import type { FromThread, ToThread } from './messages.ts'
import { type Expected, encodeResults, expectedOf } from './result-code.ts'

/**
 * Results wait for others this long, in milliseconds, unless there are `mostResults` of them: a message costs as much
 * as a check. A failure waits only where the message before it went out less than that long ago, since alerts wait for
 * it.
 */
const longestWaitMs = 20
const longestFailureWaitMs = 2
const mostResults = 128

/**
 * Checks started in one turn of the event loop. In a greater crowd they would wait for each other, and that would count
 * as the response time of their endpoints.
 */
const startsPerTurn = 16

/** The side of a message port that the thread has. */
export interface ThreadPort {
  postMessage(message: FromThread): void
  on(event: 'message', listener: (message: ToThread) => void): unknown
}

interface Known {
  readonly slot: number
  readonly target: CheckTarget
  readonly expected: Expected
}

/** Answers the messages of `createWorkerChecker` with a checker of this thread. */
export function serveChecker(
  port: ThreadPort,
  clock: Clock,
  createChecker: (onResults: OnResults) => Omit<InThreadChecker, 'close'>,
): void {
  const byKey = new Map<string, Known>()
  const bySlot = new Map<number, Known>()
  let pending: { slot: number; expected: Expected; result: Result }[] = []
  let flushAt = Number.POSITIVE_INFINITY
  let flushedAt = Number.NEGATIVE_INFINITY
  let cancelFlush = () => {}
  const asked: string[] = []
  let starting = false

  const flush = () => {
    cancelFlush()
    flushAt = Number.POSITIVE_INFINITY
    if (pending.length === 0) return
    flushedAt = clock.monotonic()
    const batch = encodeResults(pending)
    pending = []
    port.postMessage({ type: 'results', batch })
  }

  const flushWithin = (waitMs: number) => {
    const at = clock.monotonic() + waitMs
    if (at >= flushAt) return
    cancelFlush()
    flushAt = at
    cancelFlush = clock.after(waitMs, flush)
  }

  const checker = createChecker((results) => {
    let failed = false
    for (const result of results) {
      const known = byKey.get(result.key)
      if (known !== undefined) pending.push({ slot: known.slot, expected: known.expected, result })
      if (!result.success) failed = true
    }
    const waitMs = failed ? flushedAt + longestFailureWaitMs - clock.monotonic() : longestWaitMs
    if (waitMs <= 0 || pending.length >= mostResults) flush()
    else flushWithin(waitMs)
  })

  const startSome = () => {
    starting = asked.length > 0
    for (const key of asked.splice(0, startsPerTurn)) checker.check(key)
    // Also when none are left: what the next message asks for waits for the next turn.
    if (starting) setImmediate(startSome)
  }

  const remove = (key: string) => {
    const known = byKey.get(key)
    if (known === undefined) return
    byKey.delete(key)
    bySlot.delete(known.slot)
  }

  const configure = ({ set, removed, revision }: ToThread & { type: 'configure' }) => {
    // What was checked under the slots so far must leave under them.
    flush()
    for (const key of removed) remove(key)
    for (const [slot, target] of set) {
      remove(target.key)
      const known = { slot, target, expected: expectedOf(target) }
      byKey.set(target.key, known)
      bySlot.set(slot, known)
    }
    checker.configure([...byKey.values()].map(({ target }) => target))
    port.postMessage({ type: 'configured', revision })
  }

  const close = async (graceMs: number) => {
    await checker.drain(graceMs)
    flush()
    port.postMessage({ type: 'closed' })
  }

  port.on('message', (message) => {
    if (message.type === 'configure') configure(message)
    else if (message.type === 'close') void close(message.graceMs)
    else {
      for (const slot of message.slots) {
        const known = bySlot.get(slot)
        if (known !== undefined) asked.push(known.target.key)
      }
      if (!starting) startSome()
    }
  })
}
