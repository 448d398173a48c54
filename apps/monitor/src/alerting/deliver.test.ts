import { describe, expect, test } from 'vitest'
import { providerServer } from '../../../../test/fixtures/provider-server.ts'
import {
  destinationAt,
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

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

describe('retries', () => {
  test('tries again from 5 s on, ever more slowly, until it is delivered once', async () => {
    await using server = await providerServer()
    server.answer({ status: 503, body: 'busy' })
    const monitor = await startAlerting([ruleTo(destinationAt(server.url))])

    await monitor.result(false)
    await pass(4 * second, monitor)
    expect(server.requests).toHaveLength(1)
    await pass(second, monitor)
    expect(server.requests).toHaveLength(2)
    await pass(9 * second, monitor)
    expect(server.requests).toHaveLength(2)
    expect(entriesOf(monitor)).toMatchObject([{ state: 'pending', attempts: 2, error: 'answered 503: busy' }])
    server.answer({ status: 204 })
    await pass(hour, monitor)

    expect(server.requests).toHaveLength(3)
    expect(new Set(sent(server).map(({ id }) => id)).size).toBe(1)
    expect(entriesOf(monitor)).toMatchObject([{ state: 'delivered', attempts: 3, error: undefined }])
    expect(monitor.alerting.health()).toEqual({ failing: [], pending: 0 })
  })

  test('delivers trigger, reminders and resolve in order after an hour without the provider', async () => {
    await using server = await providerServer()
    server.answer('reset')
    const monitor = await startAlerting([ruleTo(destinationAt(server.url), { minimumReminderIntervalMs: 30 * minute })])

    await monitor.result(false)
    await pass(30 * minute, monitor)
    await monitor.result(false)
    await pass(20 * minute, monitor)
    await monitor.result(true)
    await pass(10 * minute, monitor)
    const failed = server.requests.length
    expect(monitor.alerting.health()).toMatchObject({ pending: 3, failing: [{ type: 'test' }] })
    server.answer({ status: 200 })
    await pass(16 * minute, monitor)

    expect(failed).toBe(14)
    expect(sent(server).slice(failed)).toMatchObject([
      { kind: 'trigger', late: true },
      { kind: 'remind', late: true },
      { kind: 'resolve', late: false },
    ])
    expect(entriesOf(monitor).every(({ state }) => state === 'delivered')).toBe(true)
  })

  test('marks a trigger late whose alert resolved without a notice', async () => {
    await using server = await providerServer()
    server.answer({ status: 500 })
    const monitor = await startAlerting([ruleTo(destinationAt(server.url), { sendOnResolved: false })])

    await monitor.result(false)
    await monitor.result(true)
    server.answer({ status: 200 })
    await pass(10 * second, monitor)

    expect(sent(server).map(({ late }) => late)).toEqual([false, true])
  })

  test('gives up after a day, and triggers again if the endpoint still fails', async () => {
    await using server = await providerServer()
    server.answer({ status: 502 })
    const monitor = await startAlerting([ruleTo(destinationAt(server.url))])

    await monitor.result(false)
    await pass(day, monitor, 5 * second)
    expect(entriesOf(monitor)).toMatchObject([{ state: 'expired', error: 'answered 502' }])
    server.answer({ status: 200 })
    await monitor.result(false)

    expect(entriesOf(monitor)).toMatchObject([{ state: 'expired' }, { state: 'delivered' }])
  })

  /** A notice that waits, and a second process, whose clock says that two days have passed since. */
  async function restartedTwoDaysLater(url: string) {
    const rules = [ruleTo(destinationAt(url))]
    const first = await startAlerting(rules)
    await first.result(false)
    await first.alerting.close(0)
    const clock = fakeClock(first.clock.now() + 2 * day)
    return startAlerting(rules, { clock, store: first.store })
  }

  test('gives up nothing for being old before it has tried for hours itself, since the clock may have been set', async () => {
    await using server = await providerServer()
    server.answer({ status: 503 })
    const monitor = await restartedTwoDaysLater(server.url)

    await pass(5 * hour, monitor, 5 * second)
    const state = entriesOf(monitor)[0]?.state
    server.answer({ status: 200 })
    await pass(15 * minute, monitor, 5 * second)

    expect(state).toBe('pending')
    expect(entriesOf(monitor)).toMatchObject([{ state: 'delivered' }])
  })

  test('gives up what is older than a day once it has tried for six hours itself', async () => {
    await using server = await providerServer()
    server.answer({ status: 503 })
    const monitor = await restartedTwoDaysLater(server.url)

    await pass(6 * hour, monitor, 5 * second)

    expect(entriesOf(monitor)).toMatchObject([{ state: 'expired' }])
  })

  test.each([
    ['seconds', () => '120'],
    ['a date', (now: number) => new Date(now + 120 * second).toUTCString()],
  ])('waits as long as Retry-After asks in %s', async (_, retryAfter) => {
    await using server = await providerServer()
    const monitor = await startAlerting([ruleTo(destinationAt(server.url))])
    server.answer({ status: 429, headers: { 'retry-after': retryAfter(monitor.clock.now()) } })

    await monitor.result(false)
    server.answer({ status: 200 })
    await pass(119 * second, monitor)
    expect(server.requests).toHaveLength(1)
    await pass(second, monitor)

    expect(server.requests).toHaveLength(2)
  })

  test('waits at most an hour for a provider that asks for a year', async () => {
    await using server = await providerServer()
    const monitor = await startAlerting([ruleTo(destinationAt(server.url))])
    server.answer({ status: 503, headers: { 'retry-after': '31536000' } })

    await monitor.result(false)
    await pass(hour, monitor, 5 * second)

    expect(server.requests).toHaveLength(2)
  })

  test('ends an attempt that gets no answer', async () => {
    await using server = await providerServer()
    server.answer('hang')
    const monitor = await startAlerting([ruleTo(destinationAt(server.url))])

    monitor.alerting.handle(monitor.endpoint, resultAt(monitor.clock.now(), false))
    await server.received(1)
    await monitor.clock.advance(10 * second)
    await monitor.alerting.idle()

    expect(entriesOf(monitor)).toMatchObject([{ state: 'pending', error: 'gave no answer within 10000 ms' }])
  })

  test('counts the waiting for an answer that never ends', async () => {
    await using server = await providerServer()
    server.answer({ status: 400, body: 'x'.repeat(1_000_000) })
    const monitor = await startAlerting([ruleTo(destinationAt(server.url))])

    await monitor.result(false)

    const [entry] = entriesOf(monitor)
    expect(entry?.error).toHaveLength(500)
    expect(entry?.error).toMatch(/^answered 400: x+…$/)
  })
})

describe('permanent refusals', () => {
  test('are not tried again, and shown', async () => {
    await using server = await providerServer()
    server.answer({ status: 404, body: 'no such webhook' })
    const monitor = await startAlerting([ruleTo(destinationAt(server.url))])

    await monitor.result(false)
    await pass(hour, monitor, minute)

    expect(server.requests).toHaveLength(1)
    expect(entriesOf(monitor)).toMatchObject([{ state: 'refused', error: 'answered 404: no such webhook' }])
    expect(monitor.alerting.health().failing).toMatchObject([{ type: 'test', error: 'answered 404: no such webhook' }])
    expect(monitor.store.stateOf('core_api', 'a')).toEqual({ failuresInARow: 1, successesInARow: 0, triggered: false })
    expect(monitor.alerting.deliveries().get('test')).toEqual({
      delivered: 0,
      failedAttempts: 0,
      refused: 1,
      expired: 0,
    })
  })

  test.each([
    ['an url that is none', { url: 'not an url' }, 'the url is not valid'],
    ['a line break in the url', { url: 'http://127.0.0.1/a\nb' }, 'the url is not valid'],
    ['another protocol', { url: 'ftp://127.0.0.1/' }, 'the url must start with http:// or https://, not ftp:'],
    ['a method that is none', { method: 'NOT A METHOD' }, 'invalid request method'],
    ['a header that is none', { headers: { 'x y': '1' } }, 'invalid header'],
  ])('include %s', async (_, change, error) => {
    await using server = await providerServer()
    const request = { method: 'POST', url: server.url, headers: {}, body: undefined, ...change }
    const monitor = await startAlerting([ruleTo(destinationAt(server.url, { request: () => request }))])

    await monitor.result(false)

    expect(entriesOf(monitor)).toMatchObject([{ state: 'refused', error: expect.stringContaining(error) }])
  })

  test('include a request that cannot be built', async () => {
    const request = () => {
      throw new Error('no template for s3cret-token')
    }
    const monitor = await startAlerting([ruleTo(destinationAt('http://127.0.0.1', { request }))])

    await monitor.result(false)

    expect(entriesOf(monitor)).toMatchObject([
      { state: 'refused', error: 'the request cannot be built: no template for <redacted>' },
    ])
  })

  test('of a trigger take its waiting reminders along, and the next failure triggers again', async () => {
    await using server = await providerServer()
    server.answer({ status: 503 })
    const monitor = await startAlerting([ruleTo(destinationAt(server.url), { minimumReminderIntervalMs: 5 * minute })])

    await monitor.result(false)
    await pass(5 * minute, monitor)
    await monitor.result(false)
    server.answer({ status: 410 })
    await pass(5 * minute, monitor)
    server.answer({ status: 200 })
    await monitor.result(false)

    expect(entriesOf(monitor)).toMatchObject([
      { state: 'refused', error: 'answered 410', content: { kind: 'trigger' } },
      { state: 'refused', error: 'its trigger was given up', content: { kind: 'remind' } },
      { state: 'delivered', content: { kind: 'trigger' } },
    ])
  })
})

describe('redirects', () => {
  test.each([
    [301, 'GET', ''],
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', expect.stringContaining('trigger')],
    [308, 'POST', expect.stringContaining('trigger')],
  ])('%i is followed with %s', async (status, method, body) => {
    await using server = await providerServer()
    server.answer(({ path }) => (path === '/api' ? { status, headers: { location: '/moved' } } : { status: 200 }))
    const monitor = await startAlerting([ruleTo(destinationAt(server.url))])

    await monitor.result(false)

    expect(server.requests[1]).toMatchObject({ path: '/moved', method, body })
    expect(server.requests[1]?.headers.authorization).toBe('Bearer s3cret-token')
    expect(entriesOf(monitor)).toMatchObject([{ state: 'delivered' }])
  })

  test('to another server leave credentials behind', async () => {
    await using server = await providerServer()
    await using other = await providerServer()
    server.answer({ status: 307, headers: { location: `${other.url}/there` } })
    const monitor = await startAlerting([ruleTo(destinationAt(server.url))])

    await monitor.result(false)

    expect(other.requests).toMatchObject([{ path: '/there' }])
    expect(other.requests[0]?.headers.authorization).toBeUndefined()
  })

  test('are the answer where they are not to be followed', async () => {
    await using server = await providerServer()
    server.answer({ status: 302, headers: { location: '/moved' } })
    const monitor = await startAlerting([ruleTo(destinationAt(server.url, { ignoreRedirect: true }))])

    await monitor.result(false)

    expect(server.requests).toHaveLength(1)
    expect(entriesOf(monitor)).toMatchObject([{ state: 'delivered' }])
  })

  test('in a circle end', async () => {
    await using server = await providerServer()
    server.answer({ status: 307, headers: { location: '/api' } })
    const monitor = await startAlerting([ruleTo(destinationAt(server.url))])

    await monitor.result(false)

    expect(server.requests).toHaveLength(11)
    expect(entriesOf(monitor)).toMatchObject([{ state: 'refused', error: 'was redirected more than 10 times' }])
  })
})

describe('many alerts', () => {
  test('a provider that hangs does not hold back another', async () => {
    await using slow = await providerServer()
    await using quick = await providerServer()
    slow.answer('hang')
    const hanging = Array.from({ length: 30 }, (_, index) => ruleTo(destinationAt(slow.url), { id: `slow-${index}` }))
    const monitor = await startAlerting([
      ...hanging,
      ruleTo(destinationAt(quick.url, { type: 'other' }), { id: 'quick' }),
    ])

    monitor.alerting.handle(monitor.endpoint, resultAt(monitor.clock.now(), false))
    await quick.received(1)
    await slow.received(8)

    expect(kindsOf(quick)).toEqual(['trigger'])
    expect(slow.requests).toHaveLength(8)
    await monitor.alerting.close(0)
  })

  test('one that flaps all through an outage keeps a bounded number of notices, whole incidents and the newest', async () => {
    await using server = await providerServer()
    server.answer({ status: 503 })
    const monitor = await startAlerting([ruleTo(destinationAt(server.url))])

    for (let round = 0; round < 100; round++) {
      await monitor.result(false)
      await monitor.result(true)
    }
    expect(monitor.alerting.health().pending).toBeLessThanOrEqual(20)
    const tried = server.requests.length
    server.answer({ status: 200 })
    await pass(30 * minute, monitor)

    const delivered = sent(server).slice(tried)
    expect(delivered.at(-1)).toMatchObject({ kind: 'resolve' })
    const triggered = delivered.filter(({ kind }) => kind === 'trigger').map(({ incidentId }) => incidentId)
    const resolved = delivered.filter(({ kind }) => kind === 'resolve').map(({ incidentId }) => incidentId)
    expect(triggered).toEqual(resolved)
    expect(entriesOf(monitor).filter(({ state }) => state === 'pending')).toEqual([])
  })

  test('one that gives an incident up has its resolve written after its trigger, even where the store refuses that', async () => {
    await using server = await providerServer()
    server.answer({ status: 503 })
    const memory = memoryStore()
    let refusing = true
    const ended: string[] = []
    const store = {
      ...memory,
      async updateNotice(...row: Parameters<typeof memory.updateNotice>) {
        const [{ state, content }] = row
        if (refusing && state === 'expired' && content.kind === 'trigger') throw new Error('disk full')
        await memory.updateNotice(...row)
        if (state === 'expired') ended.push(content.kind)
      },
    }
    const monitor = await startAlerting([ruleTo(destinationAt(server.url))], { store })

    for (let round = 0; round < 11; round++) {
      await monitor.result(false)
      await pass(second, monitor)
      await monitor.result(true)
      await pass(second, monitor)
    }
    const endedMeanwhile = [...ended]
    refusing = false
    await pass(5 * second, monitor)

    expect(endedMeanwhile).toEqual([])
    expect(ended).toEqual(['trigger', 'resolve'])
  })
})
