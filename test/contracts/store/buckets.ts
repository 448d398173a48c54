import { describe, expect } from 'vitest'
import type { PastRequest, Tally } from '../../../apps/monitor/src/domain/ports.ts'
import { batchOf, bucketOf, hourMs, midnight, minuteMs } from '../../support/stored.ts'
import type { StoreTools } from './tools.ts'
import { endpoint, forever } from './tools.ts'

export function bucketsContract({ name, withStore }: StoreTools): void {
  describe(`${name}: buckets`, () => {
    withStore('come back as they were, oldest first, and are replaced whole', async (store) => {
      const first = bucketOf(midnight, [1.5, 20, 300.25, 0])
      const second = bucketOf(
        midnight + 5 * minuteMs,
        Array.from({ length: 500 }, (_, i) => i * 7.321),
      )
      const buckets = [second, bucketOf(midnight, [9])].map(
        (bucket) => ({ key: 'core_api', resolution: '5m', bucket }) as const,
      )

      await store.append(batchOf({ buckets }))
      await store.append(batchOf({ buckets: [{ key: 'core_api', resolution: '5m', bucket: first }] }))

      expect(await store.buckets('core_api', '5m', 0, forever)).toEqual([first, second])
    })

    withStore('sum up with what is stored where they are to be added', async (store) => {
      const bucket = bucketOf(midnight, [3])
      await store.append(batchOf({ buckets: [{ key: 'core_api', resolution: '1h', bucket }] }))

      await store.append(batchOf({ buckets: [{ key: 'core_api', resolution: '1h', bucket, adds: true }] }))
      await store.append(batchOf({ buckets: [{ key: 'core_web', resolution: '1h', bucket, adds: true }] }))

      const [added] = await store.buckets('core_api', '1h', 0, forever)
      expect(added).toMatchObject({ count: 2, sumMs: 6, minMs: 3, maxMs: 3 })
      expect(await store.buckets('core_web', '1h', 0, forever)).toEqual([bucket])
    })

    withStore('are found by endpoint, resolution and start', async (store) => {
      const hours = [0, 1, 2, 3].map((hour) => bucketOf(midnight + hour * hourMs, [hour]))
      await store.append(
        batchOf({
          buckets: [
            ...hours.map((bucket) => ({ key: 'core_api', resolution: '1h', bucket }) as const),
            { key: 'core_api', resolution: '1d', bucket: bucketOf(midnight, [1]) },
            { key: 'core_web', resolution: '1h', bucket: bucketOf(midnight + hourMs, [7]) },
          ],
        }),
      )

      const found = await store.buckets('core_api', '1h', midnight + hourMs, midnight + 3 * hourMs)

      expect(found).toEqual(hours.slice(1, 3))
      expect(await store.buckets('core_nobody', '1h', 0, forever)).toEqual([])
    })

    withStore('are visited for what they count while endpoints are synchronised, oldest first', async (store) => {
      await store.syncEndpoints(
        ['core_api', 'core_web', 'core_blog'].map((key) => endpoint(key)),
        midnight,
      )
      const buckets = ['core_web', 'core_api', 'core_blog'].flatMap((key) =>
        [2, 1, 0].map((hour) => {
          const bucket = bucketOf(midnight + hour * hourMs, [10, 20, 30, 40])
          return { key, resolution: '1h', bucket } as const
        }),
      )
      await store.append(batchOf({ buckets }))
      const visited: Tally[] = []

      const request: PastRequest = {
        keys: new Set(['core_api', 'core_web']),
        talliesFrom: { '5m': 0, '1h': midnight + hourMs, '1d': 0 },
        visit(resolution, tally) {
          expect(resolution).toBe('1h')
          visited.push({ ...tally })
        },
      }
      await store.syncEndpoints(
        ['core_api', 'core_web', 'core_blog'].map((key) => endpoint(key)),
        midnight,
        request,
      )

      const counts = { count: 4, successes: 3, maintenanceCount: 1, maintenanceSuccesses: 1, sumMs: 100 }
      expect(visited).toHaveLength(4)
      for (const key of ['core_api', 'core_web']) {
        expect(visited.filter((tally) => tally.key === key)).toEqual([
          { key, startAt: midnight + hourMs, ...counts },
          { key, startAt: midnight + 2 * hourMs, ...counts },
        ])
      }
    })
  })
}
