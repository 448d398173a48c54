import type { CheckTarget, EndpointType } from '../../domain/endpoint.ts'
import type { Clock, Probe } from '../../domain/ports.ts'
import { createCheck } from '../check.ts'
import type { Checker, OnResults } from './checker.ts'
import { targetChanges } from './target-changes.ts'

export interface InThreadOutside {
  readonly clock: Clock
  readonly probes: readonly Probe[]
  readonly addressOf: (hostname: string) => Promise<string>
  readonly onResults: OnResults
}

interface Entry {
  readonly target: CheckTarget
  /**
   * One for each check under way. Not a `Set`: each time one makes room, its old table stays linked to the new, and once
   * that is old the collector keeps all checks that were ever under way at such a moment, until the next full collection.
   */
  readonly running: AbortController[]
  /** Of a check that ended without being aborted, to be used again: making one costs as much as judging an answer. */
  spare: AbortController | undefined
  /** Of a target that was replaced, results still count; of one that is gone, nobody waits for them. */
  state: 'current' | 'replaced' | 'removed'
}

export interface InThreadChecker extends Checker {
  /** `close` without giving up connections, which the end of the thread does: of ten thousand, one by one takes a second. */
  drain(graceMs: number): Promise<void>
}

/** Runs checks in the thread it is called in: what runs inside the worker, and in tests. */
export function createInThreadChecker({ clock, probes, addressOf, onResults }: InThreadOutside): InThreadChecker {
  const byType = new Map<EndpointType, Probe>(probes.map((probe) => [probe.type, probe]))
  const check = createCheck({ clock, probes: byType, addressOf })
  const entries = new Map<string, Entry>()
  /** Replaced, with checks still under way. */
  const leaving = new Set<Entry>()
  /** Checks under way, of all entries there are or were. */
  let running = 0
  let closing = false
  let dropping = false
  let onIdle = () => {}

  /** Lets go of the connections of a target, once no check uses them. */
  const forgetIfDone = (entry: Entry) => {
    const { target, running, state } = entry
    if (state === 'current' || running.length > 0) return
    leaving.delete(entry)
    byType.get(target.type)?.forget(target)
  }

  function remove(entry: Entry): void {
    entries.delete(entry.target.key)
    entry.state = 'removed'
    for (const controller of entry.running) controller.abort(new Error('the endpoint was removed'))
    forgetIfDone(entry)
  }

  async function run(entry: Entry): Promise<void> {
    const controller = entry.spare ?? new AbortController()
    entry.spare = undefined
    entry.running.push(controller)
    running += 1
    const result = await check(entry.target, controller)
    entry.running.splice(entry.running.indexOf(controller), 1)
    running -= 1
    if (!controller.signal.aborted) entry.spare = controller
    forgetIfDone(entry)
    if (entry.state !== 'removed' && !dropping) onResults([result])
    if (running === 0) onIdle()
  }

  /** Ends what is still running, and waits until it has ended. */
  async function drain(graceMs: number): Promise<void> {
    closing = true
    if (running === 0) return
    const idle = new Promise<void>((resolve) => {
      onIdle = resolve
    })
    const cancel = clock.after(graceMs, () => {
      dropping = true
      for (const entry of [...entries.values(), ...leaving]) {
        for (const controller of entry.running) controller.abort(new Error('the monitor is stopping'))
      }
    })
    await idle
    cancel()
  }

  return {
    configure(targets) {
      const { set, removed } = targetChanges(entries, targets)
      for (const key of removed) {
        const entry = entries.get(key)
        if (entry !== undefined) remove(entry)
      }
      for (const target of set) {
        const replaced = entries.get(target.key)
        entries.set(target.key, { target, running: [], spare: undefined, state: 'current' })
        if (replaced === undefined) continue
        replaced.state = 'replaced'
        leaving.add(replaced)
        forgetIfDone(replaced)
      }
    },
    check(key) {
      const entry = entries.get(key)
      if (entry !== undefined && !closing) void run(entry)
    },
    drain,
    async close(graceMs) {
      await drain(graceMs)
      entries.clear()
      await Promise.all(probes.map((probe) => probe.close()))
    },
  }
}
