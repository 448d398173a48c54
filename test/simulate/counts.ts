import type { Bucket, Resolution } from '../../apps/monitor/src/domain/bucket.ts'
import { bucketStart } from '../../apps/monitor/src/domain/bucket.ts'
import type { Result } from '../../apps/monitor/src/domain/result.ts'

export const resolutions: readonly Resolution[] = ['5m', '1h', '1d']

export type Counts = Pick<Bucket, 'count' | 'successes' | 'maintenanceCount' | 'maintenanceSuccesses' | 'sumMs'>

export const noCounts: Counts = { count: 0, successes: 0, maintenanceCount: 0, maintenanceSuccesses: 0, sumMs: 0 }

/** Results of one endpoint, counted in the plainest way there is. */
export interface Recount {
  add(result: Result): void
  addAll(other: Recount): void
  /** By the starts of their slots. */
  slots(resolution: Resolution): ReadonlyMap<number, Counts>
}

const sum = (a: Counts, b: Counts): Counts => ({
  count: a.count + b.count,
  successes: a.successes + b.successes,
  maintenanceCount: a.maintenanceCount + b.maintenanceCount,
  maintenanceSuccesses: a.maintenanceSuccesses + b.maintenanceSuccesses,
  sumMs: a.sumMs + b.sumMs,
})

export function createRecount(): Recount {
  const slots = { '5m': new Map<number, Counts>(), '1h': new Map<number, Counts>(), '1d': new Map<number, Counts>() }
  const put = (resolution: Resolution, startAt: number, counts: Counts) => {
    slots[resolution].set(startAt, sum(slots[resolution].get(startAt) ?? noCounts, counts))
  }
  return {
    add({ at, success, maintenance, durationMs }) {
      const counts = {
        count: 1,
        successes: success ? 1 : 0,
        maintenanceCount: maintenance ? 1 : 0,
        maintenanceSuccesses: maintenance && success ? 1 : 0,
        sumMs: Math.trunc(durationMs),
      }
      for (const resolution of resolutions) put(resolution, bucketStart(at, resolution), counts)
    },
    addAll(other) {
      for (const resolution of resolutions) {
        for (const [startAt, counts] of other.slots(resolution)) put(resolution, startAt, counts)
      }
    },
    slots: (resolution) => slots[resolution],
  }
}
