import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { fakeClock } from '../../../../test/support/fake-clock.ts'
import { eventually } from '../../../../test/support/program.ts'
import { createLiveFeed } from './live.ts'

async function servedFeed() {
  const clock = fakeClock()
  const feed = createLiveFeed({ clock, build: 'test' })
  const server = createServer((request, response) => {
    const last = request.headers['last-event-id']
    feed.open(response, last === undefined ? undefined : Number(last))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    clock,
    feed,
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      feed.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function stream(url: string, headers: Record<string, string> = {}) {
  const controller = new AbortController()
  const response = await fetch(url, { headers, signal: controller.signal })
  let text = ''
  const reading = (async () => {
    const decoder = new TextDecoder()
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk)
  })().catch(() => {})
  const end = () => {
    controller.abort()
    return reading
  }
  return { text: () => text, end }
}

test('sends the newest result of each endpoint, at most once a second', async () => {
  await using served = await servedFeed()
  const client = await stream(served.url)
  await eventually(() => client.text().includes('event: hello'))

  served.feed.publish(['_a', 'up', 10, 'u', 1])
  served.feed.publish(['_a', 'down', null, 'd', 2])
  served.feed.publish(['_b', 'up', 12, 'u', 2])
  await served.clock.advance(1_000)
  await eventually(() => client.text().includes('event: r'))
  await client.end()

  expect(client.text()).toContain('id: 1\nevent: r\ndata: [["_a","down",null,"d",2],["_b","up",12,"u",2]]\n\n')
})

test('a change of state is told even when another result came after it', async () => {
  await using served = await servedFeed()
  const client = await stream(served.url)
  await eventually(() => client.text().includes('event: hello'))

  served.feed.publish(['_a', 'down', null, 'd', 1, 1])
  served.feed.publish(['_a', 'down', null, 'd', 2])
  await served.clock.advance(1_000)
  await eventually(() => client.text().includes('event: r'))
  await client.end()

  expect(client.text()).toContain('data: [["_a","down",null,"d",2,1]]\n\n')
})

test('a client that comes back gets what it missed', async () => {
  await using served = await servedFeed()
  served.feed.reloaded()
  served.feed.reloaded()
  served.feed.reloaded()

  const client = await stream(served.url, { 'last-event-id': '1' })
  await eventually(() => client.text().includes('id: 3'))
  await client.end()

  expect(client.text()).not.toContain('id: 1\n')
  expect(client.text()).toContain('id: 2\n')
  expect(client.text()).toContain('"from":1,')
})

test('a client that was away for too long, or comes from another monitor, is not told that nothing is missing', async () => {
  await using served = await servedFeed()
  for (let i = 0; i < 1_002; i++) served.feed.reloaded()

  const late = await stream(served.url, { 'last-event-id': '1' })
  const strange = await stream(served.url, { 'last-event-id': '5000' })
  const same = await stream(served.url, { 'last-event-id': '1002' })
  await eventually(() => [late, strange, same].every((client) => client.text().includes('event: hello')))
  for (const client of [late, strange, same]) await client.end()

  expect(late.text()).not.toContain('"from"')
  expect(late.text()).not.toContain('event: c')
  expect(strange.text()).not.toContain('"from"')
  expect(same.text()).toContain('"from":1002,')
})

test('pings while somebody listens', async () => {
  await using served = await servedFeed()
  const client = await stream(served.url)
  await eventually(() => served.feed.streams() === 1)

  await served.clock.advance(15_000)
  await eventually(() => client.text().includes('event: ping'))
  await client.end()

  await eventually(() => served.feed.streams() === 0)
})
