import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { FakeClock } from '../../../test/support/fake-clock.ts'
import { fakeClock } from '../../../test/support/fake-clock.ts'
import { memoryPlace } from '../../../test/support/memory-place.ts'
import { configOf, migrationsFolder, silentLog } from '../../../test/support/monitor.ts'
import { resultOf } from '../../../test/support/stored.ts'
import type { Answer } from './alerting/http.ts'
import type { CoreOutside } from './core.ts'
import { createCore } from './core.ts'
import type { Config } from './domain/config.ts'
import type { Store } from './domain/ports.ts'
import type { OnResults } from './monitoring/checker/checker.ts'
import { openSqliteStore } from './storage/sqlite/index.ts'

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

async function coreOver(
  store: Store,
  config: Config,
  { clock = fakeClock(), sending = {} }: { clock?: FakeClock; sending?: CoreOutside['sending'] } = {},
) {
  let report: OnResults = () => {}
  const core = createCore(config, {
    store,
    clock,
    log: silentLog,
    createChecker({ onResults }) {
      report = onResults
      return { configure() {}, check() {}, close: async () => {} }
    },
    sending,
    onRecorded() {},
    onLag() {},
  })
  await core.restore()
  core.start()
  const results = (key: string, count: number, success = true) => {
    for (let i = 0; i < count; i++) report([resultOf(key, clock.now() + i, { success })])
  }
  const countOf = (key: string) => core.board.get(key)?.series('1d').sum(0, Number.MAX_SAFE_INTEGER).count
  const close = () => core.close({ checkMs: 0, deliveryMs: 0 })
  return { core, clock, results, countOf, close }
}

const storedCount = async (store: Store, key: string) => {
  const buckets = await store.buckets(key, '1d', 0, Number.MAX_SAFE_INTEGER)
  return buckets.reduce((sum, { count }) => sum + count, 0)
}

/** A store on a disk that takes whatever is written, and may refuse to be read: from then on, history cannot be had. */
async function hardlyReadable() {
  let refuses = false
  const client = new Sqlite(':memory:')
  const prepare = client.prepare.bind(client)
  const refusing = (source: string) => {
    const statement = prepare(source)
    if (!/^select id, endpoint_id, at/.test(source)) return statement
    const { all } = statement
    statement.all = (...values: unknown[]) => {
      if (refuses) throw new Sqlite.SqliteError('disk I/O error', 'SQLITE_IOERR')
      return all.apply(statement, values)
    }
    return statement
  }
  const store = await openSqliteStore({
    path: ':memory:',
    migrationsFolder,
    maximumNumberOfResults: 100,
    maximumNumberOfEvents: 50,
    log: silentLog,
    connect: () => Object.defineProperty(client, 'prepare', { value: refusing, configurable: true }),
  })
  return {
    store,
    refuse: (now: boolean) => {
      refuses = now
    },
    [Symbol.asyncDispose]: () => store.close(),
  }
}

/** A store whose next `syncEndpoints` does something else once it is done, and before it answers. */
function syncInterrupted(store: Store) {
  let during = () => {}
  const interrupted: Store = {
    ...store,
    async syncEndpoints(...asked) {
      const past = await store.syncEndpoints(...asked)
      during()
      during = () => {}
      await new Promise(setImmediate)
      return past
    },
  }
  return {
    store: interrupted,
    duringSync: (work: () => void) => {
      during = work
    },
  }
}

test('a reload in the middle of which the disk fails leaves the store as it was', async () => {
  await using place = await hardlyReadable()
  const { core, results, countOf, close } = await coreOver(place.store, withEndpoints(['api'], ['shop']))
  results('core_api', 3)
  place.refuse(true)

  const refused = core.reload(withEndpoints(['shop', 'api'])).catch((error: Error) => error.message)

  expect(await refused).toContain('disk I/O error')
  expect(await place.store.keys()).toEqual(['core_api', 'core_shop'])
  results('core_api', 1)
  results('core_shop', 1)
  expect([countOf('core_api'), countOf('core_shop')]).toEqual([4, 1])
  await close()
  place.refuse(false)
  expect(await place.store.load()).toMatchObject([
    { key: 'core_api', results: { length: 4 } },
    { key: 'core_shop', results: { length: 1 } },
  ])
})

