import { restingAlert } from '../domain/alert.ts'
import type { OutboxEntry } from '../domain/notice.ts'
import type { AlertRecord, Clock, Log, Store } from '../domain/ports.ts'
import { StorageError } from '../domain/storage-error.ts'

const retryMs = 5_000

/** Beyond this many, the oldest finished ones are forgotten: history that cannot be written is no reason to fall over. */
const mostUnwritten = 10_000

/** The rows behind notices. Writing that fails stops nothing: it is tried again until it succeeds. */
export interface Outbox {
  /** Writes a new notice and the state of its alert. Settles when it is written, or has failed for now. */
  add(entry: OutboxEntry): Promise<void>
  /** Writes how a delivery stands; with `withAlert`, the state of its alert too. */
  update(entry: OutboxEntry, withAlert: boolean): Promise<void>
  /** Whether a new notice of this alert is not a row yet. Its state must not be written without it. */
  isWaiting(endpointKey: string, alertId: string): boolean
  /** Tries once more to write what is not. */
  flush(): Promise<void>
  /** Stops trying. */
  close(): void
}

interface Unwritten {
  readonly entry: OutboxEntry
  readonly isNew: boolean
  readonly withAlert: boolean
}

interface OutboxOptions {
  readonly store: Pick<Store, 'saveAlert' | 'updateNotice'>
  readonly clock: Clock
  readonly log: Log
  /** The alert as it stands, so that a late write never puts an old state over a newer one. */
  readonly recordOf: (endpointKey: string, alertId: string) => AlertRecord | undefined
}

export function createOutbox({ store, clock, log, recordOf }: OutboxOptions): Outbox {
  const unwritten = new Map<string, Unwritten>()
  let cancelRetry: (() => void) | undefined
  let closed = false
  let flushing: Promise<void> | undefined

  /** How many new notices of an alert are not rows yet. */
  const rowless = new Map<string, number>()

  const countRowless = ({ endpointKey, alertId }: OutboxEntry, by: number) => {
    const alert = alertName(endpointKey, alertId)
    const count = (rowless.get(alert) ?? 0) + by
    if (count === 0) rowless.delete(alert)
    else rowless.set(alert, count)
  }

  const write = async ({ entry, isNew, withAlert }: Unwritten): Promise<void> => {
    const { endpointKey, alertId } = entry
    const record = recordOf(endpointKey, alertId)
    if (!isNew) return await store.updateNotice(entry, withAlert ? record : undefined)
    await store.saveAlert(record ?? { endpointKey, alertId, state: restingAlert }, entry)
    countRowless(entry, -1)
  }

  const keep = (item: Unwritten, error: unknown) => {
    const { entry } = item
    log.error({ endpoint: entry.endpointKey, notice: entry.id, error: String(error) }, 'a notice could not be written')
    unwritten.set(entry.id, item)
    if (isFinal(error)) return forget(item)
    if (unwritten.size > mostUnwritten) forgetOne()
    retryLater()
  }

  const forget = ({ entry, isNew }: Unwritten) => {
    if (unwritten.delete(entry.id) && isNew) countRowless(entry, -1)
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
        if (!isFinal(error)) return moveToEnd(id)
        forget(item)
        continue
      }
      const later = unwritten.get(id)
      if (later === item) unwritten.delete(id)
      else if (later !== undefined) unwritten.set(id, { ...later, isNew: false })
    }
  }

  /** So that one row that can never be written does not keep the others from it. */
  const moveToEnd = (id: string) => {
    const item = unwritten.get(id)
    unwritten.delete(id)
    if (item !== undefined) unwritten.set(id, item)
  }

  return {
    async add(entry) {
      const item = { entry, isNew: true, withAlert: true }
      countRowless(entry, 1)
      try {
        await write(item)
      } catch (error) {
        keep(item, error)
      }
    },
    async update(entry, withAlert) {
      const earlier = unwritten.get(entry.id)
      if (earlier !== undefined) {
        unwritten.set(entry.id, { entry, isNew: earlier.isNew, withAlert: earlier.withAlert || withAlert })
        return
      }
      const item = { entry, isNew: false, withAlert }
      try {
        await write(item)
      } catch (error) {
        keep(item, error)
      }
    },
    isWaiting: (endpointKey, alertId) => rowless.has(alertName(endpointKey, alertId)),
    flush,
    close() {
      closed = true
      cancelRetry?.()
    },
  }
}

/** Trying again will not help; the notice is delivered all the same. */
const isFinal = (error: unknown) => error instanceof StorageError && !error.transient

/** Keys hold no line breaks. */
const alertName = (endpointKey: string, alertId: string) => `${endpointKey}\n${alertId}`
