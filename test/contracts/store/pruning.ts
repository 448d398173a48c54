import { describe, expect, test } from 'vitest'
import type { Event } from '../../../apps/monitor/src/domain/event.ts'
import { alertOf, batchOf, bucketOf, dayMs, midnight, noticeOf, resultOf } from '../../support/stored.ts'
import type { StoreTools } from './tools.ts'
import { endpoint, forever, keepAll, pruneAll, resultsOf } from './tools.ts'

export function pruningContract({ name, persistent, createPlace, withStore }: StoreTools): void {
  describe(`${name}: pruning`, () => {
    withStore('keeps the newest events of an endpoint that flaps for ever', async (store) => {
      const flaps = Array.from(
        { length: 10_020 },
        (_, i): Event => ({
          key: 'core_api',
          type: i % 2 === 0 ? 'HEALTHY' : 'UNHEALTHY',
          at: midnight + i,
        }),
      )
      await store.append(batchOf({ events: [...flaps, { key: 'core_web', type: 'START', at: midnight }] }))

      await pruneAll(store, keepAll)

      const kept = await store.events('core_api', { before: forever, limit: 20_000 })
      expect([kept.length, kept.at(-1)?.at]).toEqual([10_000, midnight + 20])
      expect(await store.events('core_web', { before: forever, limit: 10 })).toHaveLength(1)
    })

    withStore('deletes buckets, events and finished deliveries that are too old', async (store) => {
      const buckets = (['5m', '1h', '1d'] as const).flatMap((resolution) =>
        [0, 1, 2].map((day) => ({ key: 'core_api', resolution, bucket: bucketOf(midnight + day * dayMs, [1]) })),
      )
      const events = [0, 1, 2].map((day) => ({ key: 'core_api', type: 'HEALTHY', at: midnight + day * dayMs }) as const)
      await store.append(batchOf({ buckets, events }))
      for (const sequence of [1, 2, 3]) await store.saveAlert(alertOf('core_api'), noticeOf('core_api', sequence))
      for (const sequence of [2, 3]) {
        await store.updateNotice(noticeOf('core_api', sequence, { state: 'delivered' }), undefined)
      }

      const more = await store.prune({
        bucketsBefore: { '5m': midnight + 2 * dayMs, '1h': midnight + 1, '1d': midnight + 1 },
        deliveriesBefore: midnight + 3,
        goneBefore: 0,
      })

      expect(more).toBe(false)
      expect(await store.buckets('core_api', '5m', 0, forever)).toHaveLength(1)
      expect(await store.buckets('core_api', '1h', 0, forever)).toHaveLength(2)
      expect(await store.events('core_api', { before: forever, limit: 10 })).toHaveLength(2)
      expect((await store.deliveries({ limit: 10 })).map(({ sequence }) => sequence)).toEqual([3, 1])
    })

    withStore('leaves raw results alone while there is room for more', async (store) => {
      const results = Array.from({ length: 76 }, (_, i) => resultOf('core_api', midnight + i))
      await store.append(batchOf({ results }))

      await pruneAll(store, keepAll)

      expect(await resultsOf(store, 'core_api')).toEqual(results)
    })

    withStore(
      'is bounded per call, and says when there is more',
      async (store) => {
        const results = Array.from({ length: 12_000 }, (_, i) => resultOf('core_api', midnight + i))
        await store.append(
          batchOf({ results, buckets: [{ key: 'core_api', resolution: '1d', bucket: bucketOf(midnight, [1]) }] }),
        )
        await store.syncEndpoints([endpoint('core_web')], midnight)

        const calls = await pruneAll(store, { ...keepAll, goneBefore: forever })

        expect(calls).toBeGreaterThan(2)
        await store.syncEndpoints([endpoint('core_api')], midnight)
        expect(await store.load()).toMatchObject([{ key: 'core_api', results: [] }])
      },
      { maximumNumberOfResults: 20_000 },
    )

    withStore(
      'counts deleted endpoints too, even those that own nothing',
      async (store) => {
        await store.syncEndpoints([], midnight)

        const calls = await pruneAll(store, { ...keepAll, goneBefore: forever })

        expect(calls).toBeGreaterThan(1)
        await store.syncEndpoints([endpoint('core_api')], midnight)
        expect(await store.load()).toHaveLength(1)
      },
      {},
      Array.from({ length: 1000 }, (_, i) => `core_empty-${i}`),
    )
  })

  describe.skipIf(!persistent)(`${name}: opened again (skipped for stores that end with the process)`, () => {
    test('everything is there', async () => {
      await using place = await createPlace()
      const store = await place.open()
      await store.syncEndpoints([endpoint('core_api'), endpoint('core_web')], midnight)
      const results = Array.from({ length: 105 }, (_, i) =>
        resultOf('core_api', midnight + i, { success: i % 7 !== 0 }),
      )
      const bucket = bucketOf(midnight, [1, 2, 3])
      await store.append(
        batchOf({
          results,
          events: [{ key: 'core_api', type: 'UNHEALTHY', at: midnight, reason: 'why' }],
          buckets: [{ key: 'core_api', resolution: '1h', bucket }],
        }),
      )
      await store.saveAlert(alertOf('core_api', { triggered: true }), noticeOf('core_api', 1))
      const before = await store.load()
      await store.close()

      const again = await place.open()

      expect(await again.load()).toEqual(before)
      expect(before[0]?.results).toEqual(results.slice(-100))
      expect(await again.buckets('core_api', '1h', 0, forever)).toEqual([bucket])
      expect(await again.alerts()).toEqual([alertOf('core_api', { triggered: true })])
      expect(await again.pendingNotices()).toEqual([noticeOf('core_api', 1)])
      await again.append(batchOf({ results: [resultOf('core_api', midnight + 200)] }))
      expect(await resultsOf(again, 'core_api')).toEqual([...results.slice(-99), resultOf('core_api', midnight + 200)])
      await again.close()
    })

    test('with a lower maximum, fewer results are loaded, and pruning deletes the others', async () => {
      await using place = await createPlace()
      const store = await place.open({ maximumNumberOfResults: 100 })
      await store.syncEndpoints([endpoint('core_api')], midnight)
      const results = Array.from({ length: 100 }, (_, i) => resultOf('core_api', midnight + i))
      await store.append(batchOf({ results }))
      await store.close()

      const lower = await place.open({ maximumNumberOfResults: 10 })
      const loaded = await resultsOf(lower, 'core_api')
      await pruneAll(lower, keepAll)
      await lower.close()

      const higher = await place.open({ maximumNumberOfResults: 100 })
      expect(loaded).toEqual(results.slice(-10))
      expect(await resultsOf(higher, 'core_api')).toEqual(results.slice(-10))
      await higher.close()
    })
  })
}
