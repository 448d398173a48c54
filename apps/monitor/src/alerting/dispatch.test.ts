import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { providerServer } from '../../../../test/fixtures/provider-server.ts'
import {
  destinationAt,
  endpointWith,
  entriesOf,
  kindsOf,
  memoryStore,
  pass,
  resultAt,
  ruleTo,
  sent,
  startAlerting,
} from '../../../../test/support/alerting.ts'
import { fakeClock } from '../../../../test/support/fake-clock.ts'
import { recordingLog } from '../../../../test/support/recording-log.ts'
import { openSqliteStore } from '../storage/sqlite/index.ts'
import { createAlerting } from './alerting.ts'
import type { Alerted } from './dispatch.ts'

const minute = 60_000

/** A database file that outlives the monitors that open it. */
async function database() {
  const folder = await mkdtemp(join(tmpdir(), 'vedette-alerting-'))
  return {
    open: () =>
      openSqliteStore({
        path: join(folder, 'vedette.db'),
        migrationsFolder: fileURLToPath(new URL('../../drizzle', import.meta.url)),
        maximumNumberOfResults: 100,
        maximumNumberOfEvents: 50,
        log: recordingLog(),
      }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}

async function startOver(place: Awaited<ReturnType<typeof database>>, endpoint: Alerted, clock = fakeClock()) {
  const store = await place.open()
  await store.syncEndpoints([endpoint], clock.now())
  const alerting = createAlerting({ store, clock, log: recordingLog(), random: () => 0 })
  await alerting.start({ alerting: true, endpoints: [endpoint] })
  return {
    store,
    alerting,
    clock,
    async result(success: boolean) {
      alerting.handle(endpoint, resultAt(clock.now(), success))
      await alerting.idle()
    },
    /** What the recorder does with each flush. */
    flush: () => store.append({ results: [], events: [], buckets: [], alerts: alerting.changedAlerts() }),
    async stop() {
      await alerting.close(0)
      await store.close()
    },
  }
}

describe('a restart', () => {
  test('neither forgets nor repeats a trigger', async () => {
    await using server = await providerServer()
    await using place = await database()
    const endpoint = endpointWith([ruleTo(destinationAt(server.url), { successThreshold: 2 })])

    const first = await startOver(place, endpoint)
    await first.result(false)
    await first.result(true)
    await first.flush()
    await first.stop()
    const second = await startOver(place, endpoint, first.clock)
    await second.alerting.idle()
    await second.result(true)

    expect(sent(server).map(({ kind, incidentId }) => [kind, incidentId])).toEqual([
      ['trigger', sent(server)[0]?.incidentId],
      ['resolve', sent(server)[0]?.incidentId],
    ])
    await second.stop()
  })

  test('goes on with notices that wait, in their order, marking what is over', async () => {
    await using server = await providerServer()
    await using place = await database()
    const endpoint = endpointWith([ruleTo(destinationAt(server.url))])
    server.answer({ status: 503 })

    const first = await startOver(place, endpoint)
    await first.result(false)
    await first.result(true)
    await first.result(false)
    await first.stop()
    const failed = server.requests.length
    server.answer({ status: 200 })
    const second = await startOver(place, endpoint, first.clock)
    await second.alerting.idle()
    expect(server.requests).toHaveLength(failed)
    await pass(15 * minute, second)

    expect(sent(server).slice(failed)).toMatchObject([
      { kind: 'trigger', late: true },
      { kind: 'resolve', late: false },
      { kind: 'trigger', late: false },
    ])
    expect(await second.store.pendingNotices()).toEqual([])
    expect((await second.store.deliveries({ limit: 10 })).map(({ attempts }) => attempts)).toEqual([1, 1, 2])
    await second.stop()
  })

  test('waits no longer than was planned when the clock was set back meanwhile', async () => {
    await using server = await providerServer()
    await using place = await database()
    const endpoint = endpointWith([ruleTo(destinationAt(server.url))])
    server.answer({ status: 503 })

    const first = await startOver(place, endpoint, fakeClock('2026-11-21T14:14:00Z'))
    await first.result(false)
    await first.stop()
    server.answer({ status: 200 })
    const second = await startOver(place, endpoint, fakeClock('2026-11-20T02:00:00Z'))
    await pass(5_000, second)

    expect(await second.store.pendingNotices()).toEqual([])
    await second.stop()
  })

  test('delivers what was cut off while it was being sent', async () => {
    await using server = await providerServer()
    await using place = await database()
    const endpoint = endpointWith([ruleTo(destinationAt(server.url))])
    server.answer('hang')

    const first = await startOver(place, endpoint)
    first.alerting.handle(endpoint, resultAt(first.clock.now(), false))
    await server.received(1)
    await first.stop()
    server.answer({ status: 200 })
    const second = await startOver(place, endpoint, first.clock)
    await second.alerting.idle()

    expect(sent(server)).toHaveLength(2)
    expect(sent(server)[1]?.id).toBe(sent(server)[0]?.id)
    await second.stop()
  })

  test('keeps counting towards the threshold', async () => {
    await using server = await providerServer()
    await using place = await database()
    const endpoint = endpointWith([ruleTo(destinationAt(server.url), { failureThreshold: 3 })])

    const first = await startOver(place, endpoint)
    await first.result(false)
    await first.result(false)
    await first.flush()
    await first.stop()
    const second = await startOver(place, endpoint, first.clock)
    await second.result(false)

    expect(kindsOf(server)).toEqual(['trigger'])
    await second.stop()
  })
})

describe('handling results', () => {
  test('a notice is a row, with the state of its alert, before it is a request', async () => {
    await using server = await providerServer()
    await using place = await database()
    const endpoint = endpointWith([ruleTo(destinationAt(server.url))])
    const monitor = await startOver(place, endpoint)
    const seen: unknown[] = []
    server.answer(() => {
      void Promise.all([monitor.store.pendingNotices(), monitor.store.alerts()]).then((rows) => seen.push(...rows))
      return { status: 200 }
    })

    await monitor.result(false)

    expect(seen).toMatchObject([[{ content: { kind: 'trigger' } }], [{ state: { triggered: true } }]])
    await monitor.stop()
  })

  test('a slow disk holds a notice back until it is a row', async () => {
    await using server = await providerServer()
    const memory = memoryStore()
    let written = () => {}
    const writing = new Promise<void>((resolve) => {
      written = resolve
    })
    const store = {
      ...memory,
      saveAlert: (...row: Parameters<typeof memory.saveAlert>) => writing.then(() => memory.saveAlert(...row)),
    }
    const { alerting, endpoint, clock } = await startAlerting([ruleTo(destinationAt(server.url))], { store })

    alerting.handle(endpoint, resultAt(clock.now(), false))
    // By the time these are answered, a notice sent at once would have arrived too.
    for (let trip = 0; trip < 3; trip++) await fetch(`${server.url}/trip`)
    expect(server.requests.map(({ path }) => path)).toEqual(['/trip', '/trip', '/trip'])
    written()
    await alerting.idle()

    expect(server.requests).toHaveLength(4)
  })

  test('bursts keep the order of each alert', async () => {
    await using server = await providerServer()
    const { alerting, endpoint, clock, store } = await startAlerting([ruleTo(destinationAt(server.url))])

    for (let round = 0; round < 8; round++) alerting.handle(endpoint, resultAt(clock.now(), round % 2 === 1))
    await alerting.idle()

    expect(kindsOf(server)).toEqual(Array.from({ length: 4 }, () => ['trigger', 'resolve']).flat())
    const inOrder = entriesOf({ store }).sort((a, b) => a.sequence - b.sequence)
    expect(inOrder.map(({ id }) => id)).toEqual(sent(server).map(({ id }) => id))
    expect(new Set(inOrder.map(({ sequence }) => sequence)).size).toBe(8)
  })

  test('does nothing without an alerting section, and nothing under maintenance', async () => {
    await using server = await providerServer()
    const { alerting, endpoint, clock } = await startAlerting([ruleTo(destinationAt(server.url))])

    alerting.handle(endpoint, resultAt(clock.now(), false, { maintenance: true }))
    alerting.configure({ alerting: false, endpoints: [endpoint] })
    alerting.handle(endpoint, resultAt(clock.now(), false))
    await alerting.idle()

    expect(server.requests).toEqual([])
    expect(alerting.changedAlerts()).toEqual([])
  })

  test('says what happened, without what the endpoint hides', async () => {
    await using server = await providerServer()
    const { alerting, endpoint, clock, store } = await startAlerting([ruleTo(destinationAt(server.url))])
    const result = resultAt(clock.now(), false, { errors: ['x'.repeat(10_000), ...Array(50).fill('again')] })
    const secretive = { ...endpoint.display, hideUrl: true, hideConditions: true, hideErrors: true }

    alerting.handle({ ...endpoint, url: 'https://user:pass@host/path@x?y=1' }, result)
    alerting.handle({ ...endpoint, key: 'core_other', display: secretive }, { ...result, key: 'core_other' })
    await alerting.idle()

    const [open, hidden] = entriesOf({ store }).map(({ content }) => content)
    expect(open).toMatchObject({ endpoint: { url: 'https://host/path@x?y=1' }, result: { status: 503 } })
    expect(open?.result.errors.map(({ length }) => length)).toEqual([4096, ...Array(19).fill(5)])
    expect(hidden).toMatchObject({ endpoint: { url: '' }, result: { errors: [], conditions: [] } })
  })

  test('hands out each changed alert once, and none that stays at rest', async () => {
    const { alerting, endpoint, clock } = await startAlerting([ruleTo(undefined, { failureThreshold: 2 })])

    alerting.handle(endpoint, resultAt(clock.now(), true))
    expect(alerting.changedAlerts()).toEqual([])
    alerting.handle(endpoint, resultAt(clock.now(), false))
    expect(alerting.changedAlerts()).toMatchObject([{ alertId: 'a', state: { failuresInARow: 1 } }])
    expect(alerting.changedAlerts()).toEqual([])
    alerting.handle(endpoint, resultAt(clock.now(), true))

    expect(alerting.changedAlerts()).toMatchObject([{ state: { failuresInARow: 0, triggered: false } }])
  })
})

test('hands out an alert that could not be written as it is by then, once its notice is a row', async () => {
  await using server = await providerServer()
  const store = memoryStore()
  const monitor = await startAlerting([ruleTo(destinationAt(server.url), { failureThreshold: 2 })], { store })
  const { alerting } = monitor
  await monitor.result(false)
  const early = alerting.changedAlerts()
  store.fail(true)
  await monitor.result(false)
  alerting.takeBackAlerts(early)

  const heldBack = alerting.changedAlerts()
  store.fail(false)
  await pass(5_000, monitor)
  const late = alerting.changedAlerts()

  expect(early).toMatchObject([{ state: { failuresInARow: 1, triggered: false } }])
  expect(heldBack).toEqual([])
  expect(late).toMatchObject([{ state: { failuresInARow: 2, triggered: true } }])
})

test('hands out an alert whose trigger was refused once more', async () => {
  await using server = await providerServer()
  server.answer({ status: 503 })
  const monitor = await startAlerting([ruleTo(destinationAt(server.url))])

  await monitor.result(false)
  expect(monitor.alerting.changedAlerts()).toMatchObject([{ state: { triggered: true } }])
  server.answer({ status: 404 })
  await pass(5_000, monitor)

  expect(monitor.alerting.changedAlerts()).toMatchObject([{ state: { triggered: false } }])
})

describe('a store that cannot write', () => {
  test('stops no notice, and gets its rows later', async () => {
    await using server = await providerServer()
    const monitor = await startAlerting([ruleTo(destinationAt(server.url))])
    monitor.store.fail(true)

    await monitor.result(false)
    expect(kindsOf(server)).toEqual(['trigger'])
    expect(entriesOf(monitor)).toEqual([])
    expect(monitor.alerting.changedAlerts()).toEqual([])
    monitor.store.fail(false)
    await pass(5_000, monitor)

    expect(entriesOf(monitor)).toMatchObject([{ state: 'delivered', attempts: 1 }])
    expect(monitor.store.stateOf('core_api', 'a').triggered).toBe(true)
    expect(monitor.alerting.changedAlerts()).toHaveLength(1)
  })

  test('does not make a delivered notice go out twice', async () => {
    await using server = await providerServer()
    const monitor = await startAlerting([ruleTo(destinationAt(server.url))])
    server.answer(() => {
      monitor.store.fail(true)
      return { status: 200 }
    })

    await monitor.result(false)
    await pass(minute, monitor)
    expect(entriesOf(monitor)).toMatchObject([{ state: 'pending' }])
    monitor.store.fail(false)
    await monitor.alerting.close(0)

    expect(server.requests).toHaveLength(1)
    expect(entriesOf(monitor)).toMatchObject([{ state: 'delivered' }])
  })
})

describe('closing', () => {
  test('waits for attempts in flight, and leaves what waits in the outbox', async () => {
    await using server = await providerServer()
    const monitor = await startAlerting([
      ruleTo(destinationAt(server.url)),
      ruleTo(destinationAt('http://127.0.0.1:1'), { id: 'b' }),
    ])

    monitor.alerting.handle(monitor.endpoint, resultAt(monitor.clock.now(), false))
    await monitor.alerting.close(minute)
    await monitor.clock.advance(minute)

    expect(entriesOf(monitor)).toMatchObject([
      { alertId: 'a', state: 'delivered' },
      { alertId: 'b', state: 'pending', attempts: 1 },
    ])
  })

  test('cuts off what hangs when its time is over', async () => {
    await using server = await providerServer()
    server.answer('hang')
    const monitor = await startAlerting([ruleTo(destinationAt(server.url))])

    monitor.alerting.handle(monitor.endpoint, resultAt(monitor.clock.now(), false))
    await server.received(1)
    const closed = monitor.alerting.close(5_000)
    await monitor.clock.advance(5_000)
    await closed

    expect(entriesOf(monitor)).toMatchObject([{ state: 'pending', attempts: 0 }])
  })
})
