import type { PastRequest, Store } from '../../apps/monitor/src/domain/ports.ts'
import { StorageError } from '../../apps/monitor/src/domain/storage-error.ts'
import type { Ledger } from './ledger.ts'
import type { NoticeLedger } from './notice-ledger.ts'
import type { Process } from './process.ts'
import { never } from './process.ts'
import type { Spells } from './weather.ts'
import type { World } from './world.ts'

/** Of tallies and buckets of each resolution, and of events: reading the past of an endpoint may fail at each of them. */
const readsPerEndpoint = 7

interface FaultyStoreOptions {
  readonly inner: Store
  readonly world: World
  readonly process: Process
  /** Times when the disk takes nothing. */
  readonly outages: Spells
  readonly ledger: Ledger
  readonly notices: NoticeLedger
}

/**
 * A store that may refuse any step, take its time, or be the last thing that its process did, before or after a step
 * is done. What it has done is told to the ledgers.
 */
export function faultyStore({ inner, world, process, outages, ledger, notices }: FaultyStoreOptions): Store {
  const { random, clock } = world

  const pause = (delayMs: number) =>
    new Promise<void>((resolve) => {
      clock.after(delayMs, () => {
        world.stir()
        resolve()
      })
    })

  /** A slow store does one thing after the other, in the order it was asked to. */
  let queue = Promise.resolve()
  const inTurn = () => {
    const { slowestStoreMs } = world.weather
    if (slowestStoreMs === 0 && queueLength === 0) return undefined
    const before = queue
    queueLength++
    queue = before.then(() => pause(random.next() ** 3 * slowestStoreMs)).finally(() => queueLength--)
    return queue
  }
  let queueLength = 0

  const refuses = () => outages.trouble(clock.monotonic()) !== undefined || random.chance(world.weather.storeFailures)

  const refused = (name: string) => {
    world.counts.refusals++
    world.refusedAt = clock.monotonic()
    world.note(() => `store refuses: ${name}`)
  }

  /** A disk that breaks off in the middle of a step, while it is being read. */
  const brokenOff = new StorageError('disk I/O error', { transient: true })

  const breakingOff = (past: PastRequest | undefined): PastRequest | undefined => {
    const reads = (past?.keys.size ?? 0) * readsPerEndpoint
    if (past === undefined || !Array.from({ length: reads }, refuses).includes(true)) return past
    return {
      ...past,
      visit() {
        throw brokenOff
      },
    }
  }

  /** `told`: the process hears that it is done, which a slow store lets it wait for. */
  const step = async <T>(
    name: string,
    work: () => Promise<T>,
    done: (value: T) => void,
    failed = () => {},
    told = () => {},
  ) => {
    world.stir()
    const turn = inTurn()
    if (turn !== undefined) await turn
    if (process.killedBefore(name)) return await never()
    if (refuses()) {
      failed()
      refused(name)
      throw new StorageError('disk I/O error', { transient: true })
    }
    let value: T
    try {
      value = await work()
    } catch (error) {
      if (error === brokenOff) {
        world.counts.brokenOff++
        refused(`${name}, halfway`)
        throw error
      }
      world.violation(`the store failed by itself at ${name}: ${String(error)}`)
      throw error
    }
    done(value)
    if (process.killedAfter(name)) return await never()
    if (world.weather.slowestStoreMs > 0) await pause(random.next() ** 3 * world.weather.slowestStoreMs)
    if (process.isDead()) return await never()
    told()
    return value
  }

  const nothing = () => {}

  return {
    ...inner,
    syncEndpoints: (endpoints, now, past) =>
      step(
        'sync',
        () => inner.syncEndpoints(endpoints, now, breakingOff(past)),
        () => ledger.synced(endpoints),
      ),
    keys: () => step('keys', () => inner.keys(), nothing),
    load: () => step('load', () => inner.load(), nothing),
    append: (batch) =>
      step(
        'append',
        () => inner.append(batch),
        () => ledger.appended(batch),
      ),
    buckets: (...asked) => step('buckets', () => inner.buckets(...asked), nothing),
    events: (...asked) => step('events', () => inner.events(...asked), nothing),
    alerts: () => step('alerts', () => inner.alerts(), nothing),
    saveAlert(alert, notice) {
      if (notice !== undefined) notices.decided(notice)
      return step(
        `save alert ${notice?.content.kind ?? ''}`,
        () => inner.saveAlert(alert, notice),
        () => {
          if (notice !== undefined) notices.written(notice)
          ledger.alertWritten(alert)
        },
        () => {
          if (notice !== undefined) notices.unwritable(notice)
        },
        () => {
          if (notice !== undefined) notices.told(notice)
        },
      )
    },
    pendingNotices: () => step('pending notices', () => inner.pendingNotices(), nothing),
    updateNotice(entry, alert) {
      if (alert !== undefined) notices.updating(entry)
      return step(
        `update notice ${entry.state}`,
        () => inner.updateNotice(entry, alert),
        () => {
          notices.updated(entry)
          if (alert !== undefined) ledger.alertWritten(alert)
        },
        () => {
          if (alert !== undefined) notices.unwritable(entry)
        },
        () => notices.told(entry),
      )
    },
    deliveries: (asked) => step('deliveries', () => inner.deliveries(asked), nothing),
    prune: (retention) => step('prune', () => inner.prune(retention), nothing),
    close: () => Promise.resolve(),
  }
}
