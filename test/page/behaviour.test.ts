import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenBrowser, openBrowser } from '../e2e/browser.ts'
import { type PageServer, servePage } from './fixture-server.ts'
import { detail, endpoint, few, hundreds, now, oneDown, overview } from './fixtures.ts'

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

async function open(page: Page, path = '/'): Promise<void> {
  await page.clock.setFixedTime(now)
  await page.goto(server.url(path))
  await page.locator('[data-live=live]').waitFor()
}

const names = (page: Page): Promise<string[]> => page.locator('#list li.row:not([hidden]) a:visible').allTextContents()

// --- without a script

test('without a script the overview says everything', async () => {
  server.show({ overview: overview(oneDown) })
  await using context = await browser.context({ javaScriptEnabled: false })
  const page = await context.newPage()

  await page.goto(server.url('/'))

  expect(await page.locator('h1').textContent()).toBe('Checkout is down')
  expect(await page.locator('.meta').textContent()).toContain('since 14:02')
  expect(await page.locator('.live').textContent()).toContain('as of 14:14:04 UTC')
  expect(await names(page)).toEqual(oneDown.map((row) => row.name))
  expect(await page.locator('.js-only:visible').count()).toBe(0)
})

test('without a script filters, ranges, search and sort work by links and a form', async () => {
  server.show({ overview: overview(oneDown) })
  await using context = await browser.context({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(server.url('/'))

  await page.locator('.chips a', { hasText: 'Down' }).click()
  expect(await names(page)).toEqual(['Checkout'])
  await page.locator('.chips a', { hasText: 'All' }).click()
  await page.locator('.range a', { hasText: '24 h' }).click()
  expect(page.url()).toBe(server.url('/?range=24h'))
  await page.locator('input[type=search]').fill('edge')
  await page.locator('select').selectOption('name')
  await page.locator('button', { hasText: 'Apply' }).click()

  expect(new URL(page.url()).searchParams.toString()).toBe('q=edge&sort=name&range=24h')
  expect(await names(page)).toEqual(['Frankfurt', 'Name server', 'São Paulo', 'Singapore'])
})

test('without a script a closed group opens by its link', async () => {
  server.show({ overview: overview(hundreds) })
  await using context = await browser.context({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(server.url('/'))

  await page.locator('details[data-g=Build] summary').click()
  await page.locator('details[data-g=Build] .rest a').click()

  expect(await page.locator('details[data-g=Build] li').count()).toBe(29)
})

test('without a script the endpoint page shows a chosen time', async () => {
  server.show({ endpoint: detail(website) })
  await using context = await browser.context({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(server.url(`/endpoints/${website.key}`))

  await page.locator('.history details summary').click()
  await page.locator('.history tbody a').first().click()

  expect(await page.locator('.chosen h3').textContent()).toBe('14:00–14:15 UTC')
  expect(await page.locator('.chosen .checks li').count()).toBeGreaterThan(10)
})

// --- search and filters in the browser

test('typing filters the list at once, in every group, and keeps the address', async () => {
  server.show({ overview: overview(hundreds) })
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page)

  await page.keyboard.press('/')
  await page.keyboard.type('build sync')

  await expect
    .poll(() => names(page))
    .toEqual(hundreds.filter((row) => /^build-sync/.test(row.name)).map((row) => row.name))
  expect(page.url()).toBe(server.url('/?q=build+sync'))
  await page.keyboard.press('Escape')
  await expect.poll(() => page.locator('details[data-g]:visible').count()).toBe(14)
  expect(await page.locator('details[data-g=Build]').getAttribute('open')).toBeNull()
})

test('browser and server give the same list for the same address', async () => {
  server.show({ overview: overview(hundreds) })
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page)

  await page.locator('.chips a', { hasText: 'Unstable' }).click()
  await page.locator('.chips a[aria-current]', { hasText: 'Unstable' }).waitFor()
  const inBrowser = await names(page)
  await page.reload()

  expect(page.url()).toBe(server.url('/?f=unstable'))
  expect(await names(page)).toEqual(inBrowser)
  expect(inBrowser.length).toBe(hundreds.filter((row) => row.unstable).length)
})

test('no match says so and offers the way back', async () => {
  server.show({ overview: overview(few) })
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page)

  await page.locator('input[type=search]').fill('zebra')
  await page.locator('.nomatch', { hasText: 'No endpoint matches “zebra”.' }).waitFor()
  await page.locator('.nomatch a').click()

  await expect.poll(() => names(page)).toEqual(few.map((row) => row.name))
  expect(await page.locator('.nomatch').count()).toBe(0)
})

test('back returns to the filter before', async () => {
  server.show({ overview: overview(oneDown) })
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page)

  await page.locator('.chips a', { hasText: 'Down' }).click()
  await expect.poll(() => names(page)).toEqual(['Checkout'])
  await page.goBack()

  await expect.poll(() => names(page)).toEqual(few.map((row) => row.name))
})

// --- tooltip and keys

test('the tooltip stays inside the window at both ends of a bar, tells figures, and closes with Esc', async () => {
  server.show({ overview: overview(few, { range: '24h' }), endpoint: detail(website) })
  await using context = await browser.context({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await open(page, '/?range=24h')
  const bar = await page.locator('#list .bar.full').first().boundingBox()
  if (bar === null) throw new Error('no bar')

  for (const x of [bar.x + 2, bar.x + bar.width - 2]) {
    await page.mouse.move(x, bar.y + 12)
    await page.mouse.move(x, bar.y + 14)
    await page.locator('#tip').waitFor()
    const tip = await page.locator('#tip').boundingBox()
    expect(tip?.x).toBeGreaterThanOrEqual(0)
    expect((tip?.x ?? 0) + (tip?.width ?? 0)).toBeLessThanOrEqual(390)
  }
  await page.locator('#tip', { hasText: '0 of 30 checks failed' }).waitFor()
  expect(await page.locator('#tip').textContent()).toContain('14:00–14:15')

  await page.keyboard.press('Escape')
  await page.locator('#tip').waitFor({ state: 'hidden' })
})

test('arrow keys walk rows and bars, Shift jumps to problems, Enter opens', async () => {
  server.show({ overview: overview(few), endpoint: detail(website) })
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page)

  const focused = () => page.evaluate(() => document.activeElement?.textContent)
  await page.keyboard.press('j')
  await expect.poll(focused).toBe('Website')
  await page.keyboard.press('ArrowDown')
  expect(await focused()).toBe('Sign-in')
  await page.keyboard.press('ArrowLeft')
  await page.locator('#tip b', { hasText: 'Sat 21 Nov' }).waitFor()
  await page.keyboard.press('Shift+ArrowLeft')
  await page.locator('#tip b', { hasText: 'Wed 18 Nov' }).waitFor()
  expect(await page.locator('#tip').textContent()).toContain('Down at times')
  await page.keyboard.press('Home')
  await page.locator('#tip b', { hasText: 'Mon 24 Aug' }).waitFor()
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await page.waitForURL(server.url(`/endpoints/${few[0]?.key}?range=90d`))
})

test('keys pressed before their module has come are done in order, and none scrolls the page', async () => {
  server.show({ overview: overview(few) })
  await using context = await browser.context()
  const page = await context.newPage()
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/controls-*.js', (route) => released.then(() => route.continue()))
  await open(page)
  const focused = () => page.evaluate(() => document.activeElement?.textContent)
  const link = page.locator('#list a', { hasText: 'Website' })

  await page.evaluate(() => {
    addEventListener('keydown', ({ key, defaultPrevented }) => {
      if (!defaultPrevented) document.body.title += ` ${key}`
    })
  })
  await link.focus()
  for (const key of ['End', 'Control+ArrowRight', 'ArrowDown', 'j']) await page.keyboard.press(key)
  // What is left to the browser.
  const left = await page.evaluate(() => document.body.title)
  expect([await focused(), left]).toEqual(['Website', ' Control ArrowRight j'])
  release()

  await expect.poll(focused).toBe(few[2]?.name)
})

test('keys in quick succession move along a bar one after the other', async () => {
  server.show({ overview: overview(few) })
  await using context = await browser.context()
  const page = await context.newPage()
  await page.clock.setFixedTime(now)
  await page.goto(server.url('/'))
  await page.locator('#list a', { hasText: 'Sign-in' }).focus()

  await page.keyboard.press('End')
  await page.keyboard.press('Shift+ArrowLeft')

  await page.locator('#tip b', { hasText: 'Wed 18 Nov' }).waitFor()
  expect(await page.locator('#tip').textContent()).toContain('Down at times')
})

test('single keys choose range, filter and theme, and help lists them', async () => {
  server.show({ overview: overview(oneDown) })
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page)

  await page.keyboard.press('?')
  await page.locator('dialog[open]').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('dialog[open]').waitFor({ state: 'detached' })
  await page.keyboard.press('f')
  await page.locator('.chips [data-f=down][aria-current]').waitFor()
  await page.keyboard.press('t')
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('light')
  await page.keyboard.press('2')
  await page.waitForURL(server.url('/?range=24h&f=down'))

  expect((await context.cookies()).map(({ name, value }) => [name, value]).sort()).toEqual([
    ['vedette-range', '24h'],
    ['vedette-theme', 'light'],
  ])
  expect(await page.locator('html').getAttribute('data-theme')).toBe('light')
})

test('single keys rest while somebody types or has switched them off', async () => {
  server.show({ overview: overview(few) })
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page)

  await page.locator('input[type=search]').focus()
  await page.keyboard.type('t?')
  expect(await page.locator('html').getAttribute('data-theme')).toBeNull()
  await page.locator('.settings summary').click()
  await page.locator('.settings input[name=shortcuts]').uncheck()
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')

  expect(await page.locator('dialog').count()).toBe(0)
})

test('the bar of the endpoint page is a slider that reads each bucket', async () => {
  server.show({ endpoint: detail(website) })
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page, `/endpoints/${website.key}`)
  const lane = page.locator('#lane[role=slider]')
  await lane.focus()

  await page.keyboard.press('ArrowLeft')
  const median = Math.round(detail(website).buckets.at(-1)?.p50Ms ?? 0)
  await expect
    .poll(() => lane.getAttribute('aria-valuetext'))
    .toBe(`14:00–14:15, Operational, 0 of 30 checks failed, Median ${median} ms`)
  await page.keyboard.press('Shift+ArrowLeft')
  await expect.poll(() => lane.getAttribute('aria-valuenow')).toBe('92')
  await page.keyboard.press('Enter')

  await page.waitForURL(/at=2026-11-21T13%3A15%3A00Z/)
  expect(await page.locator('.chosen').textContent()).toContain('1 of 30 checks failed')
})

