import type { Clock, Log, Store } from '../domain/ports.ts'
import type { Exclusion } from '../lib/exclusion.ts'
import { createSender } from './attempt.ts'
import { createCurrentKeys } from './current-keys.ts'
import { createDelivery, type Delivery } from './deliver.ts'
import { type AlertingConfig, type AlertStates, createDispatch, type Dispatch, recordIn } from './dispatch.ts'
import type { Exchange, Proxies } from './http.ts'
import { createOutbox } from './outbox.ts'

/** Alerts, from results to requests. */
export interface Alerting
  extends Pick<Dispatch, 'configure' | 'handle' | 'changedAlerts' | 'takeBackAlerts'>,
    Pick<Delivery, 'health' | 'deliveries' | 'idle'> {
  /** Restores what the store remembers, and goes on with it. Call it once, before anything else. */
  start(config: AlertingConfig): Promise<void>
  /** Finishes attempts for at most `graceMs`, and leaves the rest in the outbox. */
  close(graceMs: number): Promise<void>
}

interface AlertingOptions {
  readonly store: Pick<Store, 'alerts' | 'pendingNotices' | 'saveAlert' | 'updateNotice'>
  readonly clock: Clock
  readonly log: Log
  /** What is written goes by the names of endpoints, which do not change meanwhile. Default: nothing changes them. */
  readonly share?: Exclusion['share']
  readonly proxies?: Proxies | undefined
  /** Puts one request on the wire. Default: over HTTP. */
  readonly exchange?: Exchange
  /** From 0 to below 1; spreads attempts. */
  readonly random?: () => number
}

export function createAlerting(options: AlertingOptions): Alerting {
  const { store, clock, log, share, proxies, exchange, random = Math.random } = options
  const states: AlertStates = new Map()
  const recordOf = (key: string, alertId: string) => recordIn(states, key, alertId)
  const keys = createCurrentKeys()
  const outbox = createOutbox({ store, clock, log, share, keys, recordOf })
  const sender = createSender({ clock, proxies, exchange })
  const delivery = createDelivery({ outbox, sender, clock, log, random })
  const dispatch = createDispatch({ store, outbox, delivery, states, keys, clock, log })
  const { configure, handle, changedAlerts, takeBackAlerts } = dispatch
  const { health, deliveries, idle } = delivery

  return {
    async start(config) {
      configure(config)
      await dispatch.restore()
      // Once more, for states of alerts that are gone by now.
      configure(config)
    },
    configure,
    handle,
    changedAlerts,
    takeBackAlerts,
    health,
    deliveries,
    idle,
    async close(graceMs) {
      await delivery.close(graceMs)
      await outbox.flush()
      outbox.close()
    },
  }
}
