import { expect, test } from 'vitest'
import { fakeClock } from '../../../test/support/fake-clock.ts'
import { memoryPlace } from '../../../test/support/memory-place.ts'
import { configOf, silentLog } from '../../../test/support/monitor.ts'
import { resultOf } from '../../../test/support/stored.ts'
import { createCore } from './core.ts'
import type { Config } from './domain/config.ts'
import type { Store } from './domain/ports.ts'
import type { OnResults } from './monitoring/checker/checker.ts'

const minuteMs = 60_000

/** Endpoints of group `core`, by name; each may have had another before. */
const withEndpoints = (...names: readonly (readonly [name: string, previous?: string])[]): Config =>
  configOf(`
storage: { maximum-number-of-results: 100 }
endpoints:
${names
  .map(
    ([name, previous]) => `  - name: ${name}
    group: core
    url: https://${name}.example.org
    interval: 1h
    conditions: ['[STATUS] == 200']
${previous === undefined ? '' : `    previous-keys: [core_${previous}]`}`,
  )
  .join('\n')}
`)

async function coreOver(store: Store, config: Config, clock = fakeClock()) {
  let report: OnResults = () => {}
  const core = createCore(config, {
    store,
    clock,
    log: silentLog,
    createChecker({ onResults }) {
      report = onResults
      return { configure() {}, check() {}, close: async () => {} }
    },
    onRecorded() {},
    onLag() {},
  })
  await core.restore()
  core.start()
  const results = (key: string, count: number) => {
    for (let i = 0; i < count; i++) report([resultOf(key, clock.now() + i)])
  }
  const countOf = (key: string) => core.board.get(key)?.series('1d').sum(0, Number.MAX_SAFE_INTEGER).count
  const close = () => core.close({ checkMs: 0, deliveryMs: 0 })
  return { core, clock, results, countOf, close }
}

const storedCount = async (store: Store, key: string) => {
  const buckets = await store.buckets(key, '1d', 0, Number.MAX_SAFE_INTEGER)
  return buckets.reduce((sum, { count }) => sum + count, 0)
}

/** A store whose next `load` does something else once it has read, and before it answers. */
function loadInterrupted(store: Store) {
  let during = () => {}
  const interrupted: Store = {
    ...store,
    async load() {
      const loaded = await store.load()
      during()
      during = () => {}
      return loaded
    },
  }
  return {
    store: interrupted,
    duringLoad: (work: () => void) => {
      during = work
    },
  }
}

test('a reload that the store refuses halfway loses nothing, and can be made up for', async () => {
  await using place = await memoryPlace()
  let refuses = false
  const store: Store = {
    ...place.store,
    async load() {
      if (refuses) throw new Error('disk I/O error')
      return await place.store.load()
    },
  }
  const { core, clock, results, countOf, close } = await coreOver(store, withEndpoints(['api']))
  results('core_api', 3)
  refuses = true
  const renamed = withEndpoints(['shop', 'api'])
  const refused = core.reload(renamed).catch((error: Error) => error.message)
  expect(await refused).toBe('disk I/O error')
  results('core_api', 2)
  await clock.advance(minuteMs)
  const meanwhile = countOf('core_api')
  refuses = false

  await core.reload(renamed)

  results('core_shop', 1)
  expect(meanwhile).toBe(5)
  expect(countOf('core_shop')).toBe(6)
  await close()
  expect(await storedCount(place.store, 'core_shop')).toBe(6)
  expect(await place.store.load()).toMatchObject([{ key: 'core_shop', results: { length: 6 } }])
})

test('a key that is free in the store after a refused reload begins without history', async () => {
  await using place = await memoryPlace()
  let refuses = false
  const store: Store = {
    ...place.store,
    async load() {
      if (refuses) throw new Error('disk I/O error')
      return await place.store.load()
    },
  }
  const { core, results, countOf, close } = await coreOver(store, withEndpoints(['api']))
  results('core_api', 3)
  refuses = true
  await core.reload(withEndpoints(['shop', 'api'])).catch(() => {})
  refuses = false

  await core.reload(withEndpoints(['shop'], ['api']))

  results('core_api', 1)
  expect([countOf('core_shop'), countOf('core_api')]).toEqual([3, 1])
  await close()
  expect(await storedCount(place.store, 'core_shop')).toBe(3)
})

test('an endpoint that takes over the history of another has both at once', async () => {
  await using place = await memoryPlace()
  const { core, results, countOf, close } = await coreOver(place.store, withEndpoints(['api'], ['shop']))
  results('core_api', 3)
  results('core_shop', 2)

  await core.reload(withEndpoints(['shop', 'api']))

  results('core_shop', 1)
  expect(countOf('core_shop')).toBe(6)
  await close()
  expect(await storedCount(place.store, 'core_shop')).toBe(6)
})

test('results that come in for the heir while a reload reads history are in it', async () => {
  await using place = await memoryPlace()
  const { store, duringLoad } = loadInterrupted(place.store)
  const { core, results, countOf, close } = await coreOver(store, withEndpoints(['api'], ['shop']))
  results('core_api', 3)
  duringLoad(() => results('core_shop', 1))

  await core.reload(withEndpoints(['shop', 'api']))

  expect(countOf('core_shop')).toBe(4)
  await close()
  expect(await storedCount(place.store, 'core_shop')).toBe(4)
})

test('results that come in while a reload reads history are in it', async () => {
  await using place = await memoryPlace()
  const { store, duringLoad } = loadInterrupted(place.store)
  const { core, results, countOf, close } = await coreOver(store, withEndpoints(['api']))
  results('core_api', 3)
  duringLoad(() => results('core_api', 1))

  await core.reload(withEndpoints(['shop', 'api']))

  expect(countOf('core_shop')).toBe(4)
  await close()
  expect(await storedCount(place.store, 'core_shop')).toBe(4)
})

test('sums catch up with results although the endpoint was renamed while the process was dead', async () => {
  await using place = await memoryPlace()
  const killed = await coreOver(place.store, withEndpoints(['api'], ['shop']))
  killed.results('core_api', 3)
  await killed.clock.advance(1_000)
  const before = await storedCount(place.store, 'core_api')

  const again = await coreOver(place.store, withEndpoints(['shop', 'api']))

  expect(before).toBe(0)
  expect(again.countOf('core_shop')).toBe(3)
  await again.close()
})
