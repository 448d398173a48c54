import type { Notice, OutboxEntry } from '../domain/notice.ts'
import type { Clock, Log } from '../domain/ports.ts'
import type { Outcome, Sender } from './attempt.ts'
import { isTooOld, type Wait, waitAfter, waitLeft } from './backoff.ts'
import { isLate, type Lane, type Outgoing, takeExcess, takeReminders, type Waiting } from './lane.ts'
import type { Outbox } from './outbox.ts'

/** Attempts at once for each type of provider, so that one that hangs does not keep the others waiting. */
const attemptsAtOnce = 8

/** Of these, attempts brought forward: if they hang too, they leave room for those that are due. */
const broughtForwardAtOnce = 4

export interface DeliveryCounts {
  readonly delivered: number
  readonly failedAttempts: number
  readonly refused: number
  readonly expired: number
}

export interface DeliveryHealth {
  /** Types of providers whose last attempt failed; since when, in milliseconds since 1970, and why. */
  readonly failing: readonly { readonly type: string; readonly since: number; readonly error: string }[]
  /** Notices that wait to be delivered. */
  readonly pending: number
}

/** The one door through which notices leave. */
export interface Delivery {
  /** Takes over a notice: it goes out after those of the same alert that came before it. */
  enqueue(outgoing: Outgoing): void
  /** Forgets the failures of types that no alert uses any more. */
  retain(types: ReadonlySet<string>): void
  health(): DeliveryHealth
  /** What happened since the start, by type of provider. */
  deliveries(): ReadonlyMap<string, DeliveryCounts>
  /** Settles when nothing can be attempted at the moment. */
  idle(): Promise<void>
  /** Goes on with what is due for at most `graceMs`; what is left stays in the outbox. */
  close(graceMs: number): Promise<void>
}

interface DeliveryOptions {
  readonly outbox: Pick<Outbox, 'update'>
  readonly sender: Sender
  readonly clock: Clock
  readonly log: Log
  /** From 0 to below 1. */
  readonly random: () => number
}

interface Type {
  /** Lanes whose head may go out now. */
  readonly queue: Lane[]
  running: number
  /** Lanes that wait, and whose wait may be cut short; in the order of their last attempts. */
  readonly patient: Set<Lane>
  /** Lanes that are attempted sooner than was planned. */
  readonly broughtForward: Set<Lane>
  failing: { readonly since: number; readonly error: string } | undefined
  counts: DeliveryCounts
}

const noCounts: DeliveryCounts = { delivered: 0, failedAttempts: 0, refused: 0, expired: 0 }

const noWait: Wait = { ms: 0, leastMs: 0 }

const newType = (): Type => ({
  queue: [],
  running: 0,
  patient: new Set(),
  broughtForward: new Set(),
  failing: undefined,
  counts: noCounts,
})

/**
 * Delivers at least once and in order per alert, side by side across alerts. What fails is tried again for a day, sooner
 * where its provider takes other notices; what is refused is not.
 */
