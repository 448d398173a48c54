import { type AlertState, joined } from '../domain/alert.ts'
import type { AlertRecord, Batch, Store } from '../domain/ports.ts'

/**
 * A store that takes what comes in under a key that an endpoint had before: checks, notices and backlogs live longer
 * than a name. Endpoints are synchronised while nothing else is being written.
 *
 * Until a reload comes into force, and when it cannot, endpoints that are one in the store are still checked apart.
 * `stateOf` tells how their alerts stand, by the keys that they write under; absent once they are one.
 */
export function followRenames(
  store: Store,
  stateOf: (endpointKey: string, alertId: string) => AlertState | undefined,
): Store {
  const renamed = new Map<string, string>()
  /** `renamed` the other way round. */
  const earlierKeys = new Map<string, string[]>()
  const writes = new Set<Promise<void>>()
  let syncing: Promise<void> | undefined

  const currentKey = (key: string) => renamed.get(key) ?? key

  const alertNow = (alert: AlertRecord): AlertRecord => {
    const { alertId } = alert
    const endpointKey = currentKey(alert.endpointKey)
    const stateUnder = (key: string) => (key === alert.endpointKey ? alert.state : stateOf(key, alertId))
    let state = stateUnder(endpointKey)
    for (const key of earlierKeys.get(endpointKey) ?? []) {
      const earlier = stateUnder(key)
      if (earlier !== undefined) state = joined(state, earlier)
    }
    return { endpointKey, alertId, state: state ?? alert.state }
  }

  const underCurrentKeys = ({ results, events, buckets, alerts }: Batch): Batch => {
    const keyNow = <T extends { readonly key: string }>(item: T): T => ({ ...item, key: currentKey(item.key) })
    return {
      results: results.map(keyNow),
      events: events.map(keyNow),
      buckets: buckets.map(keyNow),
      alerts: alerts.map(alertNow),
    }
  }

  const write = async (work: () => Promise<void>): Promise<void> => {
    while (syncing !== undefined) await syncing.catch(() => {})
    const writing = work()
    writes.add(writing)
    try {
      await writing
    } finally {
      writes.delete(writing)
    }
  }

  const note = (endpoints: Parameters<Store['syncEndpoints']>[0]) => {
    const wanted = new Set(endpoints.map(({ key }) => key))
    for (const { key, previousKeys } of endpoints) {
      for (const previous of previousKeys) {
        if (wanted.has(previous)) continue
        for (const [older, current] of renamed) if (current === previous) renamed.set(older, key)
        renamed.set(previous, key)
      }
    }
    for (const key of wanted) renamed.delete(key)
    earlierKeys.clear()
    for (const [earlier, key] of renamed) earlierKeys.set(key, [...(earlierKeys.get(key) ?? []), earlier])
  }

  return {
    ...store,
    async syncEndpoints(endpoints, now) {
      while (syncing !== undefined) await syncing.catch(() => {})
      syncing = Promise.allSettled(writes).then(() => store.syncEndpoints(endpoints, now))
      try {
        await syncing
        note(endpoints)
      } finally {
        syncing = undefined
      }
    },
    append: (batch) => write(() => store.append(renamed.size === 0 ? batch : underCurrentKeys(batch))),
    saveAlert: (alert, notice) => write(() => store.saveAlert(alertNow(alert), notice)),
    updateNotice: (entry, alert) => write(() => store.updateNotice(entry, alert && alertNow(alert))),
  }
}