test('the chart tells the values under the pointer', async () => {
  server.show({ endpoint: detail(website) })
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page, `/endpoints/${website.key}`)

  let x = 400
  const reading = async () => {
    await page.locator('#chart').hover({ position: { x: x++, y: 100 } })
    return page.locator('#reading').textContent()
  }

  await expect.poll(reading).toMatch(/^\d\d:\d\d–\d\d:\d\d UTC · Median \d+ ms/)
})

test('the theme of the cookie holds from the first paint', async () => {
  server.show({ overview: overview(few) })
  await using context = await browser.context({ colorScheme: 'light', javaScriptEnabled: false })
  await context.addCookies([{ name: 'vedette-theme', value: 'dark', url: server.url('/') }])
  const page = await context.newPage()

  await page.goto(server.url('/'))

  expect(await page.locator('body').evaluate((body) => getComputedStyle(body).color)).toBe('rgb(233, 236, 241)')
})

test('o opens and closes the group of the focused row, Shift+O all of them, and the focus stays where it can be seen', async () => {
  server.show({ overview: overview(hundreds) })
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page)
  const group = page.locator('details[data-g=Payments]')
  const focused = () => page.evaluate(() => document.activeElement?.tagName)

  await group.locator('li a').first().focus()
  await page.keyboard.press('o')
  await expect.poll(() => group.getAttribute('open')).toBeNull()
  expect(await focused()).toBe('SUMMARY')
  await page.keyboard.press('o')
  await expect.poll(() => group.getAttribute('open')).toBe('')
  await page.keyboard.press('Shift+O')
  await expect.poll(() => page.locator('details[data-g]:not([open])').count()).toBe(0)
  await page.keyboard.press('Shift+O')
  await expect.poll(() => page.locator('details[data-g][open]').count()).toBe(2)
})

