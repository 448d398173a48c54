import { describe, expect, test } from 'vitest'
import type { Result } from '../../../apps/monitor/src/domain/result.ts'
import { batchOf, midnight, resultOf } from '../../support/stored.ts'
import type { StoreTools } from './tools.ts'
import { endpoint, resultsOf } from './tools.ts'

export function resultsContract({ name, createPlace, withStore }: StoreTools): void {
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
