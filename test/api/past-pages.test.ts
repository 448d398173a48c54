import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { incidentId } from '../../apps/monitor/src/domain/incident.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { configOf, runningMonitor, temporaryFolder } from '../support/monitor.ts'
import { resultOf, seed } from '../support/seed.ts'

const now = Date.parse('2026-11-21T14:14:00Z')
const minute = 60_000
const day = 24 * 60 * minute

const ago = (ms: number) => now - ms
const outageAt = ago(3 * day)
const shyAt = ago(12 * minute)

async function monitor(folder: string, basePath = '') {
  const config = configOf(`
storage: {type: sqlite, path: ${join(folder, 'data.db')}}
ui: {title: Acme status}
web: {base-path: "${basePath}"}
maintenance: {start: "02:00", duration: 90m, every: [Sunday]}
endpoints:
  - {name: Sign-in, group: core, url: "http://127.0.0.1:9", enabled: false, conditions: ["[STATUS] == 200"], maintenance-windows: [{start: "14:00", duration: 1h}]}
  - {name: shy, group: inner, url: "http://secret.host:9/secret-path", enabled: false, conditions: ["[BODY].token == secret-condition"], ui: {hide-errors: true, hide-conditions: true, hide-hostname: true, hide-url: true}}
  - {name: unseen, url: "http://127.0.0.1:9", enabled: false, conditions: ["[STATUS] == 200"]}
`)
  const key = 'core_sign-in'
  const failure = { success: false, errors: ['connection <refused>'] }
  await seed(
    config,
    [
      resultOf({ key, at: ago(40 * day) }),
      resultOf({ key, at: outageAt, ...failure }),
      resultOf({ key, at: outageAt + 14 * minute }),
      resultOf({ key: 'inner_shy', at: ago(30 * minute) }),
      resultOf({ key: 'inner_shy', at: shyAt, success: false, errors: ['secret reason of secret.host'] }),
    ],
    now,
  )
  return runningMonitor(config, { clock: fakeClock(now) })
}

const get = async (url: string, headers: Record<string, string> = {}) => {
  const response = await fetch(url, { headers })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

const outage = `/incidents/${encodeURIComponent(incidentId('core_sign-in', outageAt))}`
const shy = `/incidents/${encodeURIComponent(incidentId('inner_shy', shyAt))}`
const text = (html: string) => html.replace(/<style>.*?<\/style>|<[^>]+>/gs, '')

test('the current month, and one before, tell what happened by day', async () => {
  using folder = temporaryFolder()
  await using running = await monitor(folder.path)

  const current = await get(`${running.url}/history`)
  const before = await get(`${running.url}/history/2026-10`)

  expect([current.status, before.status]).toEqual([200, 200])
  expect(text(current.text)).toContain('2 outages in November 2026')
  expect(text(current.text)).toContain('Sign-in was down for 14 min')
  expect(text(current.text)).toContain('shy is down')
  expect(current.text).toContain('href="/history/2026-10"')
  expect(text(before.text)).toContain('No outages in October 2026')
  expect(text(before.text)).toContain('Not monitored yet')
  expect(before.text).toContain('href="/history/2026-11"')
  expect(before.text).not.toContain('href="/history/2026-09"')
})

test('history is narrowed to a group or an endpoint, as a form without choices sends it, too', async () => {
  using folder = temporaryFolder()
  await using running = await monitor(folder.path)
  const title = async (query: string) =>
    /<h1[^>]*>(.*?)<\/h1>/.exec((await get(`${running.url}/history/2026-11${query}`)).text)?.[1]

  expect(await title('?group=&endpoint=')).toBe('2 outages in November 2026')
  expect(await title('?group=core')).toBe('1 outage in November 2026')
  expect(await title('?endpoint=inner_shy')).toBe('1 outage in November 2026')
  expect(await title('?endpoint=_unseen')).toBe('No outages in November 2026')
  // The group was chosen after the endpoint.
  expect(await title('?group=core&endpoint=inner_shy')).toBe('1 outage in November 2026')
})

test('what is no month, no endpoint, no outage and no maintenance is not found', async () => {
  using folder = temporaryFolder()
  await using running = await monitor(folder.path)
  const months = ['2026-13', '2026-1', '0099-01', '2027-01', 'november', '%00', '2026-11-01']
  const paths = [
    ...months.map((month) => `/history/${month}`),
    '/history?endpoint=nowhere',
    '/history?group=nobody',
    `/incidents/core_sign-in~${(outageAt + 1).toString(36)}`,
    '/incidents/core_sign-in',
    '/incidents/core_sign-in~zzzzzzzzz',
    '/incidents/maintenance~nothing~abc',
    '/incidents/maintenance~nothing~abc/calendar.ics',
    `/incidents/${'x'.repeat(2_000)}`,
    '/incidents/%zz',
    '/subscribe?endpoint=nowhere',
    '/embed/endpoint/nowhere',
  ]

  for (const path of paths) {
    const { status, headers } = await get(running.url + path)
    expect([path, status, headers.get('content-type')]).toEqual([path, 404, 'text/html; charset=utf-8'])
  }
})

test('an outage has a page of its own, which its feed entry leads to', async () => {
  using folder = temporaryFolder()
  await using running = await monitor(folder.path)

  const feed = await get(`${running.url}/feed.json`)
  const page = await get(running.url + outage)

  expect(feed.text).toContain(running.url + outage)
  expect(text(page.text)).toContain('Sign-in was down for 14 min')
  expect(text(page.text)).toContain('connection &lt;refused>')
  expect(text(page.text)).toContain('18 Nov, 14:14 – 18 Nov, 14:28')
})

test('a maintenance has a page and a calendar of its own, and does not hide what else is down', async () => {
  using folder = temporaryFolder()
  await using running = await monitor(folder.path)
  const overview = await get(`${running.url}/`)
  const [, path = ''] = /href="(\/incidents\/maintenance~[^"]+)"/.exec(overview.text) ?? []

  const page = await get(running.url + path)
  const calendar = await get(`${running.url}${path}/calendar.ics`)

  expect(text(page.text)).toContain('Maintenance of Sign-in')
  expect(page.text).toContain('In progress')
  expect(page.text).toMatch(/<progress[^>]* max="3600000" value="840000"|value="840000"[^>]* max="3600000"/)
  expect(text(page.text)).toContain('shy is down')
  expect(calendar.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  expect(calendar.text.match(/BEGIN:VEVENT/g)).toHaveLength(1)
  expect(calendar.text).toContain('DTSTART:20261121T140000Z')
})

