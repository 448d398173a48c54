import type { RequestListener } from 'node:http'
import { expect, test } from 'vitest'
import { certificates } from '../../../../test/fixtures/servers/certificates.ts'
import { bodyOf, httpServer, httpsServer } from '../../../../test/fixtures/servers/http-server.ts'
import { vectors } from '../../../../test/support/vectors.ts'
import { parseConfig } from '../config/load.ts'
import { systemClock } from '../lib/clock.ts'
import { createHttpProbe } from './http-probe.ts'

interface RequestCase {
  readonly endpointYaml: string
  readonly expected: {
    readonly method: string
    readonly url: string
    readonly host: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }
}

/** Headers that HTTP itself adds. */
const own = new Set(['host', 'connection', 'content-length', 'accept-encoding'])

const inConfig = (endpoint: string) =>
  `endpoints:\n${endpoint.replace(/^/gm, '    ').replace(/^ {4}/, '  - ').replace(/^ +$/gm, '')}`

test.each(vectors<RequestCase>('requests.json'))('request: $name', async ({ endpointYaml, expected }) => {
  const { config } = parseConfig([{ file: 'config.yaml', text: inConfig(endpointYaml) }], {})
  const [endpoint] = config.endpoints
  if (endpoint === undefined) throw new Error('the case has no endpoint')
  let received: RequestCase['expected'] | undefined
  const capture: RequestListener = async (request, response) => {
    const headers = Object.entries(request.headers).filter(([name]) => !own.has(name))
    const host = request.headers.host ?? ''
    const target = new URL(request.url ?? '/', endpoint.url)
    const body = await bodyOf(request)
    received = {
      method: request.method ?? '',
      url: target.href,
      host,
      headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
      body,
    }
    response.end()
  }
  await using server = endpoint.url.startsWith('https:')
    ? await httpsServer(certificates.server, capture)
    : await httpServer(capture)
  const probe = createHttpProbe({ clock: systemClock, route: () => ({ host: '127.0.0.1', port: server.port }) })

  const target = { ...endpoint, client: { ...endpoint.client, insecure: true } }
  const seen = await probe.observe(target, { signal: AbortSignal.timeout(10_000), needs: new Set() })
  await probe.close()

  const headers = Object.entries(expected.headers).map(([name, value]) => [
    name.toLowerCase(),
    value === '<default>' ? expect.stringMatching(/^Vedette\/\d/) : value,
  ])
  expect(seen.errors).toEqual([])
  expect(received).toEqual({ ...expected, headers: Object.fromEntries(headers) })
})
