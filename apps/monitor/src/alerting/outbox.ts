import { restingAlert } from '../domain/alert.ts'
import type { OutboxEntry } from '../domain/notice.ts'
import type { AlertRecord, Clock, Log, Store } from '../domain/ports.ts'
import { StorageError } from '../domain/storage-error.ts'
import { atOnce, type Exclusion } from '../lib/exclusion.ts'
import type { CurrentKeys } from './current-keys.ts'

const retryMs = 5_000

/** Beyond this many, the oldest finished ones are forgotten: history that cannot be written is no reason to fall over. */
const mostUnwritten = 10_000

/**
 * The rows behind notices. Writing that fails stops nothing: it is tried again until it succeeds. Entries come under the
 * key that their endpoint has by then.
 */
export interface Outbox {
  /** Writes a new notice and the state of its alert. Settles when it is written, or has failed for now. */
  add(entry: OutboxEntry): Promise<void>
  /** Writes how a delivery stands; with `withAlert`, the state of its alert too. */
  update(entry: OutboxEntry, withAlert: boolean): Promise<void>
  /** Whether what changed this alert, a new notice or one given up, is not written yet. Its state must not be without it. */
  isWaiting(endpointKey: string, alertId: string): boolean
  /** Tries once more to write what is not. */
  flush(): Promise<void>
  /** Stops trying. */
  close(): void
}

interface Unwritten {
  /** Of its endpoint. */
  readonly identity: number
  readonly entry: OutboxEntry
  readonly isNew: boolean
  readonly withAlert: boolean
  /** The alert as this left it. */
  readonly record: AlertRecord | undefined
}

interface OutboxOptions {
  readonly store: Pick<Store, 'saveAlert' | 'updateNotice'>
  readonly clock: Clock
  readonly log: Log
  /** Keeps endpoints from changing their names while something is written. Default: nothing changes them. */
  readonly share?: Exclusion['share'] | undefined
  readonly keys: CurrentKeys
  /** The alert as it stands, so that a late write never puts an old state over a newer one. */
  readonly recordOf: (endpointKey: string, alertId: string) => AlertRecord | undefined
}

