import { Worker } from 'node:worker_threads'
import type { CheckTarget } from '../../domain/endpoint.ts'
import type { Clock, Log } from '../../domain/ports.ts'
import type { Result } from '../../domain/result.ts'
import { causeOf } from '../../lib/cause.ts'
import { failedResult } from '../check.ts'
import type { Checker, OnResults } from './checker.ts'
import type { FromThread, ToThread } from './messages.ts'
import { decodeResults, type Expected, expectedOf } from './result-code.ts'
import { targetChanges } from './target-changes.ts'

/** A thread that crashes again and again is restarted after longer and longer pauses. */
const firstPauseMs = 100
const longestPauseMs = 30_000
/** A thread that ran this long was fine. */
const soundMs = 60_000

/** On top of the grace period of `close`, before the thread is ended by force. */
const closeMarginMs = 1_000

const stopped = 'the checker stopped'

export interface WorkerOutside {
  /** The bundled entry of the thread. */
  readonly workerUrl: URL | string
  readonly clock: Clock
  readonly log: Log
  readonly onResults: OnResults
}

interface Known {
  readonly slot: number
  readonly target: CheckTarget
  readonly expected: Expected
  /** Checks asked for and not reported yet. */
  running: number
}

/** Runs checks in a thread of their own, so that nothing this process does lengthens a measured response time. */
export function createWorkerChecker({ workerUrl, clock, log, onResults }: WorkerOutside): Checker {
  const byKey = new Map<string, Known>()
  const bySlot = new Map<number, Known>()
  /** Slots given up in a revision that the thread has not confirmed: results under them may still be on the way. */
  const leaving: { readonly revision: number; readonly slot: number }[] = []
  let nextSlot = 0
  let revision = 0
  let asked: number[] = []
  let worker: Worker | undefined
  let startedAt = 0
  let pauseMs = 0
  let cancelRestart = () => {}
  let closing = false
  let onClosed = () => {}

  const post = (message: ToThread) => worker?.postMessage(message)

  function receive(message: FromThread): void {
    if (message.type === 'results') report(decodeResults(message.batch, (slot) => bySlot.get(slot)?.expected))
    else if (message.type === 'configured') giveUpSlots(message.revision)
    else onClosed()
  }

  function giveUpSlots(upTo: number): void {
    const confirmed = leaving.findIndex((slot) => slot.revision > upTo)
    for (const { slot } of leaving.splice(0, confirmed < 0 ? leaving.length : confirmed)) bySlot.delete(slot)
  }

  function report(results: readonly Result[]): void {
    const awaited: Result[] = []
    for (const result of results) {
      const known = byKey.get(result.key)
      // Nobody waits for the result of an endpoint that was removed, even if it is back by now.
      if (known === undefined || known.running === 0) continue
      known.running -= 1
      awaited.push(result)
    }
    if (awaited.length > 0) onResults(awaited)
  }

  /** The checks that nobody will report any more. */
  function reportLost(): void {
    const lost: Result[] = []
    for (const known of byKey.values()) {
      for (; known.running > 0; known.running -= 1) lost.push(failedResult(known.target, clock.now(), stopped))
    }
    if (lost.length > 0) onResults(lost)
  }

  function start(): void {
    const started = new Worker(workerUrl)
    worker = started
    startedAt = clock.monotonic()
    started.on('message', receive)
    started.on('error', (error) => crashed(started, causeOf(error)))
    started.on('exit', (code) => crashed(started, `exit code ${code}`))
    const set = [...byKey.values()].map(({ slot, target }) => [slot, target] as const)
    post({ type: 'configure', set, removed: [], revision })
  }

  function crashed(which: Worker, cause: string): void {
    if (which !== worker) return
    worker = undefined
    onClosed()
    if (closing) return
    const sound = clock.monotonic() - startedAt > soundMs
    pauseMs = sound ? firstPauseMs : Math.min(Math.max(pauseMs * 2, firstPauseMs), longestPauseMs)
    log.error({ cause, restartInMs: pauseMs }, 'the checker thread stopped; the checks under way have failed')
    cancelRestart = clock.after(pauseMs, start)
    reportLost()
  }

  function sendAsked(): void {
    const slots = asked
    if (slots.length === 0) return
    asked = []
    if (worker === undefined) reportLost()
    else post({ type: 'check', slots })
  }

  start()

  return {
    configure(targets) {
      const { set, removed } = targetChanges(byKey, targets)
      if (set.length === 0 && removed.length === 0) return
      // Checks asked for before go out before, under the slots they were asked for.
      sendAsked()
      revision += 1
      for (const key of removed) {
        const known = byKey.get(key)
        if (known !== undefined) leaving.push({ revision, slot: known.slot })
        byKey.delete(key)
      }
      const added: [number, CheckTarget][] = []
      for (const target of set) {
        const replaced = byKey.get(target.key)
        if (replaced !== undefined) leaving.push({ revision, slot: replaced.slot })
        const known = { slot: nextSlot, target, expected: expectedOf(target), running: replaced?.running ?? 0 }
        nextSlot += 1
        byKey.set(target.key, known)
        bySlot.set(known.slot, known)
        added.push([known.slot, target])
      }
      post({ type: 'configure', set: added, removed, revision })
    },
    check(key) {
      const known = byKey.get(key)
      if (known === undefined || closing) return
      known.running += 1
      if (asked.length === 0) queueMicrotask(sendAsked)
      asked.push(known.slot)
    },
    async close(graceMs) {
      closing = true
      cancelRestart()
      const thread = worker
      if (thread === undefined) return
      const closed = new Promise<void>((resolve) => {
        onClosed = resolve
      })
      const cancel = clock.after(graceMs + closeMarginMs, onClosed)
      post({ type: 'close', graceMs })
      await closed
      cancel()
      worker = undefined
      await thread.terminate()
    },
  }
}
