import { describe, expect } from 'vitest'
import type { Store, Tally } from '../../../apps/monitor/src/domain/ports.ts'
import { alertOf, allPastOf, batchOf, bucketOf, dayMs, midnight, noticeOf, resultOf } from '../../support/stored.ts'
import type { StoreTools } from './tools.ts'
import { endpoint, forever, keepAll, pruneAll, resultsOf } from './tools.ts'

export function endpointsContract({ name, withStore }: StoreTools): void {
  describe(`${name}: endpoints`, () => {
    /** Gives an endpoint one of everything that an endpoint owns. */
    const fill = async (store: Store, key: string, at: number, sequence: number) => {
      await store.append(
        batchOf({
          results: [resultOf(key, at)],
          events: [{ key, type: 'START', at }],
          buckets: [{ key, resolution: '1d', bucket: bucketOf(midnight, [at - midnight]) }],
        }),
      )
      await store.saveAlert(alertOf(key, { failuresInARow: sequence }), noticeOf(key, sequence))
    }

    withStore('are loaded with the name and group they have now', async (store) => {
      await store.append(batchOf({ results: [resultOf('core_api', midnight)] }))

      await store.syncEndpoints([{ key: 'core_api', name: 'API', group: 'Core', previousKeys: [] }], midnight)

      expect(await store.load()).toMatchObject([{ key: 'core_api', name: 'API', group: 'Core', results: [{}] }])
    })

    withStore('that are gone are not loaded, and return with their history', async (store) => {
      await fill(store, 'core_api', midnight, 1)

      await store.syncEndpoints([endpoint('core_web')], midnight)
      const without = await store.load()
      await store.syncEndpoints([endpoint('core_web'), endpoint('core_api')], midnight + 1)

      expect(without.map(({ key }) => key)).toEqual(['core_web'])
      expect(await resultsOf(store, 'core_api')).toEqual([resultOf('core_api', midnight)])
      await pruneAll(store, { ...keepAll, goneBefore: forever })
      expect(await resultsOf(store, 'core_api')).toHaveLength(1)
    })

    withStore('under a new key keep all that the previous one had', async (store) => {
      await fill(store, 'core_api', midnight, 1)

      await store.syncEndpoints([endpoint('core_web'), endpoint('main_api', ['core_api'])], midnight)

      const renamed = (await store.load()).find(({ key }) => key === 'main_api')
      expect(renamed).toMatchObject({
        name: 'api',
        group: 'main',
        firstResultAt: midnight,
        results: [resultOf('main_api', midnight)],
        events: [{ key: 'main_api', type: 'START' }],
      })
      expect(await store.buckets('main_api', '1d', 0, forever)).toHaveLength(1)
      expect(await store.alerts()).toMatchObject([{ endpointKey: 'main_api', state: { failuresInARow: 1 } }])
      expect(await store.pendingNotices()).toMatchObject([{ endpointKey: 'main_api' }])
      expect(await store.buckets('core_api', '1d', 0, forever)).toEqual([])
    })

    withStore(
      'with a history of their own add that of the previous key to it',
      async (store) => {
        await fill(store, 'core_api', midnight, 1)
        await fill(store, 'core_web', midnight + 10, 2)
        await fill(store, 'core_api', midnight + 20, 3)
        const later = bucketOf(midnight + dayMs, [5])
        await store.append(batchOf({ buckets: [{ key: 'core_api', resolution: '1d', bucket: later }] }))

        await store.syncEndpoints([endpoint('core_web', ['core_api'])], midnight)
        await store.append(batchOf({ results: [resultOf('core_web', midnight + 30)] }))

        const [merged] = await store.load()
        expect(merged?.firstResultAt).toBe(midnight)
        expect(merged?.results.map(({ at }) => at - midnight)).toEqual([0, 10, 20, 30])
        expect(merged?.events.map(({ at }) => at - midnight)).toEqual([0, 10, 20])
        const buckets = await store.buckets('core_web', '1d', 0, forever)
        expect(buckets).toMatchObject([{ count: 2, sumMs: 30, minMs: 10, maxMs: 20 }, later])
        expect(await store.alerts()).toMatchObject([{ endpointKey: 'core_web', state: { failuresInARow: 2 } }])
        expect(await store.pendingNotices()).toHaveLength(3)

        for (const at of [40, 50]) await store.append(batchOf({ results: [resultOf('core_web', midnight + at)] }))
        expect((await resultsOf(store, 'core_web'))?.map(({ at }) => at - midnight)).toEqual([20, 30, 40, 50])
      },
      { maximumNumberOfResults: 4 },
    )

    withStore('that take over a history are told of it in the same step', async (store) => {
      await fill(store, 'core_api', midnight + 10, 1)
      await fill(store, 'core_web', midnight + 20, 2)
      const earlier = bucketOf(midnight - dayMs, [5])
      await store.append(batchOf({ buckets: [{ key: 'core_web', resolution: '1d', bucket: earlier }] }))
      const tallies: Tally[] = []

      const past = await store.syncEndpoints(
        [endpoint('core_shop', ['core_api', 'core_web']), endpoint('core_blog')],
        midnight,
        allPastOf('core_shop', (_, tally) => tallies.push({ ...tally })),
      )

      expect(past).toEqual((await store.load()).filter(({ key }) => key === 'core_shop'))
      expect(past).toMatchObject([
        {
          key: 'core_shop',
          firstResultAt: midnight + 10,
          results: [{ key: 'core_shop', at: midnight + 10 }, { at: midnight + 20 }],
          events: [{ key: 'core_shop' }, {}],
          newestBuckets: { '5m': [], '1h': [], '1d': [{ startAt: midnight, count: 2 }] },
        },
      ])
      expect(tallies.map(({ key, startAt, count }) => [key, startAt, count])).toEqual([
        ['core_shop', earlier.startAt, 1],
        ['core_shop', midnight, 2],
      ])
    })

    withStore('whose past cannot be read are not changed either', async (store) => {
      await fill(store, 'core_api', midnight, 1)
      await fill(store, 'core_web', midnight, 2)
      const [before, alerts] = [await store.load(), await store.alerts()]
      const joined = [endpoint('core_shop', ['core_api']), endpoint('core_blog', ['core_web'])]
      const failing = allPastOf('core_shop', () => {
        throw new Error('it cannot be read')
      })

      await expect(store.syncEndpoints(joined, midnight, failing)).rejects.toThrow('it cannot be read')

      expect([await store.load(), await store.alerts()]).toEqual([before, alerts])
      await fill(store, 'core_api', midnight + 1, 3)
      const [past] = await store.syncEndpoints(joined, midnight, allPastOf('core_shop'))
      expect(past?.results.map(({ at }) => at - midnight)).toEqual([0, 1])
    })

    withStore('without results have nothing but their names', async (store) => {
      const past = await store.syncEndpoints([endpoint('core_api')], midnight, allPastOf('core_api'))

      expect(past).toEqual([
        {
          key: 'core_api',
          name: 'api',
          group: 'core',
          results: [],
          events: [],
          newestBuckets: { '5m': [], '1h': [], '1d': [] },
        },
      ])
      expect(await store.syncEndpoints([endpoint('core_api')], midnight)).toEqual([])
    })

    withStore('do not take the history of a key that is still configured', async (store) => {
      await fill(store, 'core_api', midnight, 1)

      await store.syncEndpoints([endpoint('core_api'), endpoint('core_web', ['core_api'])], midnight)

      expect(await resultsOf(store, 'core_api')).toHaveLength(1)
      expect(await resultsOf(store, 'core_web')).toEqual([])
    })

    withStore('are put together even when neither has a history', async (store) => {
      await store.syncEndpoints([endpoint('core_web', ['core_api'])], midnight)

      expect(await store.load()).toMatchObject([{ key: 'core_web', results: [] }])
    })

    withStore('under a key that was gone go on with the alerts that were in use', async (store) => {
      await fill(store, 'core_web', midnight, 2)
      await store.syncEndpoints([endpoint('core_api')], midnight)
      await fill(store, 'core_api', midnight, 1)

      await store.syncEndpoints([endpoint('core_web', ['core_api'])], midnight)

      expect(await store.alerts()).toMatchObject([{ endpointKey: 'core_web', state: { failuresInARow: 1 } }])
    })

    withStore('that are both checked keep of an alert of both the one that matters more', async (store) => {
      const incidentOf = (id: string) => ({ triggered: true, incident: { id, triggeredAt: midnight } })
      const states = {
        core_api: incidentOf('api'),
        core_web: { failuresInARow: 1 },
        core_blog: incidentOf('blog'),
        core_shop: { ...incidentOf('shop'), successesInARow: 1 },
        core_mail: { failuresInARow: 2 },
        core_chat: { successesInARow: 1 },
        core_news: { failuresInARow: 3 },
        core_page: { failuresInARow: 4 },
      }
      const keys = Object.keys(states)
      await store.syncEndpoints(
        keys.map((key) => endpoint(key)),
        midnight,
      )
      await store.append(batchOf({ alerts: Object.entries(states).map(([key, state]) => alertOf(key, state)) }))

      await store.syncEndpoints(
        [
          endpoint('core_web', ['core_api']),
          endpoint('core_shop', ['core_blog']),
          endpoint('core_chat', ['core_mail']),
          endpoint('core_page', ['core_news']),
        ],
        midnight,
      )

      const alerts = await store.alerts()
      expect(new Map(alerts.map(({ endpointKey, state }) => [endpointKey, state]))).toEqual(
        new Map([
          ['core_web', alertOf('', states.core_api).state],
          ['core_shop', alertOf('', states.core_shop).state],
          ['core_chat', alertOf('', states.core_mail).state],
          ['core_page', alertOf('', states.core_page).state],
        ]),
      )
    })

    withStore('under a key that was gone keep its incident, where nothing takes its place', async (store) => {
      const incident = { triggered: true, incident: { id: 'web', triggeredAt: midnight } }
      await store.syncEndpoints([endpoint('core_web')], midnight)
      await store.append(batchOf({ alerts: [alertOf('core_web', incident)] }))
      await store.syncEndpoints([endpoint('core_api')], midnight)
      await store.append(batchOf({ alerts: [alertOf('core_api', { successesInARow: 1 })] }))

      await store.syncEndpoints([endpoint('core_web', ['core_api'])], midnight)

      expect(await store.alerts()).toEqual([alertOf('core_web', incident)])
    })

    withStore('of several take the alert that matters more, and return', async (store) => {
      const incident = { triggered: true, incident: { id: 'api', triggeredAt: midnight } }
      await fill(store, 'core_web', midnight, 2)
      await store.syncEndpoints([endpoint('core_api'), endpoint('core_shop')], midnight)
      await store.append(
        batchOf({ alerts: [alertOf('core_api', incident), alertOf('core_shop', { failuresInARow: 1 })] }),
      )

      await store.syncEndpoints([endpoint('core_web', ['core_api', 'core_shop'])], midnight)

      expect(await store.alerts()).toEqual([alertOf('core_web', incident)])
      await pruneAll(store, { ...keepAll, goneBefore: forever })
      expect(await store.keys()).toEqual(['core_web'])
      expect(await store.alerts()).toHaveLength(1)
    })

    withStore('are deleted with all they own once they were gone for long', async (store) => {
      await fill(store, 'core_api', midnight, 1)
      await fill(store, 'core_web', midnight, 2)
      await store.syncEndpoints([endpoint('core_web')], midnight)
      const gone = (goneBefore: number) => pruneAll(store, { ...keepAll, goneBefore })

      await gone(midnight)
      const tooEarly = await store.alerts()
      await gone(midnight + 1)

      expect(tooEarly).toHaveLength(2)
      expect(await store.alerts()).toHaveLength(1)
      expect(await store.deliveries({ limit: 10 })).toHaveLength(1)
      expect(await store.buckets('core_api', '1d', 0, forever)).toEqual([])
      await store.syncEndpoints([endpoint('core_web'), endpoint('core_api')], midnight)
      expect(await resultsOf(store, 'core_api')).toEqual([])
      expect(await resultsOf(store, 'core_web')).toHaveLength(1)
    })
  })
}
