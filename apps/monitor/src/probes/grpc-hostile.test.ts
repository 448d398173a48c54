import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createConnection, createServer as createTcpServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { certificates } from '../../../../test/fixtures/servers/certificates.ts'
import {
  answerCall,
  framed,
  grpcStreamServer,
  pourZeros,
} from '../../../../test/fixtures/servers/grpc-stream-server.ts'
import { listening } from '../../../../test/fixtures/servers/listening.ts'
import { briefly, probing } from '../../../../test/support/grpc-probing.ts'
import { targetOf } from '../../../../test/support/target.ts'

/** How many connections of this process are being made. */
const connecting = () => process.getActiveResourcesInfo().filter((name) => name === 'ConnectWrap').length

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
  const controller = new AbortController()

  const seeing = grpc.observe(targetOf({ url: `grpc://127.0.0.1:${address.port}` }), controller.signal)
  await expect.poll(connecting).toBe(1)
  controller.abort(new Error('timeout after 10 s'))
  const seen = await seeing
  await expect.poll(connecting).toBe(0)

  expect(seen.errors).toEqual(['rpc error: code = DeadlineExceeded desc = timeout after 10 s'])
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

test('reports a certificate of ours that is none', async () => {
  await using server = await listening(createTlsServer(tlsOptions, silent))
  await using grpc = probing()
  const tls = { certificate: 'no', privateKey: 'no' }

  const seen = await grpc.observe(targetOf({ url: `grpcs://127.0.0.1:${server.port}`, client: { tls } }))
  await expect.poll(() => server.open).toBe(0)

  expect(seen).toMatchObject({ connected: false, errors: [expect.stringMatching(/^rpc error: code = Unavailable /)] })
})
