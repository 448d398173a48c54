import { describe, expect } from 'vitest'
import { alertOf, batchOf, bucketOf, midnight, resultOf } from '../../support/stored.ts'
import type { StoreTools } from './tools.ts'
import { forever, resultsOf } from './tools.ts'

export function failedAppendContract({ name, withStore }: StoreTools): void {
  describe(`${name}: a failed append`, () => {
    /** No store can keep a count that is not a number. */
    const impossible = { ...bucketOf(midnight, [1]), count: Number.NaN }

    withStore(
      'changes nothing, and may be tried again',
      async (store) => {
        const fill = Array.from({ length: 10 }, (_, i) => resultOf('core_api', midnight + i))
        await store.append(batchOf({ results: fill }))
        const more = [10, 11, 12].map((i) =>
          resultOf('core_api', midnight + i, { ip: '10.0.0.1', conditions: [{ condition: 'new', success: true }] }),
        )
        const batch = batchOf({
          results: [resultOf('core_web', midnight), ...more],
          events: [{ key: 'core_api', type: 'START', at: midnight }],
          buckets: [{ key: 'core_api', resolution: '5m', bucket: bucketOf(midnight, [1]) }],
          alerts: [alertOf('core_api')],
        })

        const failure = store.append({
          ...batch,
          buckets: [...batch.buckets, { key: 'core_api', resolution: '1h', bucket: impossible }],
        })

        await expect(failure).rejects.toMatchObject({ name: 'StorageError', transient: false })
        expect(await resultsOf(store, 'core_api')).toEqual(fill)
        expect(await store.load()).toMatchObject([{ events: [] }, { results: [], events: [] }])
        expect((await store.load())[1]).not.toHaveProperty('firstResultAt')
        expect(await store.buckets('core_api', '5m', 0, forever)).toEqual([])
        expect(await store.alerts()).toEqual([])

        await store.append(batch)

        expect(await resultsOf(store, 'core_api')).toEqual([...fill.slice(-7), ...more])
        expect(await resultsOf(store, 'core_web')).toEqual([resultOf('core_web', midnight)])
      },
      { maximumNumberOfResults: 10 },
    )
  })
}
