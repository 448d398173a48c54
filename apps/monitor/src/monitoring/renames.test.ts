import { describe, expect, test } from 'vitest'
import { memoryPlace } from '../../../../test/support/memory-place.ts'
import { batchOf, bucketOf, midnight, noticeOf, resultOf } from '../../../../test/support/stored.ts'
import type { AlertState } from '../domain/alert.ts'
import type { Store } from '../domain/ports.ts'
import { followRenames } from './renames.ts'

const api = { key: 'core_api', name: 'api', group: 'core', previousKeys: [] }
const shop = { key: 'core_shop', name: 'shop', group: 'core', previousKeys: ['core_api'] }
const store = { key: 'core_store', name: 'store', group: 'core', previousKeys: ['core_shop'] }

const alertOf = (endpointKey: string) => ({
  endpointKey,
  alertId: 'a',
  state: { failuresInARow: 1, successesInARow: 0, triggered: false },
})

const alone = () => undefined

test('writes what comes in under an earlier key under the one of now', async () => {
  await using place = await memoryPlace()
  const renaming = followRenames(place.store, alone)
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
  const renaming = followRenames(place.store, alone)
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
  const renaming = followRenames(slow, alone)
  await renaming.syncEndpoints([api], midnight)

  const writing = renaming.append(batchOf({ results: [resultOf('core_api', midnight)] }))
  const renamed = renaming.syncEndpoints([shop], midnight)
  await Promise.resolve()
  proceed()
  await Promise.all([writing, renamed])

  expect(await renaming.load()).toMatchObject([{ key: 'core_shop', results: [{ at: midnight }] }])
})

describe('while two endpoints that are both checked become one', () => {
  const incident = { id: 'incident', triggeredAt: midnight }
  const triggered: AlertState = { failuresInARow: 3, successesInARow: 0, triggered: true, incident }
  const counting: AlertState = { failuresInARow: 1, successesInARow: 0, triggered: false }
  const record = (endpointKey: string, state: AlertState) => ({ endpointKey, alertId: 'a', state })

  /** `states`: of those that write under their own keys still. */
  const joined = async (store: Store, states: Readonly<Record<string, AlertState>>) => {
    const renaming = followRenames(store, (key) => states[key])
    await renaming.syncEndpoints([api, { ...shop, previousKeys: [] }], midnight)
    await renaming.syncEndpoints([shop], midnight)
    return renaming
  }

  test.each([
    [
      'which keeps its own incident',
      { core_shop: triggered, core_api: { ...triggered, failuresInARow: 9 } },
      triggered,
    ],
    ['which takes over an incident', { core_shop: counting, core_api: triggered }, triggered],
  ])('their results write the alert of the one that stays, %s', async (_, states, kept) => {
    await using place = await memoryPlace()
    const renaming = await joined(place.store, states)

    for (const [key, state] of Object.entries(states)) {
      await renaming.append(batchOf({ alerts: [record(key, state)] }))

      expect(await renaming.alerts()).toEqual([record('core_shop', kept)])
    }
  })

  test('a notice of the one that goes leaves the incident of the one that stays', async () => {
    await using place = await memoryPlace()
    const other: AlertState = { ...triggered, incident: { ...incident, id: 'other' } }
    const renaming = await joined(place.store, { core_shop: triggered, core_api: other })

    await renaming.saveAlert(record('core_api', other), noticeOf('core_api', 1))
    await renaming.updateNotice(noticeOf('core_api', 1, { state: 'delivered' }), record('core_api', other))

    expect(await renaming.alerts()).toEqual([record('core_shop', triggered)])
    expect(await renaming.deliveries({ limit: 2 })).toMatchObject([{ endpointKey: 'core_shop', state: 'delivered' }])
  })
})
