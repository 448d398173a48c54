import { describe, expect } from 'vitest'
import type { Store } from '../../../apps/monitor/src/domain/ports.ts'
import { alertOf, batchOf, midnight, noticeOf } from '../../support/stored.ts'
import type { StoreTools } from './tools.ts'

export function alertsContract({ name, withStore }: StoreTools): void {
  describe(`${name}: alerts and notices`, () => {
    const triggered = alertOf('core_api', {
      failuresInARow: 3,
      triggered: true,
      lastNoticeAt: midnight,
      incident: { id: 'incident-1', triggeredAt: midnight },
    })

    withStore('an alert is kept as it was last saved, its notice with it', async (store) => {
      await store.append(batchOf({ alerts: [alertOf('core_api', { failuresInARow: 2 }), alertOf('core_web')] }))

      await store.saveAlert(triggered, noticeOf('core_api', 1))

      expect(await store.alerts()).toHaveLength(2)
      expect(await store.alerts()).toEqual(expect.arrayContaining([triggered, alertOf('core_web')]))
      expect(await store.pendingNotices()).toEqual([noticeOf('core_api', 1)])
    })

    withStore('an alert forgets its incident when it resolves', async (store) => {
      await store.saveAlert(triggered, undefined)

      await store.saveAlert(alertOf('core_api', { successesInARow: 2 }), undefined)

      expect(await store.alerts()).toEqual([alertOf('core_api', { successesInARow: 2 })])
    })

    withStore('an alert and its notice are saved together or not at all', async (store) => {
      const unstorable = noticeOf('core_api', Number.NaN)

      await expect(store.saveAlert(triggered, unstorable)).rejects.toMatchObject({ name: 'StorageError' })

      expect(await store.alerts()).toEqual([])
      expect(await store.pendingNotices()).toEqual([])
    })

    withStore('a delivery and what it means for the alert are saved together or not at all', async (store) => {
      await store.saveAlert(triggered, noticeOf('core_api', 1))
      const delivered = noticeOf('core_api', 1, { state: 'delivered', attempts: 1, attemptedAt: midnight + 5 })

      const failure = store.updateNotice(delivered, alertOf('core_api', { failuresInARow: Number.NaN }))

      await expect(failure).rejects.toMatchObject({ name: 'StorageError' })
      expect(await store.pendingNotices()).toEqual([noticeOf('core_api', 1)])
      await store.updateNotice(delivered, alertOf('core_api'))
      expect(await store.pendingNotices()).toEqual([])
      expect(await store.alerts()).toEqual([alertOf('core_api')])
      expect(await store.deliveries({ limit: 10 })).toEqual([delivered])
    })

    withStore('an alert of an unknown endpoint is an error: nobody would be told', async (store) => {
      await expect(store.saveAlert(alertOf('core_nobody'), undefined)).rejects.toThrow('core_nobody')
    })

    withStore('pending notices come in order of their sequence, finished ones do not', async (store) => {
      for (const sequence of [3, 1, 4, 2]) await store.saveAlert(triggered, noticeOf('core_api', sequence))

      await store.updateNotice(noticeOf('core_api', 2, { state: 'refused', attempts: 1, error: '404' }), undefined)

      expect((await store.pendingNotices()).map(({ sequence }) => sequence)).toEqual([1, 3, 4])
    })

    withStore('saving a notice twice does not undo its delivery', async (store) => {
      const delivered = noticeOf('core_api', 1, { state: 'delivered', attempts: 1 })
      await store.saveAlert(triggered, noticeOf('core_api', 1))
      await store.updateNotice(delivered, undefined)

      await store.saveAlert(triggered, noticeOf('core_api', 1))

      expect(await store.deliveries({ limit: 10 })).toEqual([delivered])
    })

    withStore('deliveries come newest first, of all endpoints or of one', async (store) => {
      for (const [i, key] of ['core_api', 'core_web', 'core_api', 'core_api'].entries()) {
        await store.saveAlert(alertOf(key), noticeOf(key, i))
      }

      const sequences = async (options: Parameters<Store['deliveries']>[0]) =>
        (await store.deliveries(options)).map(({ sequence }) => sequence)

      expect(await sequences({ limit: 3 })).toEqual([3, 2, 1])
      expect(await sequences({ endpointKey: 'core_api', limit: 2 })).toEqual([3, 2])
      expect(await sequences({ endpointKey: 'core_nobody', limit: 2 })).toEqual([])
    })
  })
}
