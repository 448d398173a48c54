import { PerformanceObserver } from 'node:perf_hooks'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, expect, test, vi } from 'vitest'
import { certificates } from '../../../../test/fixtures/servers/certificates.ts'
import { answerCall, grpcStreamServer, servingMessage } from '../../../../test/fixtures/servers/grpc-stream-server.ts'
import { type Listening, listening } from '../../../../test/fixtures/servers/listening.ts'
import { closedPort } from '../../../../test/fixtures/servers/tcp-server.ts'
import { probing } from '../../../../test/support/grpc-probing.ts'
import { targetOf } from '../../../../test/support/target.ts'

afterEach(() => void vi.unstubAllEnvs())

const serve = () => grpcStreamServer((stream) => answerCall(stream, servingMessage))

const serving = { connected: true, errors: [], body: '{"status":"SERVING"}' }

/** How many sockets keep this process running. */
const busySockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length

test('keeps one connection for the checks of a target, until it is forgotten', async () => {
  await using server = await serve()
  await using grpc = probing()
  const target = targetOf({ url: `grpc://127.0.0.1:${server.port}` })

  const seen = [await grpc.observe(target), await grpc.observe(target), await grpc.observe(target)]
  const { accepted } = server
  grpc.forget(target)
  await expect.poll(() => server.open).toBe(0)

  expect(seen).toMatchObject([serving, serving, serving])
  expect(accepted).toBe(1)
})

test('keeps no process running with a connection that waits for the next check', async () => {
  await using server = await serve()
  await using grpc = probing()
  const before = busySockets()

  await grpc.observe(targetOf({ url: `grpc://127.0.0.1:${server.port}` }))

  // The one that is left is the server's side of it.
  expect([busySockets() - before, server.open]).toEqual([1, 1])
})

test.each([
  ['cut', (server: Listening) => server.cutAll()],
  ['reset', (server: Listening) => server.resetAll()],
])('takes a connection that was %s between two checks for no failure', async (_, end) => {
  await using server = await serve()
  await using grpc = probing()
  const target = targetOf({ url: `grpc://127.0.0.1:${server.port}` })
  const seen = []

  // The end is noticed before the question, while it is asked, or after.
  for (let pause = 0; pause < 20; pause += 1) {
    seen.push(await grpc.observe(target))
    end(server)
    for (let turn = 0; turn < pause % 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  }

  expect(seen.flatMap(({ errors }) => errors)).toEqual([])
  expect(server.accepted).toBe(20)
})

test('looks a name up for each new connection, and for no other check', async () => {
  await using server = await serve()
  await using grpc = probing()
  const target = targetOf({ url: `grpc://localhost:${server.port}` })
  let lookups = 0
  const observer = new PerformanceObserver((list) => {
    lookups += list.getEntriesByName('lookup').length
  })
  observer.observe({ entryTypes: ['dns'] })
  using _observer = { [Symbol.dispose]: () => observer.disconnect() }

  await grpc.observe(target)
  await grpc.observe(target)
  await expect.poll(() => lookups).toBe(1)
  server.cutAll()
  await expect.poll(() => server.open).toBe(0)
  await grpc.observe(target)

  await expect.poll(() => lookups).toBe(2)
  expect(server.accepted).toBe(2)
})

test('takes a connection that the server said goodbye on for no failure', async () => {
  await using server = await grpcStreamServer((stream) => {
    answerCall(stream, servingMessage)
    stream.session?.goaway()
  })
  await using grpc = probing()
  const target = targetOf({ url: `grpc://127.0.0.1:${server.port}` })

  const seen = [await grpc.observe(target), await grpc.observe(target), await grpc.observe(target)]

  expect(seen).toMatchObject([serving, serving, serving])
  expect(server.accepted).toBe(3)
})

test('asks again when a kept connection ends under the question', async () => {
  let calls = 0
  await using server = await grpcStreamServer((stream) => {
    calls += 1
    if (calls === 2) stream.session?.destroy()
    else answerCall(stream, servingMessage)
  })
  await using grpc = probing()
  const target = targetOf({ url: `grpc://127.0.0.1:${server.port}` })

  const seen = [await grpc.observe(target), await grpc.observe(target)]

  expect(seen).toMatchObject([serving, serving])
  expect([server.accepted, calls]).toEqual([2, 3])
})

test('asks a server that closes every connection twice at most', async () => {
  let calls = 0
  await using server = await grpcStreamServer((stream) => {
    calls += 1
    if (calls === 1) answerCall(stream, servingMessage)
    else stream.session?.destroy()
  })
  await using grpc = probing()
  const target = targetOf({ url: `grpc://127.0.0.1:${server.port}` })

  await grpc.observe(target)
  const seen = await grpc.observe(target)

  expect(seen.errors).toEqual(['rpc error: code = Unavailable desc = connection closed by the other side'])
  expect(calls).toBe(3)
})

const tlsOptions = { ...certificates.server, ALPNProtocols: ['h2'] }

test('names itself, and what is asked for, and how long it waits', async () => {
  const asked: unknown[] = []
  await using server = await grpcStreamServer((stream, headers) => {
    asked.push([headers['user-agent'], headers[':authority'], headers[':path'], headers['grpc-timeout']])
    answerCall(stream, servingMessage)
  })
  await using grpc = probing()

  await grpc.observe(targetOf({ url: `grpc://localhost:${server.port}`, client: { timeoutMs: 7_000 } }))

  expect(asked).toEqual([
    [
      expect.stringMatching(/^Vedette\/\d/),
      `localhost:${server.port}`,
      '/grpc.health.v1.Health/Check',
      expect.stringMatching(/^7\d\d\dm$/),
    ],
  ])
})

test.each([
  ['localhost', 'localhost'],
  ['127.0.0.1', false],
])('asks for the certificate of %s', async (host, name) => {
  const named: unknown[] = []
  const tls = createTlsServer(tlsOptions, (socket) => {
    named.push(socket.servername)
    socket.destroy()
  })
  await using server = await listening(tls)
  await using grpc = probing()

  await grpc.observe(targetOf({ url: `grpcs://${host}:${server.port}`, client: { insecure: true } }))

  expect(named).toEqual([name])
})

test('reports that nobody listens at an IPv6 address', async () => {
  await using grpc = probing()

  const seen = await grpc.observe(targetOf({ url: `grpc://[::1]:${await closedPort()}` }))

  expect(seen.errors.join()).toMatch(
    /^rpc error: code = Unavailable desc = (connection refused|address not available)$/,
  )
})

test('goes through no proxy that the environment names', async () => {
  for (const name of ['grpc_proxy', 'https_proxy', 'http_proxy']) {
    vi.stubEnv(name, `http://127.0.0.1:${await closedPort()}`)
  }
  await using server = await serve()
  await using grpc = probing()

  const seen = await grpc.observe(targetOf({ url: `grpc://localhost:${server.port}` }))

  expect(seen).toMatchObject(serving)
})
