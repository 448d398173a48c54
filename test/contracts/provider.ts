import { describe, expect, test } from 'vitest'
import type { AlertProvider } from '../../apps/monitor/src/alerting/providers/define.ts'
import { sampleNotice } from '../../apps/monitor/src/alerting/sample.ts'
import { bindDestination, destinationFrom, plainDestination } from '../../apps/monitor/src/config/destination.ts'
import type { Notice } from '../../apps/monitor/src/domain/notice.ts'
import type { Destination } from '../../apps/monitor/src/domain/ports.ts'
import { providerServer, type Reply } from '../fixtures/provider-server.ts'
import { entriesOf, pass, resultAt, ruleTo, startAlerting } from '../support/alerting.ts'

const second = 1_000

interface ProviderCase {
  readonly provider: AlertProvider
  /** Settings as in a configuration, for a service at `url`, with `secret` wherever the provider takes one. */
  settings(url: string, secret: string): Readonly<Record<string, unknown>>
}

/** Looks like a secret in an address, and needs no escapes there. */
const secret = 'xoxb-4f8e-provider-secret'

/** What every provider of alerts must do, whatever its messages look like. */
export function providerContract({ provider, settings }: ProviderCase): void {
  const destinationAt = (url: string): Destination => provider.bind(provider.settings.parse(settings(url, secret)))

  async function startFor(url: string, change: Partial<Destination> = {}) {
    const destination = { ...destinationAt(url), ...change }
    const monitor = await startAlerting([ruleTo(destination, { description: 'the shop is closed' })])
    const everythingSaid = () => JSON.stringify([monitor.log.lines, entriesOf(monitor), monitor.alerting.health()])
    return { ...monitor, everythingSaid }
  }

  describe(`the provider ${provider.type}`, () => {
    test('hands its secret to the service, and to nobody else', async () => {
      await using server = await providerServer()
      server.answer({
        status: 404,
        body: `cannot post to ${server.url} with ${secret} or ${encodeURIComponent(secret)}`,
      })
      const monitor = await startFor(server.url)

      await monitor.result(false)

      expect(JSON.stringify(server.requests)).toContain(secret)
      expect(monitor.everythingSaid()).not.toContain(secret)
      expect(monitor.everythingSaid()).toContain('<redacted>')
    })

    test('has the type of its destinations, and a time-out', () => {
      const destination = destinationAt('http://127.0.0.1')

      expect(destination.type).toBe(provider.type)
      expect(destination.timeoutMs).toBeGreaterThan(0)
      expect(destination.timeoutMs).toBeLessThanOrEqual(60 * second)
    })

    test('sends the same from settings that another thread has read', () => {
      const destination = bindDestination(provider, provider.settings.parse(settings('http://127.0.0.1', secret)))
      const arrived = destinationFrom(structuredClone(plainDestination(destination)))
      const notice = sampleNotice({ type: provider.type, kind: 'trigger', now: 0, incidentId: 'incident' })

      expect(arrived.request(notice)).toEqual(destination.request(notice))
      expect(arrived).toEqual({ ...destination, request: arrived.request })
    })

    test('sends one request for a trigger, and one for its resolve', async () => {
      await using server = await providerServer()
      const monitor = await startFor(server.url)

      await monitor.result(false)
      await monitor.result(true)

      expect(server.requests).toHaveLength(2)
      expect(server.requests[0]).not.toEqual(server.requests[1])
      expect(entriesOf(monitor).map(({ state }) => state)).toEqual(['delivered', 'delivered'])
    })

    const once: [string, Reply][] = [
      ['200', { status: 200 }],
      ['204', { status: 204 }],
      ['404', { status: 404 }],
      ['410', { status: 410 }],
    ]
    test.each(once)('is not tried again after %s', async (_, reply) => {
      await using server = await providerServer()
      server.answer(reply)
      const monitor = await startFor(server.url)

      await monitor.result(false)
      await pass(60 * second, monitor)

      expect(server.requests).toHaveLength(1)
    })

    const again: [string, Reply][] = [
      ['408', { status: 408 }],
      ['429 with Retry-After', { status: 429, headers: { 'retry-after': '20' } }],
      ['503', { status: 503, body: `busy, ${secret}` }],
      ['a reset', 'reset'],
    ]
    test.each(again)('is tried again after %s', async (_, reply) => {
      await using server = await providerServer()
      server.answer(reply)
      const monitor = await startFor(server.url)

      await monitor.result(false)
      server.answer({ status: 200 })
      await pass(30 * second, monitor)

      expect(server.requests).toHaveLength(2)
      expect(entriesOf(monitor)).toMatchObject([{ state: 'delivered', attempts: 2 }])
      expect(monitor.everythingSaid()).not.toContain(secret)
    })

    test('is tried again after no answer', async () => {
      await using server = await providerServer()
      server.answer('hang')
      const monitor = await startFor(server.url)

      monitor.alerting.handle(monitor.endpoint, resultAt(monitor.clock.now(), false))
      await server.received(1)
      server.answer({ status: 200 })
      await monitor.clock.advance(monitor.endpoint.alerts[0]?.destination?.timeoutMs ?? 0)
      await monitor.alerting.idle()
      await pass(30 * second, monitor)

      expect(entriesOf(monitor)).toMatchObject([{ state: 'delivered', attempts: 2 }])
    })

    test('follows a redirect', async () => {
      await using server = await providerServer()
      server.answer(({ path }) =>
        path === '/moved' ? { status: 200 } : { status: 308, headers: { location: '/moved' } },
      )
      const monitor = await startFor(server.url)

      await monitor.result(false)

      expect(server.requests.map(({ path }) => path)).toEqual([expect.any(String), '/moved'])
      expect(server.requests[1]?.body).toBe(server.requests[0]?.body)
    })

    test.each(unusual)('sends a notice with %s', async (_, change) => {
      await using server = await providerServer()
      const destination = destinationAt(server.url)
      const request = (notice: Notice) => destination.request(change(notice))
      const monitor = await startFor(server.url, { request })

      await monitor.result(false)

      expect(entriesOf(monitor)).toMatchObject([{ state: 'delivered' }])
      const { headers, body = '' } = server.requests[0] ?? {}
      if (headers?.['content-type'] === 'application/json') expect(() => JSON.parse(body)).not.toThrow()
    })
  })
}

const withResult = (result: Partial<Notice['result']>) => (notice: Notice) => ({
  ...notice,
  result: { ...notice.result, ...result },
})
const withDescription = (description: string) => (notice: Notice) => ({
  ...notice,
  alert: { ...notice.alert, description },
})

const unusual: [string, (notice: Notice) => Notice][] = [
  ['no description', withDescription('')],
  ['a description of several lines', withDescription('one\ntwo\r\n\nthree')],
  ['quotes and markup', withDescription(`"it's" <b>&amp;</b> \`code\` *bold* $& $1 \\`)],
  ['emoji', withDescription('👩🏽‍🚒'.repeat(3_000))],
  ['half an emoji', withDescription('\ud83d')],
  ['long errors', withResult({ errors: Array.from({ length: 20 }, () => 'x"'.repeat(2_048)) })],
  ['no conditions', withResult({ conditions: [] })],
  [
    'many long conditions',
    withResult({ conditions: Array.from({ length: 200 }, () => ({ condition: '`'.repeat(1_024), success: false })) }),
  ],
]
