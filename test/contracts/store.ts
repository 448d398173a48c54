import { describe, expect, test } from 'vitest'
import type { Event } from '../../apps/monitor/src/domain/event.ts'
import type { PastRequest, Retention, Store, Tally } from '../../apps/monitor/src/domain/ports.ts'
import type { Result } from '../../apps/monitor/src/domain/result.ts'
import {
  alertOf,
  allPastOf,
  batchOf,
  bucketOf,
  dayMs,
  hourMs,
  midnight,
  minuteMs,
  noticeOf,
  resultOf,
} from '../support/stored.ts'

export interface StoreLimits {
  readonly maximumNumberOfResults: number
  readonly maximumNumberOfEvents: number
}

/** A place where a store keeps things, empty at first. */
export interface StorePlace extends AsyncDisposable {
  /** Opens the store. May be called again after `close`. */
  open(limits?: Partial<StoreLimits>): Promise<Store>
}

export interface StoreContract {
  readonly name: string
  /** Whether what was written is there when the place is opened again. */
  readonly persistent: boolean
  readonly createPlace: () => Promise<StorePlace>
}

const keepAll: Retention = {
  bucketsBefore: { '5m': 0, '1h': 0, '1d': 0 },
  deliveriesBefore: 0,
  goneBefore: 0,
}

const endpoint = (key: string, previousKeys: readonly string[] = []) => {
  const [group = '', name = ''] = key.split('_')
  return { key, group, name, previousKeys }
}

const pruneAll = async (store: Store, retention: Retention) => {
  let calls = 1
  while (await store.prune(retention)) calls++
  return calls
}

const forever = Number.MAX_SAFE_INTEGER

