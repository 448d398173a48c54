import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Need } from '@vedette/conditions'
import { expect, test } from 'vitest'
import { until } from '../../../../test/contracts/probe.ts'
import { certificates, knownEndAt } from '../../../../test/fixtures/servers/certificates.ts'
import { hostile } from '../../../../test/fixtures/servers/hostile.ts'
import { bodyOf, httpServer, httpsServer } from '../../../../test/fixtures/servers/http-server.ts'
import { tcpServer } from '../../../../test/fixtures/servers/tcp-server.ts'
import { targetOf } from '../../../../test/support/target.ts'
import type { CheckTarget } from '../domain/endpoint.ts'
import { systemClock } from '../lib/clock.ts'
import { bodyLimit } from './http-body.ts'
import { createHttpProbe, type HttpOutside } from './http-probe.ts'

const body: ReadonlySet<Need> = new Set(['body'])
const nothing: ReadonlySet<Need> = new Set()

function probing(outside: Partial<HttpOutside> = {}) {
  const probe = createHttpProbe({ clock: systemClock, ...outside })
  return {
    probe,
    observe: (target: CheckTarget, needs = nothing, signal = AbortSignal.timeout(10_000)) =>
      probe.observe(target, { signal, needs }),
    [Symbol.asyncDispose]: () => probe.close(),
  }
}

test('reports status, body and response time', async () => {
  await using server = await httpServer((_, response) => response.writeHead(418).end('{"a":"é"}'))
  await using http = probing()

  const seen = await http.observe(targetOf({ url: server.url }), body)

  expect(seen).toMatchObject({ connected: true, status: 418, body: '{"a":"é"}', errors: [] })
  expect(seen.durationMs).toBeGreaterThan(0)
  expect(seen.certificateExpirationMs).toBeUndefined()
})

test('counts from when a request leaves, however long it waited for its turn, through all redirects', async () => {
  let elapsedMs = 0
  await using server = await httpServer((request, response) => {
    elapsedMs += 30
    if (request.url === '/') response.writeHead(302, { location: '/next' }).end()
    else response.end()
  })
  await using http = probing({ clock: { ...systemClock, monotonic: () => elapsedMs } })
  const target = targetOf({ url: server.url })

  const durations: number[] = []
  for (let run = 0; run < 2; run += 1) {
    const seeing = http.observe(target)
    elapsedMs += 500
    durations.push((await seeing).durationMs)
  }

  expect(durations).toEqual([560, 60])
})

test('does not read a body that nobody asked for, and keeps the connection all the same', async () => {
  await using server = await httpServer((_, response) => response.end('hello'))
  await using http = probing()
  const target = targetOf({ url: server.url })

  const first = await http.observe(target)
  const second = await http.observe(target)

  expect(first.body).toBeUndefined()
  expect(first.phases?.connectMs).toBeGreaterThanOrEqual(0)
  expect(second.phases?.connectMs).toBeUndefined()
  expect(server.accepted).toBe(1)
})

test('keeps a connection whose unwanted body arrives late, and does not wait for it', async () => {
  let finish = () => {}
  await using server = await httpServer((_, response) => {
    response.writeHead(200, { 'content-length': '10' }).write('half.')
    finish = () => response.end('half.')
  })
  await using http = probing()
  const target = targetOf({ url: server.url })

  await http.observe(target)
  finish()
  await new Promise((resolve) => setTimeout(resolve, 20))
  await http.observe(target)
  finish()

  expect(server.accepted).toBe(1)
})

test('closes a connection rather than read a large body that nobody asked for', async () => {
  await using server = await tcpServer(hostile.hugeBody)
  await using http = probing()

  const seen = await http.observe(targetOf({ url: `http://127.0.0.1:${server.port}` }))
  await until(() => server.open === 0)

  expect(seen).toMatchObject({ connected: true, status: 200, errors: [] })
})

test('asks again on a new connection when the kept one had been closed', async () => {
  await using server = await httpServer((_, response) => response.end())
  await using http = probing()
  const target = targetOf({ url: server.url })

  await http.observe(target)
  server.cutAll()
  const seen = await http.observe(target)

  expect(seen).toMatchObject({ connected: true, status: 200, errors: [] })
  expect(server.accepted).toBe(2)
})

test.each([
  ['GET', 3, 200],
  ['POST', 2, undefined],
])(
  'after a reset without an answer on a kept connection, %s makes %i requests in all',
  async (method, count, status) => {
    let requests = 0
    await using server = await httpServer((request, response) => {
      requests += 1
      if (requests === 2) request.socket.resetAndDestroy()
      else response.end()
    })
    await using http = probing()
    const target = targetOf({ url: server.url, method })

    await http.observe(target)
    const seen = await http.observe(target)

    expect(seen.status).toBe(status)
    expect(requests).toBe(count)
  },
)

