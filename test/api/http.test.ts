import { request } from 'node:http'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { httpServer } from '../fixtures/servers/http-server.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { configOf, runningMonitor, temporaryFolder } from '../support/monitor.ts'
import { eventually } from '../support/program.ts'
import { resultOf, seed } from '../support/seed.ts'

const now = Date.parse('2026-11-21T14:14:00Z')

const yaml = (folder: string, more = '') => `
storage: {type: sqlite, path: ${join(folder, 'data.db')}}${more}
endpoints:
  - {name: Front End, group: Core, url: "http://user:hunter2@127.0.0.1:9/path", enabled: false, conditions: ["[STATUS] == 200"]}
  - {name: other, url: "http://127.0.0.1:9", enabled: false, conditions: ["[STATUS] == 200"]}
`

async function monitorWithResults(folder: string, more = '') {
  const config = configOf(yaml(folder, more))
  const results = Array.from({ length: 30 }, (_, index) =>
    resultOf({ key: 'core_front-end', at: now - (30 - index) * 60_000, durationMs: 10 + index, success: index !== 20 }),
  )
  await seed(config, results, now)
  return runningMonitor(config, { clock: fakeClock(now) })
}

interface RawAnswer {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  readonly body: Buffer
}

/** `fetch` decodes bodies and chooses headers; this does neither. */
const raw = (url: string, options: { method?: string; headers?: Record<string, string> } = {}) =>
  new Promise<RawAnswer>((resolve, reject) => {
    const sent = request(url, options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    })
    sent.once('error', reject)
    sent.end()
  })

test('paths match in any letter case and with a trailing slash, keys as they are', async () => {
  using folder = temporaryFolder()
  await using monitor = await monitorWithResults(folder.path)
  const status = async (path: string) => (await fetch(monitor.url + path)).status

  expect(await status('/API/v1/Endpoints/statuses/')).toBe(200)
  expect(await status('/api/v1/endpoints/core_front-end/health/badge.svg')).toBe(200)
  expect(await status('/api/v1/endpoints/CORE_front-end/health/badge.svg')).toBe(404)
  expect(await status('/api/v1/endpoints/core_front%2Dend/statuses')).toBe(200)
  expect(await status('/api/v1/endpoints/core%zz/statuses')).toBe(400)
})

test('badges look as Gatus draws them, or as the page does when asked for that', async () => {
  using folder = temporaryFolder()
  await using monitor = await monitorWithResults(folder.path)
  const badge = async (path: string) => (await fetch(`${monitor.url}/api/v1/endpoints/core_front-end/${path}`)).text()

  expect(await badge('health/badge.svg')).toContain('fill="#40cc11"')
  expect(await badge('health/badge.svg?style=flat')).toBe(await badge('health/badge.svg'))
  expect(await badge('health/badge.svg?style=clear')).toContain('<title>health: up</title><path fill="#2b323d"')
  expect(await badge('uptimes/24h/badge.svg?style=clear')).toContain('<title>uptime 24h: 96.66%</title>')
  expect(await badge('response-times/24h/badge.svg?style=clear')).toMatch(/<title>response time 24h: \d+ ms</)
})

test('answers HEAD like GET without a body, and other methods with 405', async () => {
  using folder = temporaryFolder()
  await using monitor = await monitorWithResults(folder.path)

  const head = await raw(`${monitor.url}/health`, { method: 'HEAD' })
  const post = await raw(`${monitor.url}/api/v1/endpoints/statuses`, { method: 'POST' })

  expect([head.status, head.body.length]).toEqual([200, 0])
  expect([post.status, post.headers.allow]).toEqual([405, 'GET, HEAD'])
})

test('answers HEAD for the live feed with its head alone', async () => {
  using folder = temporaryFolder()
  await using monitor = await monitorWithResults(folder.path)

  const answer = await raw(`${monitor.url}/api/v1/events`, { method: 'HEAD' })

  expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
})

test.each(['999999999999999999', '1.2.3.4.5:80:80', '[::'])('calls %j no host', async (host) => {
  using folder = temporaryFolder()
  await using monitor = await monitorWithResults(folder.path)

  const answer = await raw(`${monitor.url}/health`, { headers: { host } })

  expect(answer.status).toBe(400)
})

