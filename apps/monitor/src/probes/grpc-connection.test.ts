import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createConnection, createServer as createTcpServer, type Socket } from 'node:net'
import { PerformanceObserver } from 'node:perf_hooks'
import { createServer as createTlsServer } from 'node:tls'
import { gzipSync } from 'node:zlib'
import type { Need } from '@vedette/conditions'
import { afterEach, expect, test, vi } from 'vitest'
import { certificates } from '../../../../test/fixtures/servers/certificates.ts'
import {
  answerCall,
  framed,
  grpcStreamServer,
  pourZeros,
  servingMessage,
} from '../../../../test/fixtures/servers/grpc-stream-server.ts'
import { type Listening, listening } from '../../../../test/fixtures/servers/listening.ts'
import { closedPort } from '../../../../test/fixtures/servers/tcp-server.ts'
import { targetOf } from '../../../../test/support/target.ts'
import type { CheckTarget } from '../domain/endpoint.ts'
import { systemClock } from '../lib/clock.ts'
import { createGrpcProbe } from './grpc-probe.ts'

afterEach(() => void vi.unstubAllEnvs())

function probing() {
  const probe = createGrpcProbe({ clock: systemClock })
  const needs: ReadonlySet<Need> = new Set(['body'])
  return {
    forget: probe.forget,
    observe: (target: CheckTarget, signal = AbortSignal.timeout(10_000)) => probe.observe(target, { signal, needs }),
    [Symbol.asyncDispose]: () => probe.close(),
  }
}

/** What a check that is given up after 300 ms sees. */
function briefly({ observe }: ReturnType<typeof probing>, target: CheckTarget) {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(new Error('timeout after 300 ms')), 300)
  return observe(target, controller.signal).finally(() => clearTimeout(timer))
}

const serve = () => grpcStreamServer((stream) => answerCall(stream, servingMessage))

const serving = { connected: true, errors: [], body: '{"status":"SERVING"}' }

/** How many sockets keep this process running. */
const busySockets = () => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length

/** How many connections of this process are being made. */
const connecting = () => process.getActiveResourcesInfo().filter((name) => name === 'ConnectWrap').length

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

const silent = (socket: Socket) => void socket.resume().on('error', () => {})

test.each([
  ['never answers a connection', 'grpc', () => createTcpServer(silent), 'DeadlineExceeded desc = timeout after 300 ms'],
  ['never answers a handshake', 'grpcs', () => createTcpServer(silent), 'DeadlineExceeded desc = timeout after 300 ms'],
  [
    'never speaks HTTP/2',
    'grpcs',
    () => createTlsServer(tlsOptions, silent),
    'DeadlineExceeded desc = timeout after 300 ms',
  ],
  [
    'speaks something else',
    'grpc',
    () => createTcpServer((socket) => socket.resume().write('220 mail.example.org ESMTP\r\n')),
    'Unavailable desc = Protocol error',
  ],
] as const)('lets go of a server that %s', async (_, scheme, create, reason) => {
  await using server = await listening(create())
  await using grpc = probing()

  const seen = await briefly(
    grpc,
    targetOf({ url: `${scheme}://127.0.0.1:${server.port}`, client: { insecure: true } }),
  )
  await expect.poll(() => server.open).toBe(0)

  expect(seen).toMatchObject({ connected: false, errors: [`rpc error: code = ${reason}`] })
})

/** Listens, and takes no connection: what is sent to it goes nowhere once two are waiting. */
const deafServer = `
  const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    require('node:fs').writeSync(1, String(server.address().port))
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20_000)
    process.exit()
  })`

test('lets go of a connection that is never made', async () => {
  const child = spawn(process.execPath, ['-e', deafServer], { stdio: ['ignore', 'pipe', 'inherit'] })
  using _child = { [Symbol.dispose]: () => void child.kill('SIGKILL') }
  const [said] = await once(child.stdout, 'data')
  const address = { host: '127.0.0.1', port: Number(said) }
  const waiting = [1, 2].map(() => createConnection(address).on('error', () => {}))
  using _waiting = { [Symbol.dispose]: () => waiting.forEach((socket) => void socket.destroy()) }
  await Promise.all(waiting.map((socket) => once(socket, 'connect')))
  await expect.poll(connecting).toBe(0)
  await using grpc = probing()

  const seeing = briefly(grpc, targetOf({ url: `grpc://127.0.0.1:${address.port}` }))
  await expect.poll(connecting).toBe(1)
  const seen = await seeing
  await expect.poll(connecting).toBe(0)

  expect(seen.errors).toEqual(['rpc error: code = DeadlineExceeded desc = timeout after 300 ms'])
})

const gzipped = (length: number) => framed(gzipSync(Buffer.alloc(length)), { compressed: true })

test.each([
  ['cannot be read', framed(Buffer.from([8, 1]), { compressed: true }), 'identity', 'Internal'],
  ['decompresses to a size larger than 65536', gzipped(5_000_000), 'gzip', 'ResourceExhausted'],
  ['Received message larger than max', framed(Buffer.alloc(100_000)), 'identity', 'ResourceExhausted'],
  ['No message received', Buffer.alloc(0), 'identity', 'Unimplemented'],
])('refuses an answer: %s', async (reason, answer, encoding, code) => {
  await using server = await grpcStreamServer((stream) => answerCall(stream, answer, { encoding }))
  await using grpc = probing()

  const seen = await grpc.observe(targetOf({ url: `grpc://127.0.0.1:${server.port}` }))
  await expect.poll(() => server.open).toBe(0)

  expect(seen.connected).toBe(false)
  expect(seen.errors.join()).toMatch(new RegExp(`^rpc error: code = ${code} desc = .*${reason}`))
})

test('takes no more memory the longer an answer is', async () => {
  await using server = await grpcStreamServer(pourZeros)
  await using grpc = probing()
  const target = targetOf({ url: `grpc://127.0.0.1:${server.port}` })
  await briefly(grpc, target)
  const before = process.memoryUsage().rss

  const seen = await Promise.all(Array.from({ length: 20 }, () => briefly(grpc, { ...target })))
  await expect.poll(() => server.open).toBe(0)

  expect(new Set(seen.flatMap(({ errors }) => errors))).toEqual(
    new Set(['rpc error: code = DeadlineExceeded desc = timeout after 300 ms']),
  )
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
})

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
  const tls = createTlsServer(tlsOptions, (socket) => named.push(socket.servername))
  await using server = await listening(tls)
  await using grpc = probing()

  await briefly(grpc, targetOf({ url: `grpcs://${host}:${server.port}`, client: { insecure: true } }))

  expect(named).toEqual([name])
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