test('a reload that the disk refused can be made up for', async () => {
  await using place = await hardlyReadable()
  const { core, clock, results, countOf, close } = await coreOver(place.store, withEndpoints(['api']))
  results('core_api', 3)
  place.refuse(true)
  const renamed = withEndpoints(['shop', 'api'])
  await core.reload(renamed).catch(() => {})
  results('core_api', 2)
  await clock.advance(minuteMs)
  const meanwhile = countOf('core_api')
  place.refuse(false)

  await core.reload(renamed)

  results('core_shop', 1)
  expect(meanwhile).toBe(5)
  expect(countOf('core_shop')).toBe(6)
  await close()
  expect(await storedCount(place.store, 'core_shop')).toBe(6)
  expect(await place.store.load()).toMatchObject([{ key: 'core_shop', results: { length: 6 } }])
})

test('of two reloads that the disk cuts short, the second gives nothing of one endpoint to another', async () => {
  await using place = await hardlyReadable()
  const { core, results, close } = await coreOver(place.store, withEndpoints(['api']))
  results('core_api', 3)
  place.refuse(true)
  await core.reload(withEndpoints(['shop', 'api'])).catch(() => {})
  await core.reload(withEndpoints(['shop'], ['api'])).catch(() => {})

  results('core_api', 2)

  await close()
  place.refuse(false)
  const stored = await place.store.load()
  expect(stored.find(({ key }) => key === 'core_api')).toMatchObject({ results: { length: 5 }, events: [{}, {}] })
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

test('results that come in for the heir while the store takes over a reload are in it', async () => {
  await using place = await memoryPlace()
  const { store, duringSync } = syncInterrupted(place.store)
  const { core, results, countOf, close } = await coreOver(store, withEndpoints(['api'], ['shop']))
  results('core_api', 3)
  duringSync(() => results('core_shop', 1))

  await core.reload(withEndpoints(['shop', 'api']))

  expect(countOf('core_shop')).toBe(4)
  await close()
  expect(await storedCount(place.store, 'core_shop')).toBe(4)
})

test('results that come in while the store takes over a reload are in it', async () => {
  await using place = await memoryPlace()
  const { store, duringSync } = syncInterrupted(place.store)
  const { core, results, countOf, close } = await coreOver(store, withEndpoints(['api']))
  results('core_api', 3)
  duringSync(() => results('core_api', 1))

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

test('what becomes of a notice while the store takes over a reload is written for the endpoint as it is called then', async () => {
  await using place = await memoryPlace()
  const { store, duringSync } = syncInterrupted(place.store)
  const alerting = (config: Config): Config => {
    const { alerting, endpoints } = configOf(`
alerting: { slack: { webhook-url: 'https://hooks.example.org/a' } }
endpoints: [{ name: any, url: 'https://any.example.org', conditions: ['[STATUS] == 200'], alerts: [{ type: slack, failure-threshold: 1 }] }]
`)
    const alerts = endpoints[0]?.alerts ?? []
    return { ...config, alerting, endpoints: config.endpoints.map((endpoint) => ({ ...endpoint, alerts })) }
  }
  let answer = (_: Answer) => {}
  const exchange = () => new Promise<Answer>((resolve) => (answer = resolve))
  const { core, results, close } = await coreOver(store, alerting(withEndpoints(['api'])), { sending: { exchange } })
  results('core_api', 1, false)
  await new Promise(setImmediate)
  duringSync(() => answer({ status: 404, retryAfter: undefined, opening: '', truncated: false }))

  await core.reload(alerting(withEndpoints(['shop', 'api'])))

  await close()
  expect(await place.store.deliveries({ limit: 10 })).toMatchObject([{ endpointKey: 'core_shop', state: 'refused' }])
  expect(await place.store.alerts()).toMatchObject([{ endpointKey: 'core_shop', state: { triggered: false } }])
})