test('g h goes to the history, g s to the overview', async () => {
  server.show({ overview: overview(few) })
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page)

  await page.keyboard.press('g')
  await page.keyboard.press('h')
  await page.waitForURL(server.url('/history'))
  await page.goto(server.url('/?f=down'))
  await page.locator('[data-live=live]').waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('s')

  await page.waitForURL(server.url('/'))
})

test('the tooltip names the first error of a bar, asked for once after a rest', async () => {
  server.show({ overview: overview(few, { range: '24h' }), endpoint: detail(website) })
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page, `/endpoints/${website.key}`)
  const lane = page.locator('#lane[role=slider]')
  await lane.focus()
  const asked = () => server.requests.filter((path) => path.includes('/bucket?')).length
  const before = asked()

  await page.keyboard.press('Shift+ArrowLeft')
  await page.locator('#tip code', { hasText: '[STATUS] (502) == 200' }).waitFor()
  await page.keyboard.press('ArrowLeft')
  await page.locator('#tip', { hasText: '0 of 30 checks failed' }).waitFor()
  expect(await page.locator('#tip code').count()).toBe(0)
  await page.keyboard.press('ArrowRight')
  await page.locator('#tip code').waitFor()

  expect(asked() - before).toBe(2)
})

test('a tooltip goes when its bar is scrolled away, and stays when only the word of an earlier scroll comes', async () => {
  server.show({ overview: overview(few, { range: '24h' }), endpoint: detail(website) })
  await using context = await browser.context({ viewport: { width: 390, height: 500 } })
  const page = await context.newPage()
  await open(page, `/endpoints/${website.key}`)
  await page.locator('#lane[role=slider]').focus()
  await page.keyboard.press('End')
  const tip = page.locator('#tip:not([hidden])')
  // All of it: what is told later puts it in its place again.
  await page.locator('#tip', { hasText: 'checks failed' }).waitFor()

  await page.evaluate(() => dispatchEvent(new Event('scroll')))
  expect(await tip.count()).toBe(1)
  await page.evaluate(() => scrollBy({ top: 40, behavior: 'instant' }))

  await tip.waitFor({ state: 'detached' })
})

