import type { AlertRecord, Batch, Store } from '../domain/ports.ts'

/**
 * A store that takes what comes in under a key that an endpoint had before: checks, notices and backlogs live longer
 * than a name. Endpoints are synchronised while nothing else is being written.
 */
export function followRenames(store: Store): Store {
  const renamed = new Map<string, string>()
  const writes = new Set<Promise<void>>()
  let syncing: Promise<void> | undefined

  const currentKey = (key: string) => renamed.get(key) ?? key

  const alertNow = (alert: AlertRecord): AlertRecord => ({ ...alert, endpointKey: currentKey(alert.endpointKey) })

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
