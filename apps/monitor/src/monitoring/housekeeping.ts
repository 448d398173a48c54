import type { StorageSettings } from '../domain/config.ts'
import type { Clock, Log, Store } from '../domain/ports.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

const firstRunMs = minuteMs
const everyMs = 60 * minuteMs
const betweenPartsMs = 100

/** What is kept besides results and buckets. */
const deliveriesKeptMs = 30 * dayMs
const goneEndpointsKeptMs = 7 * dayMs

/** Deletes what is too old, a little at a time. The returned function stops it. */
export function startHousekeeping(outside: {
  readonly store: Pick<Store, 'prune'>
  readonly retention: () => StorageSettings['retention']
  readonly clock: Clock
  readonly log: Log
}): () => void {
  const { store, retention, clock, log } = outside
  let stopped = false
  let cancel = () => {}

  const run = async () => {
    const now = clock.now()
    const { fiveMinutesMs, hoursMs, daysMs } = retention()
    let more = false
    try {
      more = await store.prune({
        bucketsBefore: { '5m': now - fiveMinutesMs, '1h': now - hoursMs, '1d': now - daysMs },
        deliveriesBefore: now - deliveriesKeptMs,
        goneBefore: now - goneEndpointsKeptMs,
      })
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.message : String(error) }, 'old data could not be deleted')
    }
    if (!stopped) cancel = clock.after(more ? betweenPartsMs : everyMs, run)
  }

  cancel = clock.after(firstRunMs, run)
  return () => {
    stopped = true
    cancel()
  }
}
