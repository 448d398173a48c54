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
import { restingAlert } from '../domain/alert.ts'
import type { AlertRule } from '../domain/alert-rule.ts'

const minute = 60_000

describe('a reload', () => {
  const triggeredMonitor = async (url: string, rule: Partial<AlertRule> = {}) => {
    const monitor = await startAlerting([ruleTo(destinationAt(url), rule)])
    await monitor.result(false)
    return monitor
  }

  test('keeps the state of alerts that stay, and sends to where they now point', async () => {
    await using before = await providerServer()
    await using after = await providerServer()
    const { alerting, clock } = await triggeredMonitor(before.url)

    const endpoint = endpointWith([ruleTo(destinationAt(after.url), { failureThreshold: 5 })])
    alerting.configure({ alerting: true, endpoints: [endpoint] })
    alerting.handle(endpoint, resultAt(clock.now(), true))
    await alerting.idle()

    expect([kindsOf(before), kindsOf(after)]).toEqual([['trigger'], ['resolve']])
  })

  test.each([
    ['gone', []],
    ['disabled', [ruleTo(destinationAt('http://127.0.0.1:1'), { enabled: false })]],
  ])('forgets an alert that is %s', async (_, rules) => {
    await using server = await providerServer()
    const { alerting, store } = await triggeredMonitor(server.url)

    alerting.changedAlerts()
    alerting.configure({ alerting: true, endpoints: [endpointWith(rules)] })

    store.append(alerting.changedAlerts())
    expect(store.stateOf('core_api', 'a')).toEqual({ failuresInARow: 0, successesInARow: 0, triggered: false })
  })

  test('goes on where it was with an endpoint that is gone for a while, as a restart would', async () => {
    await using server = await providerServer()
    const { alerting, clock, endpoint } = await triggeredMonitor(server.url)

    alerting.configure({ alerting: true, endpoints: [] })
    alerting.configure({ alerting: true, endpoints: [endpoint] })
    alerting.handle(endpoint, resultAt(clock.now(), true))
    await alerting.idle()

    expect(kindsOf(server)).toEqual(['trigger', 'resolve'])
  })

  test('resolves what an endpoint had triggered that is gone, where another takes its key', async () => {
    await using server = await providerServer()
    const { alerting, clock, endpoint } = await triggeredMonitor(server.url)
    const shop = { ...endpoint, key: 'core_shop', name: 'shop' }
    alerting.configure({ alerting: true, endpoints: [shop] })
    alerting.handle(shop, resultAt(clock.now(), true, { key: 'core_shop' }))

    const renamed = { ...endpoint, previousKeys: ['core_shop'] }
    alerting.configure({ alerting: true, endpoints: [renamed] })
    alerting.handle(renamed, resultAt(clock.now(), true))
    await alerting.idle()

    expect(kindsOf(server)).toEqual(['trigger', 'resolve'])
  })

  test('goes on with the count of an endpoint that takes the key of one that is gone, as the store does', async () => {
    const { alerting, clock, endpoint, store } = await startAlerting([ruleTo(undefined, { failureThreshold: 5 })])
    const fail = (key: string) => alerting.handle({ ...endpoint, key }, resultAt(clock.now(), false, { key }))
    for (let count = 0; count < 3; count++) fail('core_api')
    const shop = { ...endpoint, key: 'core_shop', name: 'shop' }
    alerting.configure({ alerting: true, endpoints: [shop] })
    fail('core_shop')

    alerting.configure({ alerting: true, endpoints: [{ ...endpoint, previousKeys: ['core_shop'] }] })
    store.append(alerting.changedAlerts())

    expect(store.stateOf('core_api', 'a').failuresInARow).toBe(1)
  })

  test('resolves what one of two endpoints had triggered that become one under another key', async () => {
    await using server = await providerServer()
    const { alerting, clock, endpoint } = await triggeredMonitor(server.url)
    const shop = { ...endpoint, key: 'core_shop', name: 'shop' }
    alerting.configure({ alerting: true, endpoints: [endpoint, shop] })
    alerting.handle(shop, resultAt(clock.now(), true, { key: 'core_shop' }))

    const both = { ...endpoint, key: 'core_both', name: 'both', previousKeys: ['core_api', 'core_shop'] }
    alerting.configure({ alerting: true, endpoints: [both] })
    alerting.handle(both, resultAt(clock.now(), true, { key: 'core_both' }))
    await alerting.idle()

    expect(kindsOf(server)).toEqual(['trigger', 'resolve'])
  })

  test.each([
    ['first', ['core_api', 'core_shop']],
    ['last', ['core_shop', 'core_api']],
  ])(
    'keeps the incident of a live endpoint rather than that of one that is gone, named %s',
    async (_, previousKeys) => {
      await using server = await providerServer()
      const { alerting, clock, endpoint } = await triggeredMonitor(server.url)
      const shop = { ...endpoint, key: 'core_shop', name: 'shop' }
      alerting.configure({ alerting: true, endpoints: [shop] })
      alerting.handle(shop, resultAt(clock.now(), false, { key: 'core_shop' }))
      await alerting.idle()

      const both = { ...endpoint, key: 'core_both', name: 'both', previousKeys }
      alerting.configure({ alerting: true, endpoints: [both] })
      alerting.handle(both, resultAt(clock.now(), true, { key: 'core_both' }))
      await alerting.idle()

      const [, ofShop, resolve] = sent(server)
      expect(resolve).toMatchObject({ kind: 'resolve', incidentId: ofShop?.incidentId })
    },
  )

  test('follows a renamed endpoint', async () => {
    await using server = await providerServer()
    const { alerting, clock, endpoint } = await triggeredMonitor(server.url)

    const renamed = { ...endpoint, key: 'core_shop', name: 'shop', previousKeys: ['core_api'] }
    alerting.configure({ alerting: true, endpoints: [renamed] })
    alerting.handle(renamed, resultAt(clock.now(), true, { key: 'core_shop' }))
    await alerting.idle()

    expect(kindsOf(server)).toEqual(['trigger', 'resolve'])
  })

  test('resolves what a renamed endpoint had triggered, where it takes the place of one whose alert is at rest', async () => {
    await using server = await providerServer()
    const { alerting, clock, endpoint } = await triggeredMonitor(server.url)
    const shop = { ...endpoint, key: 'core_shop', name: 'shop' }
    alerting.configure({ alerting: true, endpoints: [endpoint, shop] })
    alerting.handle(shop, resultAt(clock.now(), true, { key: 'core_shop' }))

    const renamed = { ...shop, previousKeys: ['core_api'] }
    alerting.configure({ alerting: true, endpoints: [renamed] })
    alerting.handle(renamed, resultAt(clock.now(), true, { key: 'core_shop' }))
    await alerting.idle()

    expect(kindsOf(server)).toEqual(['trigger', 'resolve'])
  })

  test('resolves what a renamed endpoint had triggered, where it takes the place of one that has just begun to fail', async () => {
    await using server = await providerServer()
    const { alerting, clock, endpoint, store } = await triggeredMonitor(server.url)
    const rules = [ruleTo(destinationAt(server.url), { failureThreshold: 3 })]
    const shop = { ...endpoint, key: 'core_shop', name: 'shop', alerts: rules }
    alerting.configure({ alerting: true, endpoints: [endpoint, shop] })
    alerting.handle(shop, resultAt(clock.now(), false, { key: 'core_shop' }))
    store.append(alerting.changedAlerts())

    const renamed = { ...shop, previousKeys: ['core_api'] }
    alerting.configure({ alerting: true, endpoints: [renamed] })
    store.append(alerting.changedAlerts())
    expect(store.stateOf('core_shop', 'a').triggered).toBe(true)
    alerting.handle(renamed, resultAt(clock.now(), true, { key: 'core_shop' }))
    await alerting.idle()

    expect(kindsOf(server)).toEqual(['trigger', 'resolve'])
  })

  test('keeps the notices of a renamed endpoint in order, even once its previous key is forgotten', async () => {
    await using server = await providerServer()
    server.answer({ status: 503 })
    const monitor = await triggeredMonitor(server.url)
    const { alerting, clock, endpoint } = monitor
    const renamed = { ...endpoint, key: 'core_shop', name: 'shop', previousKeys: ['core_api'] }
    alerting.configure({ alerting: true, endpoints: [renamed] })
    const failed = server.requests.length
    server.answer({ status: 200 })
    alerting.handle(renamed, resultAt(clock.now(), true, { key: 'core_shop' }))
    await alerting.idle()
    alerting.configure({ alerting: true, endpoints: [{ ...renamed, previousKeys: [] }] })

    await pass(30_000, monitor)

    expect(kindsOf(server).slice(failed)).toEqual(['trigger', 'resolve'])
  })

  test('keeps the notices of a renamed endpoint in order, though nobody had one of its previous keys', async () => {
    await using server = await providerServer()
    server.answer({ status: 503 })
    const monitor = await triggeredMonitor(server.url)
    const { alerting, clock, endpoint } = monitor
    const previousKeys = ['core_api', 'core_nobody']
    const renamed = { ...endpoint, key: 'core_shop', name: 'shop', previousKeys }

    alerting.configure({ alerting: true, endpoints: [renamed] })
    const failed = server.requests.length
    server.answer({ status: 200 })
    alerting.handle(renamed, resultAt(clock.now(), true, { key: 'core_shop' }))
    await pass(30_000, monitor)

    expect(kindsOf(server).slice(failed)).toEqual(['trigger', 'resolve'])
  })

  test.each([
    ['first', ['core_api', 'core_shop']],
    ['last', ['core_shop', 'core_api']],
  ])(
    'keeps the notices of an incident in order when two endpoints become one, and it comes %s',
    async (_, previousKeys) => {
      await using server = await providerServer()
      server.answer({ status: 503 })
      const monitor = await triggeredMonitor(server.url)
      const { alerting, clock, endpoint } = monitor
      const failed = server.requests.length
      server.answer({ status: 200 })
      const shop = { ...endpoint, key: 'core_shop', name: 'shop' }
      alerting.configure({ alerting: true, endpoints: [endpoint, shop] })
      for (const success of [false, true]) alerting.handle(shop, resultAt(clock.now(), success, { key: 'core_shop' }))
      await alerting.idle()

      const both = { ...endpoint, key: 'core_both', name: 'both', previousKeys }
      alerting.configure({ alerting: true, endpoints: [both] })
      alerting.handle(both, resultAt(clock.now(), true, { key: 'core_both' }))
      await pass(minute, monitor)

      const [first] = sent(server)
      const ofIncident = sent(server)
        .slice(failed)
        .filter(({ incidentId }) => incidentId === first?.incidentId)
      expect(ofIncident.map(({ kind }) => kind)).toEqual(['trigger', 'resolve'])
    },
  )

  test.each([
    ['first', ['core_api', 'core_shop']],
    ['last', ['core_shop', 'core_api']],
  ])(
    'keeps the notices of an alert in order that only one of two endpoints had which become one, and it comes %s',
    async (_, previousKeys) => {
      await using server = await providerServer()
      server.answer({ status: 503 })
      const monitor = await triggeredMonitor(server.url)
      const { alerting, clock, endpoint } = monitor
      const failed = server.requests.length
      server.answer({ status: 200 })
      const otherRule = ruleTo(destinationAt(server.url), { id: 'b', failureThreshold: 5 })
      const shop = { ...endpoint, key: 'core_shop', name: 'shop', alerts: [otherRule] }
      alerting.configure({ alerting: true, endpoints: [endpoint, shop] })
      alerting.handle(shop, resultAt(clock.now(), false, { key: 'core_shop' }))

      const both = { ...endpoint, key: 'core_both', name: 'both', previousKeys }
      alerting.configure({ alerting: true, endpoints: [both] })
      alerting.handle(both, resultAt(clock.now(), true, { key: 'core_both' }))
      await pass(minute, monitor)

      expect(kindsOf(server).slice(failed)).toEqual(['trigger', 'resolve'])
    },
  )

  test('keeps the notices of an endpoint in order that is gone, where one without their alert takes its key', async () => {
    await using server = await providerServer()
    server.answer({ status: 503 })
    const monitor = await triggeredMonitor(server.url)
    const { alerting, clock, endpoint } = monitor
    const failed = server.requests.length
    server.answer({ status: 200 })
    const otherRule = ruleTo(destinationAt(server.url), { id: 'b', failureThreshold: 5 })
    const shop = { ...endpoint, key: 'core_shop', name: 'shop', alerts: [otherRule] }
    alerting.configure({ alerting: true, endpoints: [shop] })
    alerting.handle(shop, resultAt(clock.now(), false, { key: 'core_shop' }))

    const renamed = { ...endpoint, previousKeys: ['core_shop'] }
    alerting.configure({ alerting: true, endpoints: [renamed] })
    alerting.handle(renamed, resultAt(clock.now(), true))
    await pass(minute, monitor)

    expect(kindsOf(server).slice(failed)).toEqual(['trigger', 'resolve'])
  })

  test.each([
    ['first', ['core_api', 'core_shop']],
    ['last', ['core_shop', 'core_api']],
  ])(
    'holds the state of two endpoints that become one back until a notice of either is written: of the %s',
    async (_, previousKeys) => {
      await using server = await providerServer()
      const store = memoryStore()
      const monitor = await startAlerting([ruleTo(destinationAt(server.url))], { store })
      const { alerting, clock, endpoint } = monitor
      const otherRule = ruleTo(destinationAt(server.url), { id: 'b', failureThreshold: 5 })
      const shop = { ...endpoint, key: 'core_shop', name: 'shop', alerts: [otherRule] }
      alerting.configure({ alerting: true, endpoints: [endpoint, shop] })
      alerting.handle(shop, resultAt(clock.now(), false, { key: 'core_shop' }))
      expect(alerting.changedAlerts()).toMatchObject([{ endpointKey: 'core_shop', alertId: 'b' }])
      store.fail(true)
      await monitor.result(false)

      const both = { ...endpoint, key: 'core_both', name: 'both', previousKeys }
      alerting.configure({ alerting: true, endpoints: [both] })
      const heldBack = alerting.changedAlerts()
      store.fail(false)
      await pass(5_000, monitor)

      expect(heldBack.map(({ alertId }) => alertId)).toEqual(['b'])
      expect(store.stateOf('core_both', 'a')).toMatchObject({ triggered: true })
      expect(alerting.changedAlerts()).toMatchObject([{ endpointKey: 'core_both', alertId: 'a' }])
    },
  )

  test('writes the state of a renamed endpoint with a notice that could not be written before', async () => {
    await using server = await providerServer()
    const store = memoryStore()
    const monitor = await startAlerting([ruleTo(destinationAt(server.url))], { store })
    const { alerting, endpoint } = monitor
    store.fail(true)
    await monitor.result(false)
    const renamed = { ...endpoint, key: 'core_shop', name: 'shop', previousKeys: ['core_api'] }
    alerting.configure({ alerting: true, endpoints: [renamed] })
    const heldBack = alerting.changedAlerts()
    store.fail(false)

    await pass(5_000, monitor)

    expect(heldBack).toEqual([])
    expect(store.stateOf('core_shop', 'a')).toMatchObject({ triggered: true })
  })

  test('triggers again where the trigger of a renamed endpoint was refused, whoever has its key before by then', async () => {
    await using server = await providerServer()
    server.answer({ status: 503 })
    const monitor = await triggeredMonitor(server.url)
    const { alerting, clock, endpoint } = monitor
    const renamed = { ...endpoint, key: 'core_shop', name: 'shop', previousKeys: ['core_api'] }
    alerting.configure({ alerting: true, endpoints: [renamed] })
    alerting.configure({ alerting: true, endpoints: [{ ...renamed, previousKeys: [] }, endpoint] })
    server.answer({ status: 404 })
    await pass(30_000, monitor)
    const refused = entriesOf(monitor)
    server.answer({ status: 200 })

    alerting.handle(renamed, resultAt(clock.now(), false, { key: 'core_shop' }))
    await alerting.idle()

    expect(refused).toMatchObject([{ state: 'refused', endpointKey: 'core_shop' }])
    expect(entriesOf(monitor)).toMatchObject([{ state: 'refused' }, { state: 'delivered', endpointKey: 'core_shop' }])
  })

  test('writes a notice with the alert of a renamed endpoint, whoever has its key before by then', async () => {
    await using server = await providerServer()
    const store = memoryStore()
    const monitor = await startAlerting([ruleTo(destinationAt(server.url))], { store })
    const { alerting, endpoint } = monitor
    store.fail(true)
    await monitor.result(false)
    const renamed = { ...endpoint, key: 'core_shop', name: 'shop', previousKeys: ['core_api'] }
    alerting.configure({ alerting: true, endpoints: [renamed] })
    alerting.configure({ alerting: true, endpoints: [{ ...renamed, previousKeys: [] }, endpoint] })
    const heldBack = alerting.changedAlerts()
    store.fail(false)

    await pass(5_000, monitor)

    expect(heldBack).toEqual([])
    expect(store.stateOf('core_shop', 'a')).toMatchObject({ triggered: true })
    expect(store.stateOf('core_api', 'a')).toEqual(restingAlert)
    expect(alerting.changedAlerts()).toMatchObject([{ endpointKey: 'core_shop', alertId: 'a' }])
  })

  test('sends what waits of a vanished alert to another one of its group', async () => {
    await using server = await providerServer()
    server.answer({ status: 503 })
    const monitor = await triggeredMonitor(server.url)
    await using other = await providerServer()
    await monitor.result(true)
    const neighbour = endpointWith([ruleTo(destinationAt(other.url), { id: 'b' })], { key: 'core_web', name: 'web' })

    monitor.alerting.configure({ alerting: true, endpoints: [neighbour] })
    await pass(5_000, monitor)

    expect(sent(other)).toMatchObject([
      { kind: 'trigger', late: true },
      { kind: 'resolve', late: false },
    ])
  })

  test('refuses what waits when there is nowhere left to send it', async () => {
    await using server = await providerServer()
    server.answer({ status: 503 })
    const monitor = await triggeredMonitor(server.url)
    const elsewhere = endpointWith([ruleTo(destinationAt(server.url))], { key: 'edge_web', group: 'edge' })

    monitor.alerting.configure({ alerting: true, endpoints: [elsewhere] })
    await pass(5_000, monitor)

    expect(server.requests).toHaveLength(1)
    expect(entriesOf(monitor)).toMatchObject([
      { state: 'refused', error: 'its alert is gone, and no other alert of its group uses test' },
    ])
  })
})
