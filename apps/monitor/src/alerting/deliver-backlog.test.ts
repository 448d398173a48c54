import { describe, expect, test } from 'vitest'
import { type ProviderServer, providerServer, type Reply } from '../../../../test/fixtures/provider-server.ts'
import {
  destinationAt,
  endpointWith,
  entriesOf,
  pass,
  resultAt,
  ruleTo,
  startAlerting,
} from '../../../../test/support/alerting.ts'
import { fakeClock } from '../../../../test/support/fake-clock.ts'
import { createAlerting } from './alerting.ts'

const second = 1_000
const minute = 60 * second

const well: Reply = { status: 200 }
const busy: Reply = { status: 503 }

/** Alerts that are sent to a path of their own, each with an endpoint of its own, which tests make fail and recover. */
async function alertsOf(
  server: ProviderServer,
  names: readonly string[],
  types: Readonly<Record<string, string>> = {},
) {
  const endpoints = names.map((name) => {
    const type = types[name] ?? 'test'
    return endpointWith([ruleTo(destinationAt(server.url, { type }))], { key: `_${name}`, name, group: '' })
  })
  const monitor = await startAlerting([])
  monitor.alerting.configure({ alerting: true, endpoints })
  const handle = (name: string, success: boolean) => {
    const key = `_${name}`
    const endpoint = endpoints.find((candidate) => candidate.key === key)
    if (endpoint === undefined) throw new Error(`no alert is called ${name}`)
    monitor.alerting.handle(endpoint, resultAt(monitor.clock.now(), success, { key }))
  }
  return {
    ...monitor,
    endpoints,
    handle,
    async trigger(name: string) {
      handle(name, false)
      await monitor.alerting.idle()
    },
    /** Delivers one notice of `name` every second. */
    async deliver(name: string, seconds: number) {
      for (let passed = 0; passed < seconds; passed += 1) {
        handle(name, passed % 2 === 1)
        await monitor.alerting.idle()
        await pass(second, monitor)
      }
    },
  }
}

/** Answers by the last part of the path. */
const answerBy = (server: ProviderServer, replies: Readonly<Record<string, Reply>>, otherwise: Reply = well) =>
  server.answer(({ path }) => replies[path.slice(1)] ?? otherwise)

const pathsOf = ({ requests }: ProviderServer, from = 0) => requests.slice(from).map(({ path }) => path.slice(1))

const countOf = (server: ProviderServer, name: string) => pathsOf(server).filter((path) => path === name).length

describe('a notice that is delivered', () => {
  test('has the alert tried at once whose last attempt is the longest ago, and that one the next', async () => {
    await using server = await providerServer()
    const monitor = await alertsOf(server, ['a', 'b', 'c', 'other'])
    server.answer(busy)
    for (const name of ['b', 'a', 'c']) {
      await monitor.trigger(name)
      await pass(second, monitor)
    }
    // Tried after 5, 15, 35 and 75 s, and next after 155 s.
    await pass(110 * second, monitor)
    const before = server.requests.length
    server.answer(well)

    await monitor.trigger('other')

    expect(pathsOf(server, before)).toEqual(['other', 'b', 'a', 'c'])
    expect(entriesOf(monitor).every(({ state }) => state === 'delivered')).toBe(true)
  })

  test('has one alert tried, not all of them', async () => {
    await using server = await providerServer()
    const monitor = await alertsOf(server, ['a', 'b', 'c', 'other'])
    server.answer(busy)
    for (const name of ['a', 'b', 'c']) await monitor.trigger(name)
    await pass(110 * second, monitor)
    const before = server.requests.length
    answerBy(server, { other: well }, busy)

    await monitor.trigger('other')

    expect(pathsOf(server, before)).toEqual(['other', 'a'])
  })

  test('leaves an alert alone whose last attempt is less than 30 s ago', async () => {
    await using server = await providerServer()
    const monitor = await alertsOf(server, ['a', 'other', 'third'])
    server.answer(busy)
    await monitor.trigger('a')
    await pass(75 * second, monitor)
    const before = server.requests.length
    server.answer(well)

    await pass(29 * second, monitor)
    await monitor.trigger('other')
    expect(pathsOf(server, before)).toEqual(['other'])
    await pass(second, monitor)
    await monitor.trigger('third')

    expect(pathsOf(server, before)).toEqual(['other', 'third', 'a'])
  })

  test('leaves alerts of another type alone', async () => {
    await using server = await providerServer()
    const monitor = await alertsOf(server, ['a', 'other'], { other: 'other' })
    server.answer(busy)
    await monitor.trigger('a')
    await pass(110 * second, monitor)
    const before = server.requests.length
    server.answer(well)

    await monitor.trigger('other')

    expect(pathsOf(server, before)).toEqual(['other'])
  })

  test('leaves an alert alone for as long as the provider asked', async () => {
    await using server = await providerServer()
    const monitor = await alertsOf(server, ['a', 'other'])
    server.answer(busy)
    await monitor.trigger('a')
    await pass(74 * second, monitor)
    // It is told to wait for 60 s, where it would wait for 80.
    server.answer({ status: 503, headers: { 'retry-after': '60' } })
    await pass(second, monitor)
    const tried = countOf(server, 'a')
    server.answer(well)

    await monitor.deliver('other', 60)
    expect(countOf(server, 'a')).toBe(tried)
    await monitor.deliver('other', 1)

    expect(countOf(server, 'a')).toBe(tried + 1)
  })

  test('has an alert that is always refused tried twice a minute at most', async () => {
    await using server = await providerServer()
    const monitor = await alertsOf(server, ['a', 'other'])
    answerBy(server, { a: busy })
    await monitor.trigger('a')
    await pass(10 * minute, monitor)
    const tried = countOf(server, 'a')

    await monitor.deliver('other', 600)

    expect(countOf(server, 'a') - tried).toBeGreaterThanOrEqual(19)
    expect(countOf(server, 'a') - tried).toBeLessThanOrEqual(20)
  })

  test('has no more than four tried at once, so that those that hang leave room for others', async () => {
    await using server = await providerServer()
    const hanging = Array.from({ length: 20 }, (_, index) => `hanging-${index}`)
    const monitor = await alertsOf(server, [...hanging, 'other'])
    server.answer(busy)
    for (const name of hanging) await monitor.trigger(name)
    await pass(110 * second, monitor)
    const before = server.requests.length
    server.answer(({ path }) => (path === '/other' ? well : 'hang'))

    for (let round = 0; round < 10; round += 1) {
      const received = countOf(server, 'other')
      monitor.handle('other', round % 2 === 1)
      while (countOf(server, 'other') === received) await server.received(server.requests.length + 1)
      while (monitor.alerting.deliveries().get('test')?.delivered !== round + 1) await monitor.clock.advance(0)
    }

    expect(pathsOf(server, before).filter((path) => path !== 'other')).toEqual(hanging.slice(0, 4))
    await monitor.alerting.close(0)
  })
})

