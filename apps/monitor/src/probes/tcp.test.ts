import { expect, test } from 'vitest'
import { tcpServer } from '../../../../test/fixtures/servers/tcp-server.ts'
import { targetOf } from '../../../../test/support/target.ts'
import { systemClock } from '../lib/clock.ts'
import { createTcpProbe, tcp } from './tcp.ts'

const observe = (url: string, body = '', signal = AbortSignal.timeout(10_000)) =>
  createTcpProbe({ clock: systemClock }).observe(targetOf({ url, body }), { signal, needs: new Set() })

test('is content with a connection where there is no body to send', async () => {
  await using server = await tcpServer((socket) => void socket.resume())

  const seen = await observe(`tcp://127.0.0.1:${server.port}`)

  expect(seen).toMatchObject({ connected: true, errors: [] })
  expect(seen.body).toBeUndefined()
})

test('sends the body as it is, and takes the first 1,024 bytes that come back', async () => {
  await using server = await tcpServer((socket) => {
    socket.on('data', (sent) => socket.write(`${sent}|${'x'.repeat(2_000)}`))
  })

  const seen = await observe(`tcp://127.0.0.1:${server.port}`, 'PING [ENDPOINT_NAME]')

  expect(seen).toMatchObject({ connected: true, errors: [] })
  expect(seen.body).toBe(`PING target|${'x'.repeat(1_024 - 12)}`)
})

test('knows the local address of its connection', async () => {
  await using server = await tcpServer((socket) => {
    socket.on('data', (sent) => socket.write(`${sent} ${socket.remoteAddress}:${socket.remotePort}`))
  })

  const seen = await observe(`tcp://127.0.0.1:${server.port}`, '[LOCAL_ADDRESS]')
  const [said, was] = seen.body?.split(' ') ?? []

  expect(said).toBe(was)
})

test('counts as not connected when nothing comes back', async () => {
  await using server = await tcpServer((socket) => {
    socket.on('data', () => socket.end())
  })

  const seen = await observe(`tcp://127.0.0.1:${server.port}`, 'x')

  expect(seen).toMatchObject({
    connected: false,
    errors: [`waiting for a reply from 127.0.0.1:${server.port}: connection closed without a reply`],
  })
})

test.each([
  ['tcp://example.org', 'the port is missing: write tcp://host:port'],
  ['tcp://:80', 'not a valid url: write tcp://host:port'],
  ['tcp://a b:80', 'not a valid url: write tcp://host:port'],
  ['tcp://[::1]:80', undefined],
])('of %s it says: %s', (url, problem) => {
  expect(tcp.problem?.(url)).toBe(problem)
})
