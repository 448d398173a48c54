import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenBrowser, openBrowser } from '../e2e/browser.ts'
import { servePage } from './fixture-server.ts'
import { detail, down, endpoint, few, hundreds, now, oneDown, overview } from './fixtures.ts'

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
  await page.addInitScript(() => {
    const shifts: string[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const sources: unknown = 'sources' in entry ? entry.sources : []
        const nodes = Array.isArray(sources)
          ? sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? node?.data)
          : []
        shifts.push(`${'value' in entry ? entry.value : ''} ${nodes.join(' | ')}`)
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto(url)
  await page.locator('[data-live=live]').waitFor()
}

/** Every layout shift since the page began, with what moved. */
const shiftsOf = (page: Page): Promise<unknown> => page.evaluate(() => ('shifts' in window ? window.shifts : 'unknown'))

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
    expect(await rowOf(page, 'Checkout').getAttribute('data-s')).toBe('down')
    expect(await rowOf(page, 'Checkout').textContent()).toContain('Down 12 min')
    expect(await page.locator('details[data-g=Core] summary').textContent()).toContain('1 down')
    expect(await page.locator('.chips [data-f=down] b').textContent()).toBe('1')
    expect(await page.title()).toBe('✕ 1 down – Acme status')
    expect(await page.locator('link[rel=icon]').getAttribute('href')).not.toBe(icon)
    await expect.poll(() => page.locator('#said').textContent()).toBe('Checkout is down.')
    expect(await handle?.evaluate((node) => node === document.activeElement && node.isConnected)).toBe(true)
    expect(await shiftsOf(page)).toEqual([])
  })
}

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
  expect(await page.locator('button', { hasText: '1 change' }).count()).toBe(0)
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
  const names = await page.locator('#list li.row a').allTextContents()
  expect(names).toEqual(rows.map((row) => row.name))
  expect(await page.locator('.chips [data-f=all] b').textContent()).toBe('13')
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