describe('after a restart', () => {
  /** Leaves `a` waiting since `secondsAgo`, and starts again. */
  async function restarted(server: ProviderServer, secondsAgo: number, { reply = busy, clockStepMs = 0 } = {}) {
    const before = await alertsOf(server, ['a', 'other'])
    server.answer(busy)
    await before.trigger('a')
    await pass(74 * second, before)
    server.answer(reply)
    await pass(second, before)
    await pass(secondsAgo * second, before)
    await before.alerting.close(0)
    const clock = fakeClock(before.clock.now() + clockStepMs)
    const { store, endpoints, log } = before
    const alerting = createAlerting({ store, clock, log, random: () => 0 })
    await alerting.start({ alerting: true, endpoints })
    server.answer(well)
    return {
      clock,
      alerting,
      async deliver(success = false) {
        const [, other] = endpoints
        if (other !== undefined) alerting.handle(other, resultAt(clock.now(), success, { key: other.key }))
        await alerting.idle()
      },
    }
  }

  test('an alert that waited is brought forward all the same', async () => {
    await using server = await providerServer()
    const monitor = await restarted(server, 40)
    const before = server.requests.length

    await pass(0, monitor)
    await monitor.clock.advance(0)
    await monitor.deliver()

    expect(pathsOf(server, before)).toEqual(['other', 'a'])
  })

  test('one that was just tried is left alone for the rest of the 30 s', async () => {
    await using server = await providerServer()
    const monitor = await restarted(server, 10)
    const before = server.requests.length

    await pass(19 * second, monitor)
    await monitor.deliver()
    expect(pathsOf(server, before)).toEqual(['other'])
    await pass(second, monitor)
    await monitor.deliver(true)

    expect(pathsOf(server, before)).toEqual(['other', 'other', 'a'])
  })

  test('one whose clock was set back meanwhile waits 30 s anew, not longer', async () => {
    await using server = await providerServer()
    const monitor = await restarted(server, 40, { clockStepMs: -60 * minute })
    const before = server.requests.length

    await pass(29 * second, monitor)
    await monitor.deliver()
    expect(pathsOf(server, before)).toEqual(['other'])
    await pass(second, monitor)
    await monitor.deliver(true)

    expect(pathsOf(server, before)).toEqual(['other', 'other', 'a'])
  })

  test('one that waits longer than it would by itself is left alone, since the provider asked for that', async () => {
    await using server = await providerServer()
    const reply = { status: 429, headers: { 'retry-after': '600' } }
    const monitor = await restarted(server, 40, { reply })
    const before = server.requests.length

    await pass(500 * second, monitor)
    await monitor.deliver()

    expect(pathsOf(server, before)).toEqual(['other'])
  })
})

describe('many alerts', () => {
  test('are told without waiting for their turns when a provider comes back', async () => {
    await using server = await providerServer()
    const names = Array.from({ length: 100 }, (_, index) => `${index}`)
    const monitor = await alertsOf(server, [...names, 'other'])
    server.answer(busy)
    for (const name of names) monitor.handle(name, false)
    await monitor.alerting.idle()
    for (const name of names) monitor.handle(name, true)
    await pass(110 * second, monitor, 5 * second)
    server.answer(well)

    await monitor.trigger('other')

    expect(monitor.alerting.health().pending).toBe(0)
    expect(entriesOf(monitor).filter(({ state }) => state === 'delivered')).toHaveLength(201)
  })
})