test('addresses to copy are those the visitor came by', async () => {
  using folder = temporaryFolder()
  await using running = await monitor(folder.path, '/status')
  const base = running.url.replace('http:', 'https:')

  const { text: page } = await get(`${running.url}/subscribe`, { 'x-forwarded-proto': 'https' })
  const { text: endpoint } = await get(`${running.url}/endpoints/core_sign-in`, { 'x-forwarded-proto': 'https' })

  expect(page).toContain(`value="${base}/feed.atom"`)
  expect(page).toContain(`href="${base.replace('https:', 'webcal:')}/maintenance.ics"`)
  expect(page).toContain(`value="curl '${base}/status.txt'"`)
  expect(endpoint).toContain(`value="${base}/endpoints/core_sign-in"`)
})

test('below a base path no link and no source leaves it', async () => {
  using folder = temporaryFolder()
  await using running = await monitor(folder.path, '/status')
  const { origin } = new URL(running.url)
  const paths = ['/', '/history', '/history/2026-10', outage, shy, '/subscribe', '/endpoints/core_sign-in']

  for (const path of [...paths, '/embed/status', '/embed/endpoint/core_sign-in']) {
    const { status, text: page } = await get(running.url + path)
    const addresses = [...page.matchAll(/ (?:href|src|action)="([^"]*)"/g)].map(([, address = '']) => address)
    const outside = addresses.filter((address) => !/^(\/status[/?]|\?|#|data:)/.test(address.replace(origin, '')))
    expect([path, status, outside.filter((address) => !address.startsWith('webcal:'))]).toEqual([path, 200, []])
    expect((await get(origin + path)).status).toBe(404)
  }
})

test('what an endpoint hides is on none of these pages', async () => {
  using folder = temporaryFolder()
  await using running = await monitor(folder.path)
  const paths = ['/history', '/history?endpoint=inner_shy', shy, outage, '/subscribe?endpoint=inner_shy']

  for (const path of [...paths, '/embed/status', '/embed/endpoint/inner_shy', '/endpoints/inner_shy', '/']) {
    const { status, text: page } = await get(running.url + path)
    expect([path, status]).toEqual([path, 200])
    expect(page).not.toMatch(/secret/)
  }
})

test('only embeds may be framed by others, and they run and load nothing', async () => {
  using folder = temporaryFolder()
  await using running = await monitor(folder.path)

  for (const path of ['/', '/history', outage, '/subscribe', '/endpoints/core_sign-in', '/history/never']) {
    const { headers } = await get(running.url + path)
    expect([path, headers.get('content-security-policy')]).toEqual([
      path,
      expect.stringContaining("frame-ancestors 'self'"),
    ])
  }
  for (const path of ['/embed/status', '/embed/endpoint/inner_shy', '/embed/endpoint/nowhere']) {
    const { headers, text: page } = await get(running.url + path)
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*frame-ancestors \*$/)
    expect(headers.get('cache-control')).toBe('public, max-age=30, stale-while-revalidate=60')
    expect(page).not.toMatch(/<script|src=/)
    expect(gzipSync(page).length).toBeLessThan(2_000)
  }
})

test('embeds say what is wrong, in the colours asked for', async () => {
  using folder = temporaryFolder()
  await using running = await monitor(folder.path)

  const status = await get(`${running.url}/embed/status?theme=dark`)
  const one = await get(`${running.url}/embed/endpoint/inner_shy?theme=purple`)

  expect(text(status.text)).toContain('shy is down')
  expect(status.text).toContain('data-theme="dark"')
  expect(status.text).toContain(`href="${running.url}/"`)
  expect(text(one.text)).toContain('shy: Down')
  expect(one.text).toContain('<html lang="en"><head>')
  expect(one.text).toContain(`href="${running.url}/endpoints/inner_shy"`)
})

test('who has a page gets it only once', async () => {
  using folder = temporaryFolder()
  await using running = await monitor(folder.path)

  for (const path of ['/history', outage, '/subscribe', '/embed/status', '/embed/endpoint/inner_shy']) {
    const first = await get(running.url + path)
    const second = await get(running.url + path, { 'if-none-match': first.headers.get('etag') ?? '' })
    expect([path, second.status, second.text]).toEqual([path, 304, ''])
  }
})
