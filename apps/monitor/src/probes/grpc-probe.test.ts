import { ServerCredentials } from '@grpc/grpc-js'
import { expect, test } from 'vitest'
import { certificates } from '../../../../test/fixtures/servers/certificates.ts'
import { healthServer } from '../../../../test/fixtures/servers/grpc-server.ts'
import { probing } from '../../../../test/support/grpc-probing.ts'
import { targetOf } from '../../../../test/support/target.ts'

const serving = [8, 1]

test.each([
  ['SERVING', serving],
  ['NOT_SERVING', [8, 2]],
  ['UNKNOWN', []],
  ['SERVICE_UNKNOWN', [8, 3]],
])('reports %s', async (status, answer) => {
  await using server = await healthServer({ answers: { '': answer } })
  await using grpc = probing()

  const seen = await grpc.observe(targetOf({ url: `grpc://127.0.0.1:${server.port}` }))

  expect(seen).toMatchObject({ connected: true, errors: [], body: `{"status":"${status}"}` })
})

test('asks about the service that the path names, and calls an unknown one not found', async () => {
  await using server = await healthServer({ answers: { 'shop.Cart': serving } })
  await using grpc = probing()
  const url = `grpc://127.0.0.1:${server.port}`

  const known = await grpc.observe(targetOf({ url: `${url}/shop.Cart` }))
  const unknown = await grpc.observe(targetOf({ url: `${url}/other` }))

  expect(server.asked).toEqual(['shop.Cart', 'other'])
  expect(known.connected).toBe(true)
  expect(unknown).toMatchObject({
    connected: false,
    errors: ['rpc error: code = NotFound desc = unknown service'],
  })
})

test('refuses an answer that is no health status', async () => {
  await using server = await healthServer({ answers: { '': [8] } })
  await using grpc = probing()

  const seen = await grpc.observe(targetOf({ url: `grpc://127.0.0.1:${server.port}` }))

  expect(seen).toMatchObject({ connected: false, errors: ['malformed health response'] })
})

test('gives up a call that is not answered in time', async () => {
  await using server = await healthServer({ answers: { '': 'hang' } })
  await using grpc = probing()
  const controller = new AbortController()

  const seeing = grpc.observe(targetOf({ url: `grpc://127.0.0.1:${server.port}` }), controller.signal)
  setTimeout(() => controller.abort(new Error('timeout after 1 s')), 50)
  const seen = await seeing

  expect(seen.errors).toEqual(['rpc error: code = DeadlineExceeded desc = timeout after 1 s'])
})

test('asks again on a new connection when the server was restarted in between', async () => {
  await using grpc = probing()
  const first = await healthServer({ answers: { '': serving } })
  const target = targetOf({ url: `grpc://127.0.0.1:${first.port}` })

  const before = await grpc.observe(target)
  await first[Symbol.asyncDispose]()
  const between = await grpc.observe(target)
  await using _second = await healthServer({ answers: { '': serving }, port: first.port })
  const after = await grpc.observe(target)

  expect([before.connected, between.connected, after.connected]).toEqual([true, false, true])
})

test('speaks TLS, verifies unless told not to, and shows its own certificate', async () => {
  const { authority, server: own, client } = certificates
  const pairs = [{ private_key: Buffer.from(own.key), cert_chain: Buffer.from(own.cert) }]
  const credentials = ServerCredentials.createSsl(Buffer.from(authority), pairs, true)
  await using server = await healthServer({ answers: { '': serving }, credentials })
  await using grpc = probing()
  const url = `grpcs://localhost:${server.port}`
  const tls = { certificate: client.cert, privateKey: client.key }

  const verified = await grpc.observe(targetOf({ key: 'a', url, client: { tls } }))
  const without = await grpc.observe(targetOf({ key: 'b', url, client: { insecure: true } }))
  const withIt = await grpc.observe(targetOf({ key: 'c', url, client: { insecure: true, tls } }))

  expect(verified.errors).toEqual([
    'rpc error: code = Unavailable desc = certificate chain ends in an unknown, self-signed certificate',
  ])
  expect(without.connected).toBe(false)
  expect(withIt).toMatchObject({ connected: true, errors: [] })
})