export function createDelivery({ outbox, sender, clock, log, random }: DeliveryOptions): Delivery {
  const lanes = new Map<string, Lane>()
  const types = new Map<string, Type>()
  const idleWaiters = new Set<() => void>()
  let underway = 0
  let closing = false

  const typeOf = ({ content }: OutboxEntry): Type => {
    const name = content.alert.type
    const type = types.get(name) ?? newType()
    types.set(name, type)
    return type
  }

  const ended = () => {
    underway--
    if (underway > 0) return
    for (const resolve of idleWaiters) resolve()
    idleWaiters.clear()
  }

  const schedule = (lane: Lane, { ms, leastMs }: Wait) => {
    const [head] = lane.waiting
    if (closing || head === undefined) return
    if (ms <= 0) return queueUp(lane)
    if (ms <= leastMs) return wakeAfter(lane, ms, () => queueUp(lane))
    wakeAfter(lane, leastMs, () => {
      typeOf(head.entry).patient.add(lane)
      wakeAfter(lane, ms - leastMs, () => queueUp(lane))
    })
  }

  const wakeAfter = (lane: Lane, ms: number, work: () => void) => {
    lane.cancel = clock.after(ms, () => {
      lane.cancel = undefined
      work()
    })
  }

  /** A provider that takes one notice may take another: so it gets what it has missed, at its own pace. */
  const bringForward = ({ patient, broughtForward }: Type) => {
    const [lane] = patient
    if (lane === undefined || broughtForward.size >= broughtForwardAtOnce) return
    lane.cancel?.()
    lane.cancel = undefined
    broughtForward.add(lane)
    queueUp(lane)
  }

  const queueUp = (lane: Lane) => {
    const [head] = lane.waiting
    if (head === undefined) return
    const type = typeOf(head.entry)
    type.patient.delete(lane)
    lane.busy = true
    underway++
    type.queue.push(lane)
    pump(type)
  }

  const pump = (type: Type) => {
    while (type.running < attemptsAtOnce) {
      const lane = type.queue.shift()
      if (lane === undefined) return
      type.running++
      void attempt(lane).finally(() => {
        type.running--
        pump(type)
        ended()
      })
    }
  }

  const attempt = async (lane: Lane): Promise<void> => {
    const [head] = lane.waiting
    if (head === undefined) return
    await head.outgoing.written
    const destination = head.outgoing.destination()
    const outcome =
      typeof destination === 'string' ? destination : await sender.send(destination, noticeOf(lane, head, clock.now()))
    typeOf(head.entry).broughtForward.delete(lane)
    const wait =
      typeof outcome === 'string'
        ? await giveUp(lane, head, { ...current(head), state: 'refused', error: outcome })
        : await conclude(lane, head, outcome)
    lane.busy = false
    if (lane.waiting.length === 0) lanes.delete(head.outgoing.lane)
    else if (wait !== undefined) schedule(lane, wait)
  }

  /** Answers when the lane goes on: at once, or after a while, or not any more. */
  const conclude = async (lane: Lane, head: Waiting, outcome: Outcome): Promise<Wait | undefined> => {
    if (outcome.outcome === 'aborted') return undefined
    const now = clock.now()
    const tried = { ...current(head), attempts: head.entry.attempts + 1, attemptedAt: now }
    if (outcome.outcome === 'delivered') {
      const type = typeOf(tried)
      type.failing = undefined
      bringForward(type)
      return await finish(lane, { ...tried, state: 'delivered', error: undefined })
    }
    const { error } = outcome
    const type = typeOf(tried)
    type.failing = { since: type.failing?.since ?? now, error }
    if (outcome.outcome === 'refused') return await giveUp(lane, head, { ...tried, state: 'refused', error })

    count(tried, 'failedAttempts')
    const wait = waitAfter(tried.attempts, outcome.retryAfterMs, random())
    const triedMs = clock.monotonic() - head.since + wait.ms
    if (isTooOld(head.ageMs + triedMs, triedMs)) return await giveUp(lane, head, { ...tried, state: 'expired', error })
    head.entry = { ...tried, nextAttemptAt: now + wait.ms, error }
    log.warn({ ...described(head.entry), retryInMs: Math.round(wait.ms) }, 'a notice was not delivered')
    await outbox.update(head.entry, false)
    return wait
  }

  const finish = async (lane: Lane, entry: OutboxEntry, changesAlert = false): Promise<Wait> => {
    lane.waiting.shift()
    if (entry.state !== 'pending') count(entry, entry.state)
    if (entry.state === 'delivered') log.info(described(entry), 'a notice was delivered')
    else log.error(described(entry), 'a notice was given up')
    // At once, so that what changes in the alert is not written without the reason for it.
    await outbox.update(entry, changesAlert)
    return noWait
  }

  const giveUp = async (lane: Lane, head: Waiting, entry: OutboxEntry): Promise<Wait> => {
    const changesAlert = head.outgoing.giveUp()
    if (entry.content.kind === 'trigger') {
      discard(takeReminders(lane, entry.content.incidentId), 'refused', 'its trigger was given up')
    }
    return await finish(lane, entry, changesAlert)
  }

  /** Ends the delivery of notices that were not tried. */
  const discard = (items: readonly Waiting[], state: 'refused' | 'expired', error: string) => {
    let before = Promise.resolve()
    for (const item of items) {
      const discarded: OutboxEntry = { ...current(item), state, error }
      count(discarded, state)
      log.error(described(discarded), 'a notice was given up')
      underway++
      // One after the other: an incident whose trigger the store believes to wait must not lose its resolve.
      before = before
        .then(() => item.outgoing.written)
        .then(() => outbox.update(discarded, false))
        .finally(ended)
    }
  }

  const count = (entry: OutboxEntry, what: keyof DeliveryCounts) => {
    const type = typeOf(entry)
    type.counts = { ...type.counts, [what]: type.counts[what] + 1 }
  }

  const laneOf = ({ lane: name }: Outgoing): Lane => {
    const lane = lanes.get(name) ?? { waiting: [], busy: false, cancel: undefined }
    lanes.set(name, lane)
    return lane
  }

  const idle = () => (underway === 0 ? Promise.resolve() : new Promise<void>((resolve) => idleWaiters.add(resolve)))

  const after = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve))

  const stop = () => {
    closing = true
    for (const lane of lanes.values()) lane.cancel?.()
    for (const { queue } of types.values()) for (const _ of queue.splice(0)) ended()
  }

  return {
    enqueue(outgoing) {
      const { entry } = outgoing
      const lane = laneOf(outgoing)
      const isFirst = lane.waiting.length === 0
      const ageMs = Math.max(clock.now() - entry.createdAt, 0)
      lane.waiting.push({ outgoing, entry, ageMs, since: clock.monotonic() })
      discard(takeExcess(lane), 'expired', 'gave way to newer notices of the same alert')
      if (isFirst && !lane.busy) schedule(lane, waitLeft(entry, clock.now()))
    },
    retain(names) {
      for (const [name, type] of types) if (!names.has(name)) type.failing = undefined
    },
    health() {
      const failing = [...types].flatMap(([type, { failing }]) => (failing === undefined ? [] : [{ type, ...failing }]))
      let pending = 0
      for (const { waiting } of lanes.values()) pending += waiting.length
      return { failing, pending }
    },
    deliveries: () => new Map([...types].map(([name, { counts }]) => [name, counts])),
    idle,
    async close(graceMs) {
      if (graceMs > 0) await Promise.race([idle(), after(graceMs)])
      stop()
      await sender.close()
      await idle()
    },
  }
}

/** Under the key of now: that of then may be that of another endpoint. */
const current = ({ outgoing, entry }: Waiting): OutboxEntry => ({ ...entry, endpointKey: outgoing.endpointKey() })

const noticeOf = (lane: Lane, head: Waiting, now: number): Notice => ({
  ...head.entry.content,
  id: head.entry.id,
  late: isLate(lane, head),
  sentAt: now,
})

/** How a log line names a notice. Errors have had their secrets removed. */
const described = ({ id, endpointKey, content, attempts, error }: OutboxEntry) => ({
  notice: id,
  endpoint: endpointKey,
  kind: content.kind,
  provider: content.alert.type,
  attempts,
  ...(error !== undefined && { error }),
})
