import type { CheckTarget } from '../../domain/endpoint.ts'
import type { Clock } from '../../domain/ports.ts'
import type { Result } from '../../domain/result.ts'
import type { Checker, OnResults } from './checker.ts'
import type { FromThread, ToThread } from './messages.ts'
import { type Expected, encodeResults, expectedOf } from './result-code.ts'

/** Results wait for others this long, in milliseconds, unless there are `mostResults` of them. */
const longestWaitMs = 5
const mostResults = 64

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
export function serveChecker(port: ThreadPort, clock: Clock, createChecker: (onResults: OnResults) => Checker): void {
  const byKey = new Map<string, Known>()
  const bySlot = new Map<number, Known>()
  let pending: { slot: number; expected: Expected; result: Result }[] = []
  let cancelFlush: (() => void) | undefined

  const flush = () => {
    cancelFlush?.()
    cancelFlush = undefined
    if (pending.length === 0) return
    const batch = encodeResults(pending)
    pending = []
    port.postMessage({ type: 'results', batch })
  }

  const checker = createChecker((results) => {
    for (const result of results) {
      const known = byKey.get(result.key)
      if (known !== undefined) pending.push({ slot: known.slot, expected: known.expected, result })
    }
    if (pending.length >= mostResults) flush()
    else cancelFlush ??= clock.after(longestWaitMs, flush)
  })

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
    await checker.close(graceMs)
    flush()
    port.postMessage({ type: 'closed' })
  }

  port.on('message', (message) => {
    if (message.type === 'configure') configure(message)
    else if (message.type === 'close') void close(message.graceMs)
    else {
      for (const slot of message.slots) {
        const known = bySlot.get(slot)
        if (known !== undefined) checker.check(known.target.key)
      }
    }
  })
}