test('a finger scrubs along a bar, and what it found stays to be read', async () => {
  server.show({ overview: overview(few, { range: '24h' }), endpoint: detail(website) })
  await using context = await browser.context({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const page = await context.newPage()
  await page.addInitScript(() => {
    const steps: number[] = []
    Object.assign(window, { steps })
    navigator.vibrate = () => steps.push(1) > 0
  })
  await open(page, '/?range=24h')
  const bar = await page.locator('#list .bar.full').first().boundingBox()
  if (bar === null) throw new Error('no bar')
  const cdp = await context.newCDPSession(page)
  const y = bar.y + 14
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: x === undefined ? [] : [{ x, y }] })
  const time = () => page.locator('#tip b').textContent()

  await touch('touchStart', bar.x + 40)
  await touch('touchMove', bar.x + 60)
  await touch('touchMove', bar.x + 80)
  await page.locator('#tip').waitFor()
  const first = await time()
  await touch('touchMove', bar.x + 200)
  await expect.poll(time).not.toBe(first)
  expect(await page.evaluate(() => Reflect.get(window, 'steps').length)).toBeGreaterThan(1)
  const tip = await page.locator('#tip').boundingBox()
  expect((tip?.y ?? 0) + (tip?.height ?? 0)).toBeLessThanOrEqual(bar.y - 16)
  await touch('touchEnd')

  await page.locator('#tip', { hasText: 'checks failed' }).waitFor()
  expect(page.url()).toBe(server.url('/?range=24h'))
  await page.touchscreen.tap(20, 100)
  await page.locator('#tip').waitFor({ state: 'hidden' })
})

test('a tap on a bar tells of it, even the first tap of all, and one beside it opens the endpoint', async () => {
  server.show({ overview: overview(oneDown), endpoint: detail(website) })
  await using context = await browser.context({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const page = await context.newPage()
  await open(page, '/')
  const bar = await page.locator('#list .bar.full').first().boundingBox()
  if (bar === null) throw new Error('no bar')

  await page.touchscreen.tap(bar.x + bar.width * 0.9, bar.y + 12)
  await page.locator('#tip').waitFor()
  expect(page.url()).toBe(server.url('/'))
  await page.locator('#list li.row', { hasText: 'Website' }).getByText('Website', { exact: true }).tap()

  await page.waitForURL(/endpoints/)
})

test('the page behind a row is fetched while the pointer rests on it', async () => {
  server.show({ overview: overview(few), endpoint: detail(website) })
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page)
  const row = page.locator('#list li.row', { hasText: 'Website' })

  await page.mouse.move(5, 5)
  await row.hover()
  await page.mouse.move(400, (await row.boundingBox())?.y ?? 0)
  await row.hover()

  await expect.poll(() => page.locator('link[rel=prefetch]').count()).toBe(1)
  await expect.poll(() => server.requests.includes(`/endpoints/${website.key}?range=90d`)).toBe(true)
})

test('name and icon go over into the next page, unless motion is unwanted', async () => {
  server.show({ overview: overview(few), endpoint: detail(website) })
  for (const [reducedMotion, moves] of [
    ['no-preference', true],
    ['reduce', false],
  ] as const) {
    await using context = await browser.context({ reducedMotion })
    const page = await context.newPage()
    await page.addInitScript(() => {
      addEventListener('pagereveal', (event) =>
        Object.assign(window, { moved: Reflect.get(event, 'viewTransition') !== null }),
      )
    })
    await open(page)
    // Loads what watches links.
    await page.mouse.move(300, 300)
    await page.locator('#list .row', { hasText: 'Website' }).hover()
    await expect.poll(() => page.locator('link[rel=prefetch]').count()).toBe(1)

    await page.locator('#list a', { hasText: 'Website' }).click()
    await page.waitForURL(/endpoints/)

    await expect.poll(() => page.evaluate(() => Reflect.get(window, 'moved'))).toBe(moves)
    expect(await page.locator('h1').textContent()).toBe('Website')
  }
})