test('an unknown path is named, without letting markup through', async () => {
  using folder = temporaryFolder()
  await using monitor = await monitorWithResults(folder.path)

  const answer = await raw(`${monitor.url}/no&where`)

  expect([answer.status, answer.body.toString()]).toEqual([404, 'Cannot GET /no&amp;where'])
})

test('sends nothing again to who has it', async () => {
  using folder = temporaryFolder()
  await using monitor = await monitorWithResults(folder.path)
  for (const path of ['/', '/api/v1/endpoints/statuses', '/api/v1/overview', '/endpoints/core_front-end']) {
    const first = await raw(monitor.url + path)

    const second = await raw(monitor.url + path, { headers: { 'if-none-match': String(first.headers.etag) } })

    expect([path, first.status, second.status, second.body.length]).toEqual([path, 200, 304, 0])
  }
})

test('compresses as the client likes, and says the same', async () => {
  using folder = temporaryFolder()
  await using monitor = await monitorWithResults(folder.path)
  const get = (encoding: string) =>
    raw(`${monitor.url}/api/v1/endpoints/statuses`, { headers: { 'accept-encoding': encoding } })

  const plain = await get('identity')
  const brotli = await get('gzip, br')
  const gzip = await get('gzip, br;q=0')

  expect([brotli.headers['content-encoding'], gzip.headers['content-encoding']]).toEqual(['br', 'gzip'])
  expect(brotliDecompressSync(brotli.body)).toEqual(plain.body)
  expect(gunzipSync(gzip.body)).toEqual(plain.body)
})

test('serves everything below the base path, and nothing beside it', async () => {
  using folder = temporaryFolder()
  await using monitor = await monitorWithResults(folder.path, '\nweb: {base-path: /status}')
  const origin = new URL(monitor.url).origin

  expect(new URL(monitor.url).pathname).toBe('/status')
  expect((await raw(`${origin}/status/health`)).status).toBe(200)
  expect((await raw(`${origin}/status`)).status).toBe(200)
  expect((await raw(`${origin}/health`)).status).toBe(404)
  const page = (await raw(`${origin}/status/`)).body.toString()
  const links = [...page.matchAll(/(?:href|src|action)="(\/[^"]*)"/g)].map(([, link]) => link ?? '')
  expect(links.length).toBeGreaterThan(5)
  expect(
    links.filter((link) => link !== '/status' && !link.startsWith('/status/') && !link.startsWith('/status?')),
  ).toEqual([])
})

test('a header beyond web.read-buffer-size is refused', async () => {
  using folder = temporaryFolder()
  await using monitor = await monitorWithResults(folder.path, '\nweb: {read-buffer-size: 4096}')

  const answer = await raw(`${monitor.url}/health`, { headers: { 'x-long': 'x'.repeat(5_000) } })

  expect(answer.status).toBe(431)
})

