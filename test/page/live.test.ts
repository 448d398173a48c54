import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenBrowser, openBrowser } from '../e2e/browser.ts'
import { servePage } from './fixture-server.ts'
import { detail, down, endpoint, few, hundreds, now, oneDown, overview, stale, thousand } from './fixtures.ts'
import { recordShifts, shiftsOf } from './shifts.ts'

let browser: OpenBrowser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser[Symbol.asyncDispose]()
})

const at = Math.floor(now / 1000)
const checkout = few.find((row) => row.name === 'Checkout') ?? endpoint('Checkout', 'Core')

async function open(page: Page, url: string): Promise<void> {
  await page.clock.setFixedTime(now)
  await recordShifts(page)
  await page.goto(url)
  await page.locator('[data-live=live]').waitFor()
}

const rowOf = (page: Page, name: string) => page.locator('#list li.row', { hasText: name })

for (const [device, viewport] of Object.entries({
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
})) {
  test(`a result turns an endpoint down on the open page: all of it agrees and nothing moves (${device})`, async () => {
    await using server = await servePage()
    await using context = await browser.context({ viewport })
    const page = await context.newPage()
    server.show({ overview: overview(few) })
    await open(page, server.url('/'))
    const link = rowOf(page, 'Checkout').locator('a')
    await link.focus()
    const handle = await link.elementHandle()
    const icon = await page.locator('link[rel=icon]').getAttribute('href')

    server.show({ overview: overview(oneDown, { sequence: 101 }) })
    server.send('r', [[checkout.key, 'down', null, 'd', at]], 101)

    await page.locator('h1', { hasText: 'Checkout is down' }).waitFor()
    await expect.poll(() => rowOf(page, 'Checkout').getAttribute('data-s')).toBe('down')
    await expect.poll(() => rowOf(page, 'Checkout').textContent()).toContain('Down 12 min')
    await expect.poll(() => page.locator('details[data-g=Core] summary').textContent()).toContain('1 down')
    await expect.poll(() => page.locator('.chips [data-f=down] b').textContent()).toBe('1')
    await expect.poll(() => page.title()).toBe('✕ 1 down – Acme status')
    await expect.poll(() => page.locator('link[rel=icon]').getAttribute('href')).not.toBe(icon)
    await expect.poll(() => page.locator('#said').textContent()).toBe('Checkout is down.')
    expect(await handle?.evaluate((node) => node === document.activeElement && node.isConnected)).toBe(true)
    expect(await shiftsOf(page)).toEqual([])
  })
}

test('on a phone nothing moves when the answer takes two lines and several rows change', async () => {
  await using server = await servePage()
  await using context = await browser.context({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  const hit = few.slice(0, 4)
  server.show({ overview: overview(few) })
  await open(page, server.url('/'))

  const rows = few.map((row) => (hit.includes(row) ? { ...row, ...down } : row))
  server.show({ overview: overview(rows, { sequence: 101 }) })
  server.send(
    'r',
    hit.map(({ key }) => [key, 'down', null, 'd', at]),
    101,
  )
  await page.locator('h1', { hasText: '4 of 12 endpoints are down' }).waitFor()
  await expect.poll(() => page.locator('#list li.row[data-s=down]').count()).toBe(4)
  // Nor where the rows have been drawn.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))

  expect(await shiftsOf(page)).toEqual([])
})

test('what needs attention waits behind a button while somebody may be reading', async () => {
  await using server = await servePage()
  await using context = await browser.context()
  const page = await context.newPage()
  server.show({ overview: overview(few) })
  await open(page, server.url('/'))
  server.show({ overview: overview(oneDown, { sequence: 101 }) })
  server.send('r', [[checkout.key, 'down', null, 'd', at]], 101)

  await page.locator('button', { hasText: '1 change' }).click()

  expect(await page.locator('#attention li').textContent()).toContain('[STATUS] (503) == 200')
  await page.locator('button', { hasText: '1 change' }).waitFor({ state: 'detached' })
})

test('a result without a change of state renews the response time and fetches nothing', async () => {
  await using server = await servePage()
  await using context = await browser.context()
  const page = await context.newPage()
  server.show({ overview: overview(few) })
  await open(page, server.url('/'))

  server.send('r', [[checkout.key, 'up', 321, 'u', at]], 101)

  await page.locator('.ms', { hasText: '321 ms' }).waitFor()
  expect(server.requests.filter((path) => path.startsWith('/api/v1/overview'))).toEqual([])
})

/** Notes what changes in the list and in what needs attention, as the names of the elements changed. */
const watchChanges = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const changes: string[] = []
    Object.assign(window, { changes })
    const observer = new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement
        if (element?.closest('time') === null) changes.push(`${element.localName}.${element.className}`)
      }
    })
    const all = { attributes: true, characterData: true, childList: true, subtree: true }
    for (const place of document.querySelectorAll('#list, #attention, #hero h1')) observer.observe(place, all)
  })

