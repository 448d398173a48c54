import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenBrowser, openBrowser } from '../e2e/browser.ts'
import { type PageServer, servePage } from './fixture-server.ts'
import { detail, down, endpoint, few, hundreds, many, now, oneDown, overview, thousand } from './fixtures.ts'
import { itemOf } from './items.ts'
import { recordShifts, shiftsOf } from './shifts.ts'

let browser: OpenBrowser
let server: PageServer
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser[Symbol.asyncDispose]()
})

const at = Math.floor(now / 1000)
const website = endpoint('Website', 'Core')
const devices = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const
const sixty = many(60).map((row, i) => (i === 3 ? { ...row, ...down } : row))

async function open(page: Page, path: string): Promise<void> {
  await page.clock.setFixedTime(now)
  await recordShifts(page)
  await page.goto(server.url(path))
  await page.locator('[data-live=live]').waitFor()
}

/** Answers how to wait for it, once the page is asked for. */
async function firstPaint(page: Page): Promise<() => Promise<void>> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Page.enable')
  await devtools.send('Page.setLifecycleEventsEnabled', { enabled: true })
  const painted = new Promise<void>((resolve) => {
    devtools.on('Page.lifecycleEvent', ({ name }) => name === 'firstContentfulPaint' && resolve())
  })
  return () => painted
}

const nodesIn = (page: Page, selector: string): Promise<number> =>
  page.evaluate((within) => document.querySelectorAll(`${within} *`).length, selector)

for (const [name, rows] of Object.entries({ twelve: few, sixty, 'a thousand': thousand })) {
  test(`the overview of ${name} is live after three requests, and needs no more for results that change no state`, async () => {
    await using own = await servePage()
    server = own
    server.show({ overview: overview(rows) })
    await using context = await browser.context({ viewport: devices.phone })
    const page = await context.newPage()

    await open(page, '/')
    server.send(
      'r',
      rows.map(({ key, state }) => [key, state, state === 'up' ? 78 : null, 'u', at]),
      101,
    )
    await page.locator(`#as-of time[datetime="${new Date(at * 1000).toISOString().replace('.000', '')}"]`).waitFor()
    await page.waitForLoadState('load')

    expect(server.requests.map((path) => path.replace(/-[\w-]+\.js/, '.js'))).toEqual([
      '/',
      '/assets/boot.js',
      '/api/v1/events?since=100',
    ])
    const script = await fetch(server.url(server.requests[1] ?? ''))
    expect(gzipSync(await script.text(), { level: 6 }).length).toBeLessThanOrEqual(16_000)
  })
}

test('results of endpoints that the page does not show ask for nothing while their state is the same', async () => {
  await using own = await servePage()
  server = own
  server.show({ overview: overview(hundreds) })
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page, '/')
  const shown = await page
    .locator('#list li a')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  const others = hundreds.filter(({ key }) => !shown.some((href) => href.startsWith(`/endpoints/${key}?`)))
  const asked = () => server.requests.filter((path) => path.startsWith('/api/v1/overview')).length

  server.send(
    'r',
    others.map(({ key, state }) => [key, state, 78, 'u', at]),
    101,
  )
  await page.locator(`#as-of time[datetime="${new Date(at * 1000).toISOString().replace('.000', '')}"]`).waitFor()

  expect(others.some(({ state }) => state === 'maintenance')).toBe(true)
  expect(asked()).toBe(0)
  server.send('r', [[others[0]?.key, 'down', null, 'd', at + 1, 1]], 102)
  await expect.poll(asked).toBe(1)
})

for (const [name, rows] of Object.entries({ twelve: oneDown, sixty, 'a thousand': thousand })) {
  for (const [device, viewport] of Object.entries(devices)) {
    for (const language of ['en', 'de', 'ar']) {
      test(`nothing moves when a script makes the words of ${name} endpoints age (${device}, ${language})`, async () => {
        await using own = await servePage()
        server = own
        server.show({ overview: overview(rows) })
        await using context = await browser.context({ viewport, locale: language, timezoneId: 'Europe/Berlin' })
        const page = await context.newPage()
        // What was painted before any script ran is what counts.
        const painted = await firstPaint(page)
        await page.route('**/assets/**', (route) => painted().then(() => route.continue()))

        await open(page, '/')
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))))

        expect(await shiftsOf(page)).toEqual([])
      })
    }
  }
}

