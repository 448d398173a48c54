import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { providerServer } from '../../../../test/fixtures/provider-server.ts'
import { certificates } from '../../../../test/fixtures/servers/certificates.ts'
import { destinationAt } from '../../../../test/support/alerting.ts'
import { fakeClock } from '../../../../test/support/fake-clock.ts'
import type { Destination, OutboundRequest } from '../domain/ports.ts'
import { createSender } from './attempt.ts'
import type { Proxies } from './http.ts'
import { sampleNotice } from './sample.ts'

const notice = sampleNotice({ type: 'test', kind: 'trigger', now: 0, incidentId: 'i' })

async function send(destination: Destination, proxies?: Proxies) {
  const sender = createSender({ clock: fakeClock(), proxies })
  try {
    return await sender.send(destination, notice)
  } finally {
    await sender.close()
  }
}

const requesting = (url: string, request: Partial<OutboundRequest>) =>
  destinationAt(url, { request: () => ({ method: 'POST', url, headers: {}, body: undefined, ...request }) })

/** Passes connections on, and remembers to where. */
async function proxyServer() {
  const targets: string[] = []
  const server = createServer()
  server.on('connect', (request, socket) => {
    targets.push(request.url ?? '')
    const { hostname, port } = new URL(`http://${request.url}`)
    const upstream = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      upstream.pipe(socket).pipe(upstream)
    })
    upstream.on('error', () => socket.destroy())
    socket.on('error', () => upstream.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { url: `http://127.0.0.1:${port}`, targets, [Symbol.asyncDispose]: async () => void server.close() }
}

describe('a request', () => {
  test('logs in with the credentials of its url', async () => {
    await using server = await providerServer()

    await send(requesting(server.url, { url: server.url.replace('//', '//me:p%40ss@') }))

    expect(server.requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`)
  })

  test('says who sends it, unless told otherwise, and leaves to HTTP what is its own', async () => {
    await using server = await providerServer()

    await send(requesting(server.url, {}))
    await send(requesting(server.url, { headers: { 'User-Agent': 'ours', Host: 'elsewhere', 'Content-Length': '7' } }))

    expect(server.requests.map(({ headers }) => headers['user-agent'])).toEqual(['Vedette', 'ours'])
    expect(server.requests[1]?.headers.host).toBe(new URL(server.url).host)
  })

  test('may be a GET with a body', async () => {
    await using server = await providerServer()

    const outcome = await send(requesting(server.url, { method: 'get', body: 'hello' }))

    expect(outcome).toMatchObject({ outcome: 'delivered' })
    expect(server.requests).toMatchObject([{ method: 'GET', body: 'hello' }])
  })

  test('accepts only certificates that hold, unless told otherwise', async () => {
    const { cert, key } = certificates.server
    const server = createTlsServer({ cert, key }, (_, response) => response.end())
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const url = `https://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    const strict = requesting(url, {})

    expect(await send(strict)).toMatchObject({ outcome: 'failed', error: expect.stringContaining('certificate') })
    expect(await send({ ...strict, insecure: true })).toMatchObject({ outcome: 'delivered' })
    server.close()
  })

  test('goes through a proxy, except to hosts that are not to', async () => {
    await using server = await providerServer()
    await using proxy = await proxyServer()

    await send(requesting(server.url, {}), { http: proxy.url })
    await send(requesting(server.url, {}), { http: proxy.url, none: '127.0.0.1' })

    expect(server.requests).toHaveLength(2)
    expect(proxy.targets).toEqual([new URL(server.url).host])
  })
})

describe('an answer', () => {
  test('that is 304 or another status below 400 counts as delivered', async () => {
    await using server = await providerServer()
    server.answer({ status: 304 })

    expect(await send(requesting(server.url, {}))).toEqual({ outcome: 'delivered', status: 304 })
  })

  test('cannot smuggle control characters into the error', async () => {
    await using server = await providerServer()
    server.answer({ status: 400, body: 'a\u001b[31m\r\n\tb' })

    expect(await send(requesting(server.url, {}))).toEqual({ outcome: 'refused', error: 'answered 400: a [31m b' })
  })

  test('does not show the half of a secret where reading it ends', async () => {
    await using server = await providerServer()
    server.answer({ status: 400, body: `no.${' '.repeat(4_086)}s3cret-token` })

    expect(await send(requesting(server.url, {}))).toEqual({ outcome: 'refused', error: 'answered 400: no.' })
  })

  test('that breaks off has said enough', async () => {
    const server = createServer((_, response) => {
      response.writeHead(500, { 'content-length': '100' })
      response.write('it broke', () => response.destroy())
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined

    const outcome = await send(requesting(`http://127.0.0.1:${port}`, {}))

    expect(outcome).toMatchObject({ outcome: 'failed', error: expect.stringMatching(/^answered 500/) })
    server.close()
  })

  test('that never comes, since nobody is there, is worth another attempt', async () => {
    expect(await send(requesting('http://127.0.0.1:1', {}))).toEqual({
      outcome: 'failed',
      error: 'connect ECONNREFUSED 127.0.0.1:1',
    })
  })
})
