import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fakeClock } from '../support/fake-clock.ts'
import { configOf, runningMonitor, temporaryFolder } from '../support/monitor.ts'
import { resultOf, seed } from '../support/seed.ts'

const now = Date.parse('2026-11-21T14:14:00Z')
const minute = 60_000

async function monitor(folder: string) {
  const config = configOf(`
storage: {type: sqlite, path: ${join(folder, 'data.db')}}
ui: {title: "Acme <status>"}
maintenance: {start: "02:00", duration: 90m, every: [Sunday]}
endpoints:
  - name: "Sign-in; <fast>, you"
    group: core
    url: http://127.0.0.1:9
    enabled: false
    conditions: ["[STATUS] == 200"]
    maintenance-windows: [{start: "23:00", duration: 1h, timezone: Europe/Berlin}]
  - {name: shy, url: "http://127.0.0.1:9", enabled: false, conditions: ["[STATUS] == 200"], ui: {hide-errors: true, hide-conditions: true}}
`)
  const key = 'core_sign-in;-<fast>--you'
  const at = (minutesAgo: number) => now - minutesAgo * minute
  await seed(
    config,
    [
      resultOf({ key, at: at(60) }),
      resultOf({ key, at: at(50), success: false, errors: ['connection <refused>\u0007 & gone'] }),
      resultOf({ key, at: at(36) }),
      resultOf({ key: '_shy', at: at(30) }),
      resultOf({ key: '_shy', at: at(12), success: false, errors: ['secret reason'] }),
    ],
    now,
  )
  return runningMonitor(config, { clock: fakeClock(now) })
}

const get = async (url: string, headers: Record<string, string> = {}) => {
  const response = await fetch(url, { headers })
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

test('the Atom feed tells outages and maintenance, whatever the names', async () => {
  using folder = temporaryFolder()
  await using running = await monitor(folder.path)

  const { type, text } = await get(`${running.url}/feed.atom`)

  expect(type).toBe('application/atom+xml; charset=utf-8')
  expect(text).toContain('<title>Acme &lt;status&gt;</title>')
  expect(text).toContain('<title>Sign-in; &lt;fast&gt;, you was down for 14 min</title>')
  expect(text).toContain('Reason: connection &lt;refused&gt; &amp; gone')
  expect(text).toContain('<title>shy is down</title>')
  expect(text).toContain('<title>Maintenance: all endpoints</title>')
  expect(text).not.toContain('secret reason')
  expect(text).not.toContain('\u0007')
})

test('the JSON feed says the same, with links to the page as the client sees it', async () => {
  using folder = temporaryFolder()
  await using running = await monitor(folder.path)

  const { type, text } = await get(`${running.url}/feed.json`, { 'x-forwarded-proto': 'https' })
  const feed = JSON.parse(text)

  expect(type).toBe('application/feed+json; charset=utf-8')
  expect(feed.home_page_url).toBe(`${running.url.replace('http:', 'https:')}/`)
  const outage = feed.items.find(({ title }: { title: string }) => title.startsWith('Sign-in'))
  expect(outage).toMatchObject({
    content_text: 'Down for 14 min, from 2026-11-21 13:24 UTC. Reason: connection <refused>\u0007 & gone',
    date_published: '2026-11-21T13:24:00Z',
    date_modified: '2026-11-21T13:38:00Z',
  })
})

test('the calendar holds the maintenance of the next two months, in lines of 75 octets', async () => {
  using folder = temporaryFolder()
  await using running = await monitor(folder.path)

  const { type, text } = await get(`${running.url}/maintenance.ics`)
  const lines = text.split('\r\n')

  expect(type).toBe('text/calendar; charset=utf-8')
  expect(lines[0]).toBe('BEGIN:VCALENDAR')
  expect(lines).toContain('DTSTART:20261122T020000Z')
  expect(lines).toContain('DTEND:20261122T033000Z')
  expect(lines).toContain('DTSTART:20261121T220000Z')
  expect(text).toContain('SUMMARY:Maintenance: Sign-in\\; <fast>\\, you')
  expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([])
  expect(lines.filter((line) => line === 'BEGIN:VEVENT').length).toBeGreaterThan(60)
})

test('the state as text: a line for each problem, then the counts', async () => {
  using folder = temporaryFolder()
  await using running = await monitor(folder.path)

  const { type, text } = await get(`${running.url}/status.txt`)
  const page = await get(`${running.url}/`, { accept: 'text/plain' })

  expect(type).toBe('text/plain; charset=utf-8')
  expect(text).toBe('DOWN shy for 12 min\n2 endpoints, 1 up, 1 down\nas of 2026-11-21T14:14:00.000Z\n')
  expect(page.text).toBe(text)
})
