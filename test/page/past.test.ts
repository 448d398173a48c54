import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenBrowser, openBrowser } from '../e2e/browser.ts'
import { type Models, type PageServer, servePage } from './fixture-server.ts'
import { detail, endpoint, few, now, oneDown, overview } from './fixtures.ts'
import {
  awkwardMonth,
  incidentOngoing,
  incidentOver,
  maintenanceNow,
  maintenancePlanned,
  november,
  over,
  planned,
  subscriptions,
  upgrade,
} from './past-fixtures.ts'

let browser: OpenBrowser
let server: PageServer
beforeAll(async () => {
  browser = await openBrowser()
  server = await servePage()
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await browser[Symbol.asyncDispose]()
})

const website = endpoint('Website', 'Core', { host: 'acme.example' })
const lately = overview(oneDown, { upcoming: [upgrade, planned], recent: [over] })
const everything: Models = {
  overview: lately,
  endpoint: detail(website),
  history: november,
  incident: incidentOver,
  subscribe: subscriptions,
}

const screens: Readonly<Record<string, readonly [models: Models, path: string]>> = {
  'a month': [{ history: november }, '/history'],
  'an awkward month': [{ history: awkwardMonth }, '/history'],
  'an outage': [{ incident: incidentOngoing }, '/incidents/x'],
  'a maintenance': [{ incident: maintenanceNow }, '/incidents/x'],
  subscriptions: [{ subscribe: subscriptions, overview: lately }, '/subscribe'],
  'a share menu': [{ endpoint: detail(website) }, `/endpoints/${website.key}`],
}

for (const [name, [models, path]] of Object.entries(screens)) {
  test(`${name}: nothing sticks out of 320 px, with or without a script`, async () => {
    server.show(models)
    for (const javaScriptEnabled of [true, false]) {
      await using context = await browser.context({ javaScriptEnabled, viewport: { width: 320, height: 640 } })
      const page = await context.newPage()
      await page.goto(server.url(path))
      const menu = page.locator('.share > summary')
      if ((await menu.count()) > 0) await menu.click()

      const [wide, out] = await Promise.all([
        page.evaluate('document.documentElement.scrollWidth'),
        page.evaluate(
          `[...document.querySelectorAll('main *, nav *')].filter((it) => it.checkVisibility() &&
            !it.closest('.vh, .checks .why') && (it.getBoundingClientRect().right > 321 || it.getBoundingClientRect().left < -1))
            .map((it) => it.outerHTML.slice(0, 80))`,
        ),
      ])

      expect([wide, out]).toEqual([320, []])
    }
  })
}

const focusedText = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const it = document.activeElement
    return `${it?.tagName} ${it?.getAttribute('aria-label') ?? it?.getAttribute('name') ?? it?.textContent}`
  })

/** All stops of the keyboard, until they begin again. */
async function stops(page: Page): Promise<string[]> {
  const seen: string[] = []
  for (let i = 0; i < 120; i++) {
    await page.keyboard.press('Tab')
    const text = await focusedText(page)
    if (text.startsWith('BODY') || (seen.length > 3 && text.startsWith('A Skip'))) break
    seen.push(text)
  }
  return seen
}