export function createOutbox({ store, clock, log, share = atOnce, keys, recordOf }: OutboxOptions): Outbox {
  const unwritten = new Map<string, Unwritten>()
  let cancelRetry: (() => void) | undefined
  let closed = false
  let flushing: Promise<void> | undefined

  /** By alert, the ids of the notices that have changed it and are not written. */
  const holding = new Map<string, Set<string>>()

  const hold = (item: Unwritten) => {
    if (!isHolding(item)) return release(item)
    const alert = alertName(item)
    holding.set(alert, (holding.get(alert) ?? new Set()).add(item.entry.id))
  }

  const release = (item: Unwritten) => {
    const alert = alertName(item)
    const held = holding.get(alert)
    if (held?.delete(item.entry.id) === true && held.size === 0) holding.delete(alert)
  }

  /** How many hold an alert, under whichever of the endpoints that became one. */
  const holders = (endpointKey: string, alertId: string) => {
    let count = 0
    for (const identity of keys.identities(endpointKey)) count += holding.get(`${identity}\n${alertId}`)?.size ?? 0
    return count
  }

  const isOfSameAlert = (one: Unwritten, other: Unwritten) =>
    one.entry.alertId === other.entry.alertId && keys.keyOf(one.identity) === keys.keyOf(other.identity)

  /** Else the store could know the end of a resolve, and not that of its trigger: a crash would have that sent alone. */
  const hasUnwritten = (item: Unwritten) => {
    for (const other of unwritten.values()) if (isOfSameAlert(item, other)) return true
    return false
  }

  /**
   * The state to write with a notice. While others of its alert wait behind it, that is the state it left: the newest
   * one would say what only their rows explain.
   */
  const recordFor = ({ identity, entry: { alertId }, record }: Unwritten): AlertRecord | undefined => {
    const key = keys.keyOf(identity)
    return holders(key, alertId) > 1 && record !== undefined ? { ...record, endpointKey: key } : recordOf(key, alertId)
  }

  const write = (item: Unwritten): Promise<void> =>
    share(async () => {
      const { identity, entry, isNew, withAlert } = item
      const record = recordFor(item)
      if (!isNew) return await store.updateNotice(entry, withAlert ? record : undefined)
      const { alertId } = entry
      await store.saveAlert(record ?? { endpointKey: keys.keyOf(identity), alertId, state: restingAlert }, entry)
    })

  const writeFirst = async (item: Unwritten): Promise<void> => {
    const isBehind = isHolding(item) ? holders(keys.keyOf(item.identity), item.entry.alertId) > 0 : hasUnwritten(item)
    hold(item)
    if (isBehind) {
      unwritten.set(item.entry.id, item)
      await flushing
      return await flush().then(retryLater)
    }
    try {
      await write(item)
      release(item)
    } catch (error) {
      keep(item, error)
    }
  }

  const keep = (item: Unwritten, error: unknown) => {
    const { entry } = item
    log.error({ endpoint: entry.endpointKey, notice: entry.id, error: String(error) }, 'a notice could not be written')
    unwritten.set(entry.id, item)
    if (isFinal(error)) return forget(item)
    if (unwritten.size > mostUnwritten) forgetOne()
    retryLater()
  }

  const forget = (item: Unwritten) => {
    unwritten.delete(item.entry.id)
    release(item)
  }

  const forgetOne = () => {
    const finished = [...unwritten.values()].find(({ entry }) => entry.state !== 'pending')
    if (finished !== undefined) forget(finished)
  }

  const retryLater = () => {
    if (closed || cancelRetry !== undefined || unwritten.size === 0) return
    cancelRetry = clock.after(retryMs, () => {
      cancelRetry = undefined
      void flush().then(retryLater)
    })
  }

  const flush = (): Promise<void> => {
    flushing ??= writeAll().finally(() => {
      flushing = undefined
    })
    return flushing
  }

  const writeAll = async () => {
    for (const [id, item] of [...unwritten]) {
      try {
        await write(item)
      } catch (error) {
        log.debug({ notice: id, error: String(error) }, 'a notice still cannot be written')
        if (!isFinal(error)) return moveToEnd(item)
        forget(item)
        continue
      }
      const later = unwritten.get(id)
      if (later === item) forget(item)
      else if (later !== undefined) replace({ ...later, isNew: false })
    }
  }

  const replace = (item: Unwritten) => {
    unwritten.set(item.entry.id, item)
    hold(item)
  }

  const unwrittenOf = (entry: OutboxEntry, isNew: boolean, withAlert: boolean): Unwritten => {
    const { endpointKey, alertId } = entry
    const record = recordOf(keys.of(endpointKey), alertId)
    return { identity: keys.identity(endpointKey), entry, isNew, withAlert, record }
  }

  /** So that one row that can never be written does not keep those of other alerts from it. */
  const moveToEnd = (failed: Unwritten) => {
    for (const [id, item] of [...unwritten]) {
      if (!isOfSameAlert(item, failed)) continue
      unwritten.delete(id)
      unwritten.set(id, item)
    }
  }

  return {
    add: (entry) => writeFirst(unwrittenOf(entry, true, true)),
    async update(entry, withAlert) {
      const earlier = unwritten.get(entry.id)
      const item = unwrittenOf(entry, false, withAlert)
      if (earlier === undefined) return await writeFirst(item)
      const { identity, isNew } = earlier
      const record = withAlert ? item.record : earlier.record
      replace({ identity, entry, isNew, withAlert: earlier.withAlert || withAlert, record })
    },
    isWaiting: (endpointKey, alertId) => holders(endpointKey, alertId) > 0,
    flush,
    close() {
      closed = true
      cancelRetry?.()
    },
  }
}

const isHolding = ({ isNew, withAlert }: Unwritten) => isNew || withAlert

const alertName = ({ identity, entry }: Unwritten) => `${identity}\n${entry.alertId}`

/** Trying again will not help; the notice is delivered all the same. */
const isFinal = (error: unknown) => error instanceof StorageError && !error.transient