/** What every store must do. */
export function storeContract({ name, persistent, createPlace }: StoreContract): void {
  const withStore = (
    title: string,
    work: (store: Store) => Promise<void>,
    limits: Partial<StoreLimits> = {},
    keys: readonly string[] = ['core_api', 'core_web'],
  ) =>
    test(title, async () => {
      await using place = await createPlace()
      const store = await place.open(limits)
      await store.syncEndpoints(
        keys.map((key) => endpoint(key)),
        midnight,
      )

      await work(store)

      await store.close()
    })

  const resultsOf = async (store: Store, key: string) =>
    (await store.load()).find((endpoint) => endpoint.key === key)?.results

  describe(`${name}: results`, () => {
    const full: Result = {
      key: 'core_api',
      at: midnight + 7,
      success: false,
      durationMs: 1234.567,
      connected: true,
      status: 503,
      hostname: 'example.org',
      ip: '2001:db8::1',
      dnsRcode: 'NOERROR',
      certificateExpirationMs: -86_400_000,
      domainExpirationMs: 30_000_000_000,
      errors: ['first', 'zweiter Fehler — "quoted"'],
      conditions: [
        { condition: '[STATUS] (503) == 200', success: false },
        { condition: '[CONNECTED] == true', success: true },
      ],
      phases: { dnsMs: 0, connectMs: 1.25, tlsMs: 20.001, firstByteMs: 100, downloadMs: 3_600_000 },
      maintenance: true,
    }
    const least: Result = {
      key: 'core_api',
      at: midnight,
      success: true,
      durationMs: 0,
      connected: false,
      errors: [],
      conditions: [],
      maintenance: false,
    }

    test.each<[string, Result]>([
      ['with every field', full],
      ['with as few as there can be', least],
      ['with empty texts and zeros', { ...full, status: 0, hostname: '', ip: '', errors: [''], phases: {} }],
      ['that succeeded in spite of errors', { ...full, success: true }],
      ['that failed though all conditions held', { ...resultOf('core_api', midnight), success: false }],
      ['with some phases', { ...full, phases: { firstByteMs: 0.001 } }],
    ])('come back as they were: %s', async (_, result) => {
      await using place = await createPlace()
      const store = await place.open()
      await store.syncEndpoints([endpoint('core_api')], midnight)

      await store.append(batchOf({ results: [result, result, result] }))

      expect(await resultsOf(store, 'core_api')).toEqual([result, result, result])
      await store.close()
    })

    withStore('keep their conditions however they change', async (store) => {
      const texts = ['a', 'a', 'b', 'a', 'b', 'b', 'c', 'c', 'a', 'd', 'd', 'b']
      const results = texts.map((text, i) =>
        resultOf('core_api', midnight + i, { conditions: [{ condition: text, success: i % 5 !== 4 }] }),
      )

      for (const result of results) await store.append(batchOf({ results: [result] }))

      expect(await resultsOf(store, 'core_api')).toEqual(results)
    })

    withStore('keep addresses and hosts that are new at every check', async (store) => {
      const results = Array.from({ length: 400 }, (_, i) =>
        resultOf('core_api', midnight + i, { ip: `10.0.${i >> 8}.${i & 255}`, hostname: `host-${i % 7}` }),
      )

      for (let i = 0; i < results.length; i += 50) await store.append(batchOf({ results: results.slice(i, i + 50) }))

      expect(await resultsOf(store, 'core_api')).toEqual(results.slice(-100))
    })

    withStore('are those of their endpoint, in the order they were recorded', async (store) => {
      const at = [3, 1, 2].map((second) => midnight + second * 1000)
      const results = at.flatMap((at) => [resultOf('core_api', at), resultOf('core_web', at)])

      await store.append(batchOf({ results: results.slice(0, 3) }))
      await store.append(batchOf({ results: results.slice(3) }))

      expect((await resultsOf(store, 'core_api'))?.map((result) => result.at)).toEqual(at)
      expect((await resultsOf(store, 'core_web'))?.map((result) => result.at)).toEqual(at)
    })

    withStore(
      'are kept up to the maximum per endpoint',
      async (store) => {
        const results = Array.from({ length: 25 }, (_, i) => resultOf('core_api', midnight + i))

        await store.append(batchOf({ results: [resultOf('core_web', midnight), ...results] }))
        for (let i = 25; i < 40; i++) await store.append(batchOf({ results: [resultOf('core_api', midnight + i)] }))

        expect((await resultsOf(store, 'core_api'))?.map(({ at }) => at - midnight)).toEqual(
          Array.from({ length: 10 }, (_, i) => 30 + i),
        )
        expect(await resultsOf(store, 'core_web')).toHaveLength(1)
      },
      { maximumNumberOfResults: 10 },
    )

    withStore('tell when the first one was, even after it is gone', async (store) => {
      await store.append(
        batchOf({ results: Array.from({ length: 150 }, (_, i) => resultOf('core_api', midnight + i)) }),
      )

      const [api, web] = await store.load()

      expect(api).toMatchObject({ key: 'core_api', firstResultAt: midnight })
      expect(web).not.toHaveProperty('firstResultAt')
    })

    withStore('of an endpoint that was never synchronised are left out, and the others kept', async (store) => {
      await store.append(batchOf({ results: [resultOf('core_nobody', midnight), resultOf('core_api', midnight)] }))

      expect(await resultsOf(store, 'core_api')).toHaveLength(1)
      expect((await store.load()).map(({ key }) => key)).toEqual(['core_api', 'core_web'])
    })
  })

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

  describe(`${name}: events`, () => {
    const changes: Event[] = Array.from({ length: 12 }, (_, i) =>
      i % 2 === 0
        ? { key: 'core_api', type: 'HEALTHY', at: midnight + i }
        : { key: 'core_api', type: 'UNHEALTHY', at: midnight + i, reason: `reason ${i}` },
    )

    withStore('are paged from the newest back', async (store) => {
      await store.append(batchOf({ events: changes }))

      const page = await store.events('core_api', { before: forever, limit: 3 })
      const next = await store.events('core_api', { before: page.at(-1)?.at ?? 0, limit: 100 })

      expect(page).toEqual(changes.toReversed().slice(0, 3))
      expect(next).toEqual(changes.toReversed().slice(3))
      expect(await store.events('core_web', { before: forever, limit: 3 })).toEqual([])
    })

    withStore('are found for all endpoints in a span of time, newest first', async (store) => {
      const elsewhere: Event = { key: 'core_web', type: 'START', at: midnight + 4 }
      await store.append(batchOf({ events: [...changes, elsewhere] }))

      const found = await store.eventsBetween(midnight + 3, midnight + 6, 10)

      expect(found).toEqual([changes[5], elsewhere, changes[4], changes[3]])
      expect(await store.eventsBetween(midnight + 3, midnight + 6, 2)).toEqual([changes[5], elsewhere])
    })

    withStore(
      'are loaded oldest first, up to the maximum',
      async (store) => {
        await store.append(batchOf({ events: changes }))

        expect((await store.load())[0]?.events).toEqual(changes.slice(-5))
      },
      { maximumNumberOfEvents: 5 },
    )
  })

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

  const many = Array.from({ length: 1000 }, (_, i) => `group_endpoint-${i}`)

  withStore(
    `${name}: a thousand endpoints are written and loaded`,
    async (store) => {
      for (let round = 0; round < 20; round++) {
        await store.append(batchOf({ results: many.map((key) => resultOf(key, midnight + round)) }))
      }

      const loaded = await store.load()

      expect(loaded).toHaveLength(1000)
      for (const { results } of loaded) expect(results).toHaveLength(20)
    },
    {},
    many,
  )
}
