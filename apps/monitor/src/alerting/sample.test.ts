import { expect, test } from 'vitest'
import { providerServer } from '../../../../test/fixtures/provider-server.ts'
import { fakeClock } from '../../../../test/support/fake-clock.ts'
import { webhook } from './providers/webhook.ts'
import { sendSample } from './sample.ts'

const clock = fakeClock()
const destinationAt = (url: string) => webhook.bind(webhook.settings.parse({ url: `${url}/in/0123456789abcdef` }))

test('sends a trigger and its resolve, and says so', async () => {
  await using server = await providerServer()

  const report = await sendSample(destinationAt(server.url), { clock, group: 'core' })

  expect(report).toEqual({
    success: true,
    text: 'webhook: trigger delivered (answered 200)\nwebhook: resolve delivered (answered 200)',
  })
  const bodies = server.requests.map(({ body }) => JSON.parse(body))
  expect(bodies.map(({ kind }) => kind)).toEqual(['trigger', 'resolve'])
  expect(bodies[0]).toMatchObject({ endpoint: { group: 'core' }, incident: { id: bodies[1]?.incident.id } })
})

test('ends with the first that does not arrive, and says why without secrets', async () => {
  await using server = await providerServer()
  server.answer({ status: 404, body: 'nothing at /in/0123456789abcdef' })

  const report = await sendSample(destinationAt(server.url), { clock })

  expect(report.success).toBe(false)
  expect(report.text).toBe(
    'webhook: trigger refused, and would not be tried again: answered 404: nothing at <redacted>',
  )
})

test('says of a passing failure that it would be tried again', async () => {
  await using server = await providerServer()
  server.answer({ status: 503 })

  const report = await sendSample(destinationAt(server.url), { clock })

  expect(report.text).toBe('webhook: trigger failed, and would be tried again: answered 503')
})