test('the keyboard reaches all of a month, in the order of the page', async () => {
  server.show({ history: november })
  await using context = await browser.context({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(server.url('/history'))

  const seen = await stops(page)

  const controls = await page.locator('a:visible, button:visible, select:visible').count()
  expect(seen).toHaveLength(controls)
  expect(seen.slice(2, 5)).toEqual(['A Status', 'A History', 'A Subscribe'])
  expect(seen.indexOf('A Checkout is down')).toBeGreaterThan(seen.indexOf('SELECT Endpoint'))
})

test('without a script every page is reached by links and forms', async () => {
  server.show(everything)
  await using context = await browser.context({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(server.url('/'))

  await page.locator('.lately a', { hasText: 'Sign-in was down' }).click()
  expect(page.url()).toBe(server.url(`/incidents/${over.id}`))
  expect(await page.locator('h1').textContent()).toBe('Sign-in was down for 14 min')
  await page.locator('.crumbs a', { hasText: 'History' }).click()
  expect(page.url()).toBe(server.url('/history/2026-11'))
  await page.locator('select[name=group]').selectOption('Data')
  await page.locator('button', { hasText: 'Show' }).click()
  expect(page.url()).toBe(server.url('/history/2026-11?group=Data&endpoint='))
  await page.locator('.months a', { hasText: 'October' }).first().click()
  expect(page.url()).toBe(server.url('/history/2026-10'))
  await page.locator('.pages a', { hasText: 'Subscribe' }).click()
  await page.locator('select[name=endpoint]').selectOption('data-search')
  await page.locator('.choose button').click()
  expect(page.url()).toBe(server.url('/subscribe?endpoint=data-search#endpoint'))
  expect(await page.locator('[data-copy]:visible').count()).toBe(0)
  expect(await page.locator('.pages [aria-current]').textContent()).toBe('Subscribe')
})

test('events of an endpoint lead to their outages', async () => {
  server.show(everything)
  await using context = await browser.context()
  const page = await context.newPage()
  await page.clock.setFixedTime(now)
  await page.goto(server.url(`/endpoints/${website.key}`))

  await page.locator('.events a').first().click()

  const start = Date.UTC(2026, 10, 18, 9).toString(36)
  await page.waitForURL(server.url(`/incidents/${website.key}~${start}`))
})

test('a maintenance tells its time in the zone of the reader too, and how long it takes', async () => {
  server.show({ incident: maintenanceNow })
  await using context = await browser.context({ timezoneId: 'Asia/Kolkata' })
  const page = await context.newPage()
  await page.clock.setFixedTime(now)
  await page.goto(server.url('/incidents/x'))

  await page.locator('.local', { hasText: 'your time' }).waitFor()

  expect(await page.locator('.meta').textContent()).toContain('Sat 21 Nov, 12:34–14:54 UTC')
  expect(await page.locator('.local').textContent()).toMatch(/18:04\s?–\s?20:24 your time/)
  expect(await page.locator('[data-left]').textContent()).toBe('40 min left')
})

test('who keeps to UTC is not told the time twice', async () => {
  server.show({ incident: maintenancePlanned })
  await using context = await browser.context()
  const page = await context.newPage()

  await page.goto(server.url('/incidents/x'), { waitUntil: 'networkidle' })

  expect(await page.locator('.local').textContent()).toBe('')
  expect(await page.locator('.meta').textContent()).toContain('Sat 28 Nov, 02:00–04:00 UTC')
})

test('a button copies its text and says so, by keyboard too', async () => {
  server.show(everything)
  await using context = await browser.context({ permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await context.newPage()
  await page.goto(server.url('/subscribe'), { waitUntil: 'networkidle' })

  await page.getByRole('button', { name: 'Copy: Atom feed' }).focus()
  await page.keyboard.press('Enter')

  await page.locator('#said', { hasText: 'Copied' }).waitFor({ state: 'attached' })
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(server.url('/feed.atom'))
})

test('the share menu closes with Escape and with a click beside it', async () => {
  server.show(everything)
  await using context = await browser.context()
  const page = await context.newPage()
  await page.goto(server.url(`/endpoints/${website.key}`))
  const menu = page.locator('.share > .menu')
  const summary = page.locator('.share > summary')

  await summary.click()
  await menu.waitFor()
  // What closes it is loaded after the page: a key that comes before that does nothing.
  await expect
    .poll(async () => {
      await page.keyboard.press('Escape')
      return menu.isVisible()
    })
    .toBe(false)
  expect(await focusedText(page)).toMatch(/^SUMMARY/)
  await summary.click()
  await menu.waitFor()
  await page.mouse.click(20, 400)
  await menu.waitFor({ state: 'hidden' })
})

test('the page of an outage follows it while it lasts, to its end', async () => {
  if (incidentOngoing.kind !== 'outage') throw new Error('not an outage')
  await using own = await servePage()
  own.show({ incident: { ...incidentOngoing, sequence: 100 } })
  await using context = await browser.context()
  const page = await context.newPage()
  await page.clock.setFixedTime(now)
  await page.goto(own.url('/incidents/x'))
  await expect.poll(() => own.feeds).toBe(1)
  const follow = page.locator('.top a.button')
  await follow.focus()

  const { key } = incidentOngoing.incident
  const ended = { ...incidentOngoing.incident, endAt: now }
  own.show({ incident: { ...incidentOngoing, incident: ended, sequence: 102 } })
  own.send('r', [['another', 'up', 1, 'u', now / 1000]], 101)
  own.send('r', [[key, 'up', 77, 'u', now / 1000]], 102)

  await page.locator('h1', { hasText: 'was down for 12 min' }).waitFor()
  expect(await page.title()).toContain('was down for 12 min')
  expect(await page.locator('.timeline').textContent()).toContain('Checks pass again')
  expect(await follow.evaluate((link) => link === document.activeElement)).toBe(true)
  expect(own.requests.filter((path) => path.startsWith('/incidents/')).length).toBe(2)
})

test('the bar of an outage tells of its parts, and goes on doing so while time passes', async () => {
  if (incidentOngoing.kind !== 'outage') throw new Error('not an outage')
  const { row } = incidentOngoing
  await using own = await servePage()
  own.show({ incident: { ...incidentOngoing, sequence: 100 }, endpoint: detail(row, { range: '24h' }) })
  await using context = await browser.context()
  const page = await context.newPage()
  await page.clock.setFixedTime(now)
  await page.goto(own.url('/incidents/x'))
  await page.locator('[data-page=outage]').waitFor()
  const bar = page.locator('.lane .bar')
  const atEnd = async () => {
    await bar.scrollIntoViewIfNeeded()
    const box = await bar.boundingBox()
    await page.mouse.move(0, 0)
    await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) - 2, (box?.y ?? 0) + 10, { steps: 3 })
  }

  await atEnd()

  await page.locator('#tip b', { hasText: '14:00–14:15' }).waitFor()
  expect(await page.locator('#tip').textContent()).toContain('Down')
  await page.locator('#tip', { hasText: 'checks failed' }).waitFor()
  expect(
    own.requests.some((path) => path.startsWith(`/api/v1/endpoints/${row.key}/bucket?from=2026-11-21T14:00`)),
  ).toBe(true)
  const later = now + 15 * 60_000
  own.show({ incident: { ...incidentOngoing, row: { ...row, history: 'u93d3' }, now: later, sequence: 101 } })
  own.send('r', [[row.key, 'down', null, 'd', later / 1000]], 101)
  await page.locator('.lane path.d[d^="M465 14h14"]').waitFor()
  await atEnd()
  await page.locator('#tip b', { hasText: '14:15–14:30' }).waitFor()
})

test('the page of a maintenance follows what it is about, to its end', async () => {
  if (maintenanceNow.kind !== 'maintenance') throw new Error('not a maintenance')
  const { maintenance, rows } = maintenanceNow
  await using own = await servePage()
  own.show({ incident: { ...maintenanceNow, related: [], sequence: 100 } })
  await using context = await browser.context({ timezoneId: 'Europe/Berlin' })
  const page = await context.newPage()
  await page.clock.setFixedTime(now)
  await page.goto(own.url('/incidents/x'))
  await expect.poll(() => own.feeds).toBe(1)
  const calendar = page.locator('.top a.button')
  await calendar.focus()

  own.show({ incident: { ...maintenanceNow, sequence: 102 } })
  own.send('r', [[rows[0]?.key, 'maintenance', 77, 'm', now / 1000]], 101)
  own.send('r', [['another', 'down', null, 'd', now / 1000, 1]], 102)

  await page.locator('main', { hasText: 'Down too' }).waitFor()
  expect(await page.locator('.ends [data-left]').textContent()).toContain('left')
  expect(await page.locator('.local').textContent()).not.toBe('')
  expect(await calendar.evaluate((link) => link === document.activeElement)).toBe(true)
  expect(own.requests.filter((path) => path.startsWith('/incidents/')).length).toBe(2)
  const ended = rows.map((row) => ({ ...row, state: 'up' as const }))
  own.show({ incident: { ...maintenanceNow, rows: ended, now: maintenance.endAt + 1_000, sequence: 103 } })
  own.send('r', [[rows[0]?.key, 'up', 77, 'u', maintenance.endAt / 1000, 1]], 103)
  await page.locator('.progress').waitFor({ state: 'detached' })
})

test('the page of a maintenance that begins says so, though nothing else happens', async () => {
  if (maintenancePlanned.kind !== 'maintenance') throw new Error('not a maintenance')
  const { maintenance } = maintenancePlanned
  await using own = await servePage()
  own.show({ incident: { ...maintenancePlanned, now: maintenance.beginAt - 20_000, sequence: 100 } })
  await using context = await browser.context()
  const page = await context.newPage()
  await page.clock.install({ time: maintenance.beginAt - 20_000 })
  await page.goto(own.url('/incidents/x'))
  await expect.poll(() => own.feeds).toBe(1)

  own.show({ incident: { ...maintenancePlanned, now: maintenance.beginAt + 1_000, sequence: 100 } })
  await page.clock.fastForward(40_000)

  await page.locator('.progress').waitFor()
})

for (const [place, height] of [
  ['below what is seen at once', 500],
  ['in view when the reader says so', 1_600],
] as const) {
  test(`what is over or planned by now shows ${place}`, async () => {
    await using own = await servePage()
    own.show({ overview: overview(few, { upcoming: [upgrade] }) })
    await using context = await browser.context({ viewport: { width: 1280, height } })
    const page = await context.newPage()
    await page.clock.setFixedTime(now)
    await page.goto(own.url('/'))
    await page.locator('[data-live=live]').waitFor()

    own.show({ overview: overview(few, { upcoming: [planned], recent: [over], sequence: 101 }) })
    own.send('c', {}, 101)
    if (height > 1_000) {
      await page.locator('#held', { hasText: '3 changes' }).waitFor()
      expect(await page.locator('#lately li').count()).toBe(1)
      await page.locator('#held').click()
    }

    await page.locator('#lately', { hasText: 'Sign-in was down for 14 min' }).waitFor({ state: 'attached' })
    expect(
      await page.locator('#lately a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
    ).toEqual([planned, over].map(({ id }) => `/incidents/${encodeURIComponent(id)}`))
    own.show({ overview: overview(few, { sequence: 102 }) })
    own.send('c', {}, 102)
    if (height > 1_000) await page.locator('#held').click()
    await page.locator('#lately').waitFor({ state: 'detached' })
  })
}

test('pages that are not live open no feed', async () => {
  server.show(everything)
  await using context = await browser.context()
  const page = await context.newPage()
  const before = server.requests.length

  for (const path of ['/history', `/incidents/${over.id}`, '/subscribe']) {
    await page.goto(server.url(path), { waitUntil: 'networkidle' })
  }

  expect(server.requests.slice(before).filter((path) => path.startsWith('/api/v1/events'))).toEqual([])
  expect(server.requests.slice(before).filter((path) => path.includes('/detail'))).toEqual([])
})

test('widgets are 36 px high in any page, and never wider than their frame', async () => {
  server.show({ overview: overview([...few, endpoint('x'.repeat(120), 'Core', { state: 'down' })]) })
  await using context = await browser.context({ viewport: { width: 320, height: 36 } })
  const page = await context.newPage()

  for (const path of ['/embed/status', '/embed/status?theme=dark', '/embed/endpoint/core-website']) {
    await page.goto(server.url(path))
    expect(
      await page.evaluate('[document.documentElement.scrollWidth, document.documentElement.scrollHeight]'),
    ).toEqual([320, 36])
  }
  expect(await page.locator('a').textContent()).toBe('Website: Operational')
})