test('of sixty endpoints on a phone, those out of sight cost nothing until they are looked at', async () => {
  await using own = await servePage()
  server = own
  server.show({ overview: overview(sixty) })
  await using context = await browser.context({ viewport: devices.phone })
  const page = await context.newPage()
  await open(page, '/')
  const skipped = () =>
    page
      .locator('#list li .who a')
      .evaluateAll((links) => links.map((link) => !link.checkVisibility({ contentVisibilityAuto: true })))

  expect((await skipped()).filter(Boolean).length).toBeGreaterThan(40)
  await page.locator('#list li').last().scrollIntoViewIfNeeded()
  await expect.poll(async () => (await skipped()).at(-1)).toBe(false)
})

for (const [name, rows] of Object.entries({ few, 'a thousand': thousand })) {
  for (const [device, viewport] of Object.entries(devices)) {
    test(`nothing moves while ${name} endpoints load and live through a minute of results (${device})`, async () => {
      await using own = await servePage()
      server = own
      server.show({ overview: overview(rows) })
      await using context = await browser.context({ viewport })
      const page = await context.newPage()
      await open(page, '/')
      // Somebody is reading.
      await page.mouse.move(200, 300)

      const key = rows[2]?.key ?? ''
      const broken = rows.map((row) =>
        row.key === key ? { ...row, ...oneDown[2], key, name: row.name, group: row.group } : row,
      )
      for (let second = 1; second <= 60; second++) {
        const down = second > 20 && second <= 40
        if (second === 21) server.show({ overview: overview(broken, { sequence: 100 + second }) })
        if (second === 41) server.show({ overview: overview(rows, { sequence: 100 + second }) })
        const entries = rows.slice(0, 50).map((row) => [row.key, row.state, 50 + second * 3, 'u', at + second])
        server.send(
          'r',
          [...entries, [key, down ? 'down' : 'up', down ? null : 77, down ? 'd' : 'u', at + second]],
          100 + second,
        )
        if (second === 21) await page.locator(`#list ${itemOf(key)}[data-s=down]`).waitFor()
        if (second === 41) await page.locator(`#list ${itemOf(key)}[data-s=up]`).waitFor()
      }
      await page.locator('#list .ms', { hasText: '230 ms' }).first().waitFor({ state: 'attached' })

      expect(await shiftsOf(page)).toEqual([])
    })
  }
}

test('rows and tiles are made of few nodes, and closed groups of none', async () => {
  await using own = await servePage()
  server = own
  await using context = await browser.context()
  const page = await context.newPage()

  server.show({ overview: overview(many(60)) })
  await open(page, '/')
  expect((await nodesIn(page, '#list')) / 60).toBeLessThanOrEqual(25)
  server.show({ overview: overview(many(1_000)) })
  await open(page, '/')
  expect(await nodesIn(page, 'body')).toBeLessThanOrEqual(600)
  await open(page, '/?view=wall')
  expect(await nodesIn(page, '#list')).toBeLessThanOrEqual(8_000)
})

test('a thousand open rows take less than 20 MB of script memory, and still do after 100,000 results', async () => {
  await using own = await servePage()
  server = own
  server.show({ overview: overview(thousand) })
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page, '/')
  await page.keyboard.press('Shift+O')
  await expect.poll(() => page.locator('#list li.row').count()).toBe(1_000)
  const cdp = await context.newCDPSession(page)
  const heap = async () => {
    await cdp.send('HeapProfiler.collectGarbage')
    return (await cdp.send('Runtime.getHeapUsage')).usedSize / 1e6
  }
  let second = 0
  const live = async () => {
    for (let i = 0; i < 50; i++) {
      second += 1
      const entries = thousand.slice(0, 200).map((row) => [row.key, row.state, 50 + second, 'u', at + second])
      server.send('r', entries, 100 + second)
    }
    await page
      .locator('#list .ms', { hasText: `${50 + second} ms` })
      .first()
      .waitFor({ state: 'attached' })
  }

  expect(await heap()).toBeLessThan(20)
  for (let i = 0; i < 10; i++) await live()

  expect(await heap()).toBeLessThan(20)
})

test('the page of an endpoint is live after the same three, and loads what draws it beside', async () => {
  await using own = await servePage()
  server = own
  server.show({ endpoint: detail(website) })
  await using context = await browser.context()
  const page = await context.newPage()

  await open(page, `/endpoints/${website.key}`)
  await page.locator('#lane[role=slider]').waitFor()

  const assets = server.requests.filter((path) => path.startsWith('/assets/'))
  expect(server.requests.filter((path) => path.startsWith('/api/v1/endpoints'))).toEqual([])
  expect(assets.length).toBeLessThanOrEqual(16)
})