const changesOf = (page: Page): Promise<unknown> => page.evaluate(() => Reflect.get(window, 'changes'))

for (const [name, path, rows] of [
  ['few', '/', oneDown],
  ['few that are stale', '/', stale],
  ['few in an order of their own', '/?sort=uptime', oneDown],
  ['hundreds in closed groups', '/', hundreds],
  ['hundreds on the wall', '/?view=wall', hundreds],
  ['hundreds that are filtered', '/?f=maintenance', hundreds],
] as const) {
  test(`a snapshot that tells nothing new changes nothing of the page: ${name}`, async () => {
    await using server = await servePage()
    await using context = await browser.context()
    const page = await context.newPage()
    server.show({ overview: overview(rows) })
    await open(page, server.url(path))
    await watchChanges(page)

    const counted = rows.map((row) => ({ ...row, uptime: { ...row.uptime, expected: row.uptime.expected + 1 } }))
    server.show({ overview: overview(counted, { sequence: 101, newestAt: now - 1_000 }) })
    server.send('c', {}, 101)
    await page.locator('#as-of time[datetime="2026-11-21T14:14:08Z"]').waitFor()
    // The next drawing begins when that of the snapshot has ended.
    server.send('r', [['unknown', 'up', 78, 'u', at + 1]], 102)
    await page.locator('#as-of time[datetime="2026-11-21T14:14:10Z"]').waitFor()

    expect(await changesOf(page)).toEqual([])
  })
}

test('a thousand results in one message change a thousand response times, and nothing else', async () => {
  await using server = await servePage()
  await using context = await browser.context()
  const page = await context.newPage()
  server.show({ overview: overview(thousand) })
  await open(page, server.url('/'))
  await page.keyboard.press('Shift+O')
  await expect.poll(() => page.locator('#list li.row').count()).toBe(thousand.length)
  await watchChanges(page)

  const up = thousand.filter((row) => row.state === 'up')
  server.send(
    'r',
    thousand.map((row) => [row.key, row.state, row.state === 'up' ? 7_777 : null, 'u', at]),
    101,
  )

  await expect.poll(() => page.locator('#list .ms', { hasText: '7.8 s' }).count()).toBe(up.length)
  expect(new Set(Object(await changesOf(page)))).toEqual(new Set(['span.num ms']))
  expect(server.requests.filter((path) => path.startsWith('/api/v1/overview')).length).toBe(1)
})

test('a dropped stream is taken up again with a fresh snapshot', async () => {
  await using server = await servePage()
  await using context = await browser.context()
  const page = await context.newPage()
  server.show({ overview: overview(few) })
  await open(page, server.url('/'))

  server.drop(true)
  await page.locator('[data-live=reconnecting]').waitFor()
  server.show({ overview: overview(oneDown, { sequence: 130 }) })
  server.drop(false)

  await page.locator('[data-live=live]').waitFor()
  await page.locator('h1', { hasText: 'Checkout is down' }).waitFor()
  expect(server.feeds).toBe(1)
})

test('a gap in the numbers of the messages is filled from a snapshot', async () => {
  await using server = await servePage()
  await using context = await browser.context()
  const page = await context.newPage()
  server.show({ overview: overview(few) })
  await open(page, server.url('/'))

  server.show({ overview: overview(oneDown, { sequence: 105 }) })
  server.send('r', [[checkout.key, 'up', 1, 'u', at]], 105)

  await page.locator('h1', { hasText: 'Checkout is down' }).waitFor()
})

test('endpoints and groups of a new configuration appear in their place, those gone disappear', async () => {
  await using server = await servePage()
  await using context = await browser.context()
  const page = await context.newPage()
  server.show({ overview: overview(few) })
  await open(page, server.url('/'))
  const link = rowOf(page, 'Account').locator('a')
  await link.focus()
  const [first, , ...others] = few
  const rows = [first, endpoint('Invoices', 'Core'), ...others, endpoint('Intranet', 'Office')].filter(
    (row) => row !== undefined,
  )

  server.show({ overview: overview(rows, { sequence: 101 }) })
  server.send('c', null, 101)

  await rowOf(page, 'Intranet').waitFor()
  const names = () => page.locator('#list li.row a').allTextContents()
  await expect.poll(names).toEqual(rows.map((row) => row.name))
  await expect.poll(() => page.locator('.chips [data-f=all] b').textContent()).toBe('13')
  expect(await link.evaluate((node) => node === document.activeElement)).toBe(true)
})