test('does not ask again when a new connection fails', async () => {
  let requests = 0
  await using server = await httpServer((request) => {
    requests += 1
    request.socket.resetAndDestroy()
  })
  await using http = probing()

  const seen = await http.observe(targetOf({ url: server.url }))

  expect(seen).toMatchObject({ connected: false, errors: [`Get "${server.url}": connection reset`] })
  expect(requests).toBe(1)
})

test.each([
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
])('decompresses %s, which it asked for', async (encoding, compress) => {
  await using server = await httpServer((request, response) => {
    const accepted = String(request.headers['accept-encoding'])
    response.writeHead(200, { 'content-encoding': encoding }).end(compress(`{"accepted":"${accepted}"}`))
  })
  await using http = probing()

  const seen = await http.observe(targetOf({ url: server.url }), body)

  expect(seen.body).toBe('{"accepted":"gzip, br"}')
})

test('leaves a compressed body as it is when the configuration asks for compression itself', async () => {
  await using server = await httpServer((_, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end('as it is'),
  )
  await using http = probing()

  const seen = await http.observe(targetOf({ url: server.url, headers: { 'accept-encoding': 'gzip' } }), body)

  expect(seen).toMatchObject({ body: 'as it is', errors: [] })
})

test('lets go of a server that has more to say than is read', async () => {
  await using server = await tcpServer(hostile.gzipBomb)
  await using http = probing()

  await http.observe(targetOf({ url: `http://127.0.0.1:${server.port}` }), body)

  await expect.poll(() => server.open).toBe(0)
})

test.each(['gzipBomb', 'brotliBomb'] as const)('stops a %s at the limit', async (name) => {
  await using server = await tcpServer(hostile[name])
  await using http = probing()

  const seen = await http.observe(targetOf({ url: `http://127.0.0.1:${server.port}` }), body)

  expect(seen).toMatchObject({ connected: true, status: 200 })
  expect(seen.errors).toEqual(['error reading response body: larger than 10 MiB'])
  expect(seen.body?.length).toBe(bodyLimit)
})

test.each([
  ['endlessBody', 'error reading response body: larger than 10 MiB'],
  ['cutBody', 'error reading response body: connection closed by the other side'],
  ['damagedGzip', 'error reading response body: compressed data is damaged'],
] as const)('says what was wrong with the body of %s, and keeps the status', async (name, error) => {
  await using server = await tcpServer(hostile[name])
  await using http = probing()

  const seen = await http.observe(targetOf({ url: `http://127.0.0.1:${server.port}` }), body)

  expect(seen).toMatchObject({ connected: true, status: 200, errors: [error] })
})

test('keeps what was read of a body that never ends in time', async () => {
  await using server = await tcpServer(hostile.stuckBody)
  await using http = probing()
  const controller = new AbortController()

  const seeing = http.observe(targetOf({ url: `http://127.0.0.1:${server.port}` }), body, controller.signal)
  setTimeout(() => controller.abort(new Error('timeout after 50 ms')), 50)
  const seen = await seeing

  expect(seen).toMatchObject({ connected: true, status: 200, body: 'half' })
  expect(seen.errors).toEqual(['error reading response body: timeout after 50 ms'])
})

test('replaces bytes that are no UTF-8', async () => {
  await using server = await tcpServer(hostile.invalidUtf8)
  await using http = probing()

  const seen = await http.observe(targetOf({ url: `http://127.0.0.1:${server.port}` }), body)

  expect(seen).toMatchObject({ body: 'a\ufffd\ufffdb', errors: [] })
})

test.each([
  ['garbage', 'malformed response'],
  ['greetsWithGarbage', 'malformed response'],
  ['reset', 'connection reset'],
  ['closesWithoutAnswer', 'connection closed by the other side'],
  ['endlessHeaders', 'response headers are too large'],
  ['endlessHeaderLine', 'response headers are too large'],
  ['endlessInterim', 'too many informational responses'],
  ['redirectLoop', 'stopped after 50 redirects'],
] as const)('says in a few words what is wrong with %s', async (name, cause) => {
  await using server = await tcpServer(hostile[name])
  await using http = probing()
  const url = `http://127.0.0.1:${server.port}/x`

  const seen = await http.observe(targetOf({ url }))

  expect(seen).toMatchObject({ connected: false, errors: [`Get "${url}": ${cause}`] })
  expect(seen.status).toBeUndefined()
})

test('sends credentials of the url as basic authentication and shows them nowhere', async () => {
  await using server = await httpServer((request, response) => {
    if (request.url === '/cut') request.socket.destroy()
    else response.end(request.headers.authorization)
  })
  await using http = probing()
  const url = server.url.replace('http://', 'http://jo%3An:p%40ss@')

  const answered = await http.observe(targetOf({ key: 'a', url }), body)
  const cut = await http.observe(targetOf({ key: 'b', url: `${url}/cut`, method: 'POST' }))

  expect(answered.body).toBe(`Basic ${Buffer.from('jo:n:p@ss').toString('base64')}`)
  expect(cut.errors).toEqual([`Post "${server.url}/cut": connection closed by the other side`])
})

test('sends a body with any method, and headers as UTF-8', async () => {
  let received: { method: string | undefined; text: string; header: string } | undefined
  await using server = await httpServer(async (request, response) => {
    const header = Buffer.from(String(request.headers['x-name']), 'latin1').toString()
    received = { method: request.method, text: await bodyOf(request), header }
    response.end()
  })
  await using http = probing()

  await http.observe(targetOf({ url: server.url, body: 'höw', headers: { 'x-name': 'jürgen' } }))

  expect(received).toEqual({ method: 'GET', text: 'höw', header: 'jürgen' })
})

test('fills in the placeholders of a body anew each time', async () => {
  const bodies: string[] = []
  await using server = await httpServer(async (request, response) => {
    bodies.push(await bodyOf(request))
    response.end()
  })
  await using http = probing()
  const text = '[ENDPOINT_GROUP]/[ENDPOINT_NAME] [RANDOM_STRING_20]'
  const target = targetOf({ url: server.url, method: 'POST', body: text, name: '$&', group: 'g' })

  await http.observe(target)
  await http.observe(target)

  expect(bodies[0]).toMatch(/^g\/\$& [a-zA-Z0-9]{20}$/)
  expect(bodies[0]).not.toBe(bodies[1])
})

test('asks for another protocol where the configuration does', async () => {
  await using server = await httpServer(() => {})
  await using raw = await tcpServer((socket) => {
    socket.once('data', (request) => {
      const upgrade = /^upgrade: (.*)$/im.exec(request.toString())?.[1]
      socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: ${upgrade}\r\n\r\n`)
    })
  })
  await using http = probing()
  const headers = { Connection: 'Upgrade', Upgrade: 'websocket' }

  const seen = await http.observe(targetOf({ url: `http://127.0.0.1:${raw.port}`, headers }))

  expect(seen).toMatchObject({ connected: true, status: 101, errors: [] })
  expect(server.accepted).toBe(0)
})

test('follows redirects, and takes the redirect itself where told to', async () => {
  await using server = await httpServer((request, response) => {
    if (request.url === '/old') response.writeHead(301, { location: '/new' }).end('moved')
    else response.end(`${request.method} ${request.url} from ${request.headers.referer}`)
  })
  await using http = probing()
  const url = `${server.url}/old`

  const followed = await http.observe(targetOf({ url, method: 'POST' }), body)
  const ignored = await http.observe(targetOf({ url, client: { ignoreRedirect: true } }), body)

  expect(followed).toMatchObject({ status: 200, body: `GET /new from ${url}` })
  expect(ignored).toMatchObject({ status: 301, body: 'moved' })
})

test('reports when the certificate ends, on new and on kept connections', async () => {
  await using server = await httpsServer(certificates.knownEnd, (_, response) => response.end())
  await using http = probing({ authorities: [certificates.authority] })
  const target = targetOf({ url: server.url })

  const [first, second] = [await http.observe(target), await http.observe(target)]

  for (const { errors, certificateExpirationMs = 0 } of [first, second]) {
    expect(errors).toEqual([])
    expect(Math.abs(certificateExpirationMs - (knownEndAt - Date.now()))).toBeLessThan(10_000)
  }
  expect(first.phases?.tlsMs).toBeGreaterThan(0)
  expect(server.accepted).toBe(1)
})

test('refuses an expired certificate, unless told to accept any', async () => {
  await using server = await httpsServer(certificates.expired, (_, response) => response.end())
  await using http = probing({ authorities: [certificates.authority] })

  const refused = await http.observe(targetOf({ url: server.url }))
  const accepted = await http.observe(targetOf({ url: server.url, client: { insecure: true } }))

  expect(refused).toMatchObject({ connected: false, errors: [`Get "${server.url}": certificate has expired`] })
  expect(refused.certificateExpirationMs).toBeUndefined()
  expect(accepted.errors).toEqual([])
  expect(accepted.certificateExpirationMs).toBeLessThan(0)
})

test.each([
  ['an unknown authority', 'https://localhost', [], 'certificate is signed by an unknown authority'],
  ['another name', 'https://example.org', [certificates.authority], 'certificate is for another host name'],
])('refuses a certificate of %s', async (_, url, authorities, cause) => {
  await using server = await httpsServer(certificates.server, (_, response) => response.end())
  await using http = probing({ authorities, route: () => ({ host: '127.0.0.1', port: server.port }) })

  const seen = await http.observe(targetOf({ url }))

  expect(seen.errors).toEqual([`Get "${url}": ${cause}`])
})

test('shows its own certificate where one is configured', async () => {
  const { authority, server: own, client } = certificates
  const options = { ...own, ca: authority, requestCert: true, rejectUnauthorized: true }
  await using server = await httpsServer(options, (_, response) => response.end())
  await using http = probing({ authorities: [authority] })
  const tls = { certificate: client.cert, privateKey: client.key }

  const without = await http.observe(targetOf({ key: 'a', url: server.url }))
  const withIt = await http.observe(targetOf({ key: 'b', url: server.url, client: { tls } }))
  const damaged = await http.observe(
    targetOf({ key: 'c', url: server.url, client: { tls: { certificate: 'no', privateKey: 'no' } } }),
  )

  expect(without.connected).toBe(false)
  expect(withIt).toMatchObject({ connected: true, status: 200, errors: [] })
  expect(damaged).toMatchObject({ connected: false, errors: [expect.stringMatching(/^Get "/)] })
})

test('keeps connections of a target that changed in other ways, and lets go of them when forgotten', async () => {
  await using server = await httpServer((_, response) => response.end())
  await using http = probing()
  const target = targetOf({ url: server.url })
  const changed = { ...target, method: 'OPTIONS' }

  await http.observe(target)
  await http.observe(changed)
  http.probe.forget(target)
  await http.observe(changed)
  const open = server.open
  http.probe.forget(changed)
  await until(() => server.open === 0)

  expect(open).toBe(1)
  expect(server.accepted).toBe(1)
})

test('runs two checks of one target at once side by side', async () => {
  let waiting: (() => void)[] = []
  await using server = await httpServer((_, response) => {
    waiting.push(() => response.end())
    if (waiting.length < 2) return
    for (const answer of waiting) answer()
    waiting = []
  })
  await using http = probing()
  const target = targetOf({ url: server.url })

  const seen = await Promise.all([http.observe(target), http.observe(target)])

  expect(seen.map(({ status }) => status)).toEqual([200, 200])
})

test('starts afresh after a check that was cut short', async () => {
  let requests = 0
  await using server = await httpServer((_, response) => {
    requests += 1
    if (requests > 1) response.end()
  })
  await using http = probing()
  const target = targetOf({ url: server.url })
  const controller = new AbortController()

  const cut = http.observe(target, nothing, controller.signal)
  await until(() => requests === 1)
  controller.abort(new Error('timeout after 1 s'))
  const [first, second] = [await cut, await http.observe(target)]

  expect(first.errors).toEqual([`Get "${server.url}": timeout after 1 s`])
  expect(second).toMatchObject({ connected: true, status: 200, errors: [] })
})

test('survives being closed while a check is under way', async () => {
  await using server = await tcpServer(hostile.silent)
  await using http = probing()

  const seeing = http.observe(targetOf({ url: `http://127.0.0.1:${server.port}` }))
  await until(() => server.open === 1)
  await http.probe.close()
  const seen = await seeing

  expect(seen.connected).toBe(false)
  expect(seen.errors).toHaveLength(1)
})

test('reports a header that cannot be sent', async () => {
  await using http = probing()

  const seen = await http.observe(targetOf({ url: 'http://127.0.0.1:9', headers: { 'x y': 'z' } }))

  expect(seen).toMatchObject({ connected: false, errors: ['Get "http://127.0.0.1:9": invalid header key'] })
})

test('says so when the other side does not speak TLS', async () => {
  await using server = await httpServer((_, response) => response.end())
  await using http = probing()
  const url = `https://127.0.0.1:${server.port}`

  const seen = await http.observe(targetOf({ url }))

  expect(seen.errors).toEqual([`Get "${url}": the other side does not speak TLS`])
})
