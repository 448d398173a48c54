import { expect, test } from 'vitest'
import { memoryPlace } from '../../../../test/support/memory-place.ts'
import { batchOf, bucketOf, midnight, noticeOf, resultOf } from '../../../../test/support/stored.ts'
import { followRenames } from './renames.ts'

const api = { key: 'core_api', name: 'api', group: 'core', previousKeys: [] }
const shop = { key: 'core_shop', name: 'shop', group: 'core', previousKeys: ['core_api'] }
const store = { key: 'core_store', name: 'store', group: 'core', previousKeys: ['core_shop'] }

const alertOf = (endpointKey: string) => ({
  endpointKey,
  alertId: 'a',
  state: { failuresInARow: 1, successesInARow: 0, triggered: false },
})

test('writes what comes in under an earlier key under the one of now', async () => {
  await using place = await memoryPlace()
  const renaming = followRenames(place.store)
  await renaming.syncEndpoints([api], midnight)
  await renaming.syncEndpoints([shop], midnight)
  await renaming.syncEndpoints([store], midnight)

  await renaming.append(
    batchOf({
      results: [resultOf('core_api', midnight)],
      events: [{ key: 'core_api', type: 'HEALTHY', at: midnight }],
      buckets: [{ key: 'core_shop', resolution: '1h', bucket: bucketOf(midnight, [1]) }],
      alerts: [alertOf('core_api')],
    }),
  )
  await renaming.saveAlert(alertOf('core_shop'), noticeOf('core_shop', 1))

  expect(await renaming.load()).toMatchObject([{ key: 'core_store', results: [{ at: midnight }], events: [{}] }])
  expect(await renaming.buckets('core_store', '1h', 0, midnight + 1)).toHaveLength(1)
  expect(await renaming.alerts()).toEqual([alertOf('core_store')])
  expect(await renaming.pendingNotices()).toMatchObject([{ endpointKey: 'core_store' }])
})

test('leaves alone what comes in under a key that is in use again', async () => {
  await using place = await memoryPlace()
  const renaming = followRenames(place.store)
  await renaming.syncEndpoints([api], midnight)
  await renaming.syncEndpoints([shop], midnight)
  await renaming.syncEndpoints([api, { ...shop, previousKeys: [] }], midnight)

  await renaming.append(batchOf({ results: [resultOf('core_api', midnight)] }))

  const loaded = await renaming.load()
  expect(loaded.find(({ key }) => key === 'core_api')?.results).toHaveLength(1)
})

test('renames nothing while something is being written', async () => {
  await using place = await memoryPlace()
  let proceed = () => {}
  const slow = {
    ...place.store,
    async append(batch: Parameters<typeof place.store.append>[0]) {
      await new Promise<void>((resolve) => {
        proceed = resolve
      })
      await place.store.append(batch)
    },
  }
  const renaming = followRenames(slow)
  await renaming.syncEndpoints([api], midnight)

  const writing = renaming.append(batchOf({ results: [resultOf('core_api', midnight)] }))
  const renamed = renaming.syncEndpoints([shop], midnight)
  await Promise.resolve()
  proceed()
  await Promise.all([writing, renamed])

  expect(await renaming.load()).toMatchObject([{ key: 'core_shop', results: [{ at: midnight }] }])
})