test('the first endpoint of an empty page brings the list', async () => {
  await using server = await servePage()
  await using context = await browser.context()
  const page = await context.newPage()
  server.show({ overview: overview([]) })
  await open(page, server.url('/'))

  server.show({ overview: overview(few, { sequence: 101 }) })
  server.send('c', null, 101)

  await rowOf(page, 'Website').waitFor()
})

test('a closed group fills when it is opened and stays current', async () => {
  await using server = await servePage()
  await using context = await browser.context()
  const page = await context.newPage()
  server.show({ overview: overview(hundreds) })
  await open(page, server.url('/'))
  const group = page.locator('details[data-g=Build]')
  expect(await group.locator('li').count()).toBe(0)

  await group.locator('summary').click()
  await group.locator('li').first().waitFor()
  const key = hundreds.at(-1)?.key ?? ''
  const broken = hundreds.map((row) => (row.key === key ? { ...row, ...down } : row))
  server.show({ overview: overview(broken, { sequence: 101 }) })
  server.send('r', [[key, 'down', null, 'd', at]], 101)

  await group.locator('li[data-s=down]').waitFor()
  expect(await page.locator('h1').textContent()).toBe('4 of 412 endpoints are down')
  expect(await group.locator('summary').textContent()).toContain('1 down')
})

test('a group that cannot be loaded offers one way to try again, and gives the focus back', async () => {
  await using server = await servePage()
  await using context = await browser.context()
  const page = await context.newPage()
  server.show({ overview: overview(hundreds) })
  await open(page, server.url('/'))
  const group = page.locator('details[data-g=Build]')
  server.drop(true)

  await group.locator('summary').click()
  await group.locator('.failed').waitFor()

  const ways = group.locator('a:visible, button:visible')
  expect(await ways.allTextContents()).toEqual(['Try again'])
  server.drop(false)
  await ways.focus()
  await page.keyboard.press('Enter')
  await group.locator('li').first().waitFor()
  await group.locator('.failed').waitFor({ state: 'detached' })
  expect(await group.locator('summary').evaluate((summary) => summary === document.activeElement)).toBe(true)
})

test('an offer to reload appears when the server is of another build', async () => {
  await using server = await servePage()
  await using context = await browser.context()
  const page = await context.newPage()
  server.show({ overview: overview(few) })
  await open(page, server.url('/'))

  server.send('hello', { seq: 100, now, build: 'next' })

  await page.locator('a.newer').waitFor()
})

test('the page of an endpoint follows its results', async () => {
  await using server = await servePage()
  await using context = await browser.context()
  const page = await context.newPage()
  server.show({ endpoint: detail(checkout) })
  await open(page, server.url(`/endpoints/${checkout.key}`))
  const range = page.locator('.range a').first()
  await range.focus()

  server.show({ endpoint: detail({ ...checkout, ...down }, { sequence: 101 }) })
  server.send('r', [[checkout.key, 'down', null, 'd', at]], 101)

  await page.locator('.why-card.failing').waitFor()
  expect(await page.locator('#hero').textContent()).toContain('Down')
  expect(await page.title()).toBe('✕ Checkout – Acme status')
  expect(await range.evaluate((node) => node === document.activeElement)).toBe(true)
  expect(await page.locator('.events li').first().textContent()).toContain('Down, ongoing')
})

test('below a base path no request leaves it', async () => {
  await using server = await servePage({ basePath: '/status' })
  await using context = await browser.context()
  const page = await context.newPage()
  server.show({ overview: overview(few) })
  await open(page, server.url('/'))

  server.show({ overview: overview(oneDown, { sequence: 101 }) })
  server.send('r', [[checkout.key, 'down', null, 'd', at]], 101)
  await page.locator('h1', { hasText: 'Checkout is down' }).waitFor()

  expect(server.requests.filter((path) => !path.startsWith('/status/'))).toEqual([])
  expect(await page.locator('#list li a').first().getAttribute('href')).toMatch(/^\/status\/endpoints\//)
})