test('the style sheet of the operator is where every page says', async () => {
  using folder = temporaryFolder()
  await using monitor = await monitorWithResults(
    folder.path,
    '\nweb: {base-path: /status}\nui: {custom-css: "h1 { color: teal }"}',
  )

  for (const path of ['/', '/endpoints/core_front-end', '/history', '/subscribe', '/endpoints/nowhere']) {
    const page = (await raw(monitor.url + path)).body.toString()
    const [, address = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(page) ?? []
    const sheet = await raw(new URL(address, monitor.url).href)
    expect([path, sheet.status, sheet.body.toString()]).toEqual([path, 200, 'h1 { color: teal }'])
  }
})

test('a page that does not exist suggests the closest ones', async () => {
  using folder = temporaryFolder()
  await using monitor = await monitorWithResults(folder.path)

  const answer = await raw(`${monitor.url}/endpoints/core_frontend`)

  expect(answer.status).toBe(404)
  expect(answer.body.toString()).toContain('/endpoints/core_front-end')
})

test('the history of a window has every bucket, and percentiles within what was seen', async () => {
  using folder = temporaryFolder()
  await using monitor = await monitorWithResults(folder.path)
  const get = async (window: string) =>
    (await fetch(`${monitor.url}/api/v1/endpoints/core_front-end/history?window=${window}`)).json()

  const hour = await get('1h')
  const quarter = await get('90d')

  expect(hour.buckets).toHaveLength(12)
  expect(hour.uptime).toMatchObject({ count: 30, successes: 29 })
  expect(hour.minMs).toBe(10)
  expect(hour.p50Ms).toBeGreaterThan(22)
  expect(hour.p50Ms).toBeLessThan(28)
  expect(hour.maxMs).toBe(39)
  expect(quarter.buckets).toHaveLength(360)
  expect(quarter.buckets.at(-1)).toMatchObject({ count: 30, failures: 1 })
  expect((await raw(`${monitor.url}/api/v1/endpoints/core_front-end/history?window=2w`)).status).toBe(400)
})

test('of a run without gaps, all expected checks happened, whatever the window', async () => {
  using folder = temporaryFolder()
  const config = configOf(yaml(folder.path))
  const minutes = 8 * 24 * 60
  const results = Array.from({ length: minutes }, (_, index) =>
    resultOf({ key: '_other', at: now - (minutes - index) * 60_000 + 30_000 }),
  )
  await seed(config, results, now)
  await using monitor = await runningMonitor(config, { clock: fakeClock(now) })

  const detail = await (await fetch(`${monitor.url}/api/v1/endpoints/_other/detail?range=24h`)).json()

  for (const window of ['24h', '7d', '30d', '90d']) {
    const { count, expected } = detail.uptimes[window]
    expect([window, expected - count]).toEqual([window, 0])
  }
})

test('credentials of an url are in no answer', async () => {
  using folder = temporaryFolder()
  await using monitor = await monitorWithResults(folder.path, '\nmetrics: true')
  const paths = ['/', '/metrics', '/api/v1/overview', '/endpoints/core_front-end', '/api/v1/endpoints/statuses']
  paths.push('/api/v1/endpoints/core_front-end/statuses', '/api/v1/endpoints/core_front-end/detail')

  for (const path of paths) {
    const answer = await raw(monitor.url + path)
    expect([path, answer.status, answer.body.includes('hunter2')]).toEqual([path, 200, false])
  }
})

test('what an endpoint hides is in no answer', async () => {
  using folder = temporaryFolder()
  await using target = await httpServer((_, response) => response.writeHead(500).end('secret-body'))
  const config = configOf(`
storage: {type: sqlite, path: ${join(folder.path, 'data.db')}}
metrics: true
endpoints:
  - name: hidden
    url: ${target.url}/secret-path
    interval: 1s
    conditions: ["[BODY] == secret-expectation"]
    ui: {hide-conditions: true, hide-hostname: true, hide-url: true, hide-port: true, hide-errors: true}
`)
  await using monitor = await runningMonitor(config)
  await eventually(async () => (await raw(`${monitor.url}/api/v1/endpoints/_hidden/statuses`)).status === 200)
  const paths = ['/', '/metrics', '/api/v1/overview', '/endpoints/_hidden', '/api/v1/endpoints/_hidden/statuses']
  paths.push('/api/v1/endpoints/_hidden/detail', '/api/v1/endpoints/statuses')

  for (const path of paths) {
    // The page gives out its own address, which is on the same host here.
    const text = (await raw(monitor.url + path)).body.toString().replaceAll(monitor.url, '')
    const leaked = ['secret-', new URL(target.url).host, '127.0.0.1:'].filter((part) => text.includes(part))
    expect([path, leaked]).toEqual([path, []])
  }
})

test('metrics keep the names and labels that dashboards know', async () => {
  using folder = temporaryFolder()
  await using target = await httpServer((_, response) => response.end('ok'))
  const config = configOf(`
storage: {type: sqlite, path: ${join(folder.path, 'data.db')}}
metrics: true
endpoints:
  - {name: a, group: g, url: "${target.url}", interval: 1s, conditions: ["[STATUS] == 200"], extra-labels: {team: blue}}
  - {name: b, url: "${target.url}", interval: 1s, conditions: ["[STATUS] == 404"]}
`)
  await using monitor = await runningMonitor(config)
  const metrics = () => fetch(`${monitor.url}/metrics`).then((answer) => answer.text())

  const text = await eventually(async () => {
    const found = await metrics()
    return found.includes('name="b"') && found.includes('name="a"') ? found : undefined
  })

  expect(text).toMatch(/gatus_results_total\{key="g_a",group="g",name="a",type="HTTP",team="blue",success="true"\} \d/)
  expect(text).toMatch(/gatus_results_total\{key="_b",group="",name="b",type="HTTP",team="",success="false"\} \d/)
  expect(text).toMatch(/gatus_results_code_total\{key="_b",.*code="200"\} \d/)
  expect(text).toMatch(/gatus_results_endpoint_success\{key="g_a",.*\} 1/)
  expect(text).toContain('vedette_schedule_lag_seconds_bucket')
})

test('a bar tells its counts, its median and what failed first', async () => {
  using folder = temporaryFolder()
  await using monitor = await monitorWithResults(folder.path)
  const ask = async (query: string) => {
    const response = await fetch(`${monitor.url}/api/v1/endpoints/core_front-end/bucket?${query}`)
    return { status: response.status, body: await response.text() }
  }

  const failed = await ask('from=2026-11-21T14:00:00Z&to=2026-11-21T14:15:00Z')
  const fine = await ask('from=2026-11-21T13:45:00Z&to=2026-11-21T14:00:00Z')

  expect(JSON.parse(failed.body)).toMatchObject({
    startAt: Date.parse('2026-11-21T14:00:00Z'),
    lengthMs: 15 * 60_000,
    count: 14,
    failures: 1,
    firstFailure: { at: Date.parse('2026-11-21T14:04:00Z') },
  })
  expect(JSON.parse(fine.body)).toMatchObject({ count: 15, failures: 0 })
  expect(JSON.parse(fine.body)).not.toHaveProperty('firstFailure')
  expect(JSON.parse(fine.body).p50Ms).toBeGreaterThan(9)
  for (const query of ['', 'from=2026-11-21T14:00:00Z&to=x', 'from=2026-11-21T14:01:00Z&to=2026-11-21T14:15:00Z']) {
    expect((await ask(query)).status).toBe(400)
  }
})

test('groups stand in the order of the operator, and the page begins with the view of the operator', async () => {
  const endpoints = ['a', 'b', 'c', 'd'].map(
    (name, i) =>
      `  - {name: ${name}, group: ${i % 2 === 0 ? 'Even' : 'Odd'}, url: "http://127.0.0.1:9/", conditions: ["[STATUS] == 200"]}`,
  )
  await using monitor = await runningMonitor(
    configOf(`storage: {type: memory}
ui: {group-order: [None, Odd], default-sort-by: health, default-filter-by: failing, default-view: wall, open-groups: all}
endpoints:
${endpoints.join('\n')}
`),
    { clock: fakeClock(now) },
  )

  const { rows } = JSON.parse((await raw(`${monitor.url}/api/v1/overview`)).body.toString())
  const page = (await raw(`${monitor.url}/`)).body.toString()

  expect(rows.map(({ name }: { name: string }) => name)).toEqual(['b', 'd', 'a', 'c'])
  expect(page).toContain('data-view="sort=status&amp;f=down&amp;view=wall&amp;groups=all"')
  expect(page).toMatch(/<option value="status" selected/)
})

test.each(['', '/status'])('the page asks for the rules and colours of the operator below %j', async (basePath) => {
  using folder = temporaryFolder()
  const css = '</style><script>alert(1)</script> h1 {color: red}'
  await using monitor = await runningMonitor(
    configOf(`${yaml(folder.path)}
web: {base-path: "${basePath}"}
ui:
  custom-css: '${css}'
  default-theme: dark
  default-range: 7d
  theme: {light: {up: "#1b8a5a"}}
`),
    { clock: fakeClock(now) },
  )
  const origin = new URL(monitor.url).origin

  const page = await fetch(`${origin}${basePath}/`)
  const html = await page.text()
  const address = /<link rel="stylesheet" href="([^"]+)"/.exec(html)?.[1] ?? ''
  const rules = await fetch(origin + address)

  expect(html).toContain(':root{--up:#1b8a5a}')
  expect(html).toContain('data-theme="dark"')
  expect(html).toContain('data-range="7d"')
  expect(html).not.toContain('alert(1)')
  expect(address).toMatch(new RegExp(`^${basePath}/css/custom\\.css\\?v=[0-9a-f]+$`))
  expect(await rules.text()).toBe(css)
  expect(rules.headers.get('content-type')).toBe('text/css; charset=utf-8')
  expect(rules.headers.get('x-content-type-options')).toBe('nosniff')
  expect(rules.headers.get('cache-control')).toContain('immutable')
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self';")
})
