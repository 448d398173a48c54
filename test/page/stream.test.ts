import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EndpointRow } from '../../apps/monitor/src/api/contract.ts'
import { formatRuns, kindsOfPaths, withAppended } from '../../apps/status-page/src/model/history.ts'
import { type OpenBrowser, openBrowser } from '../e2e/browser.ts'
import { type PageServer, servePage } from './fixture-server.ts'
import { endpoint, few, now, oneDown, overview, stale } from './fixtures.ts'
import { itemOf } from './items.ts'

let browser: OpenBrowser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser[Symbol.asyncDispose]()
})

const at = Math.floor(now / 1000)
const key = endpoint('Checkout', 'Core').key

async function open(context: BrowserContext, url: string, clock: 'fixed' | 'running' = 'fixed'): Promise<Page> {
  const page = await context.newPage()
  if (clock === 'fixed') await page.clock.setFixedTime(now)
  else await page.clock.install({ time: now })
  await page.goto(url)
  await page.locator('[data-live=live]').waitFor()
  return page
}

const turnDown = (server: PageServer, sequence: number): void => {
  server.show({ overview: overview(oneDown, { sequence }) })
  server.send('r', [[key, 'down', null, 'd', at]], sequence)
}

/** What a browser does when a tab goes to the back, or comes to the front. */
const hide = (page: Page, hidden: boolean): Promise<void> =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { value, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)

test('tabs of one browser share one stream, and all of them follow it', async () => {
  await using server = await servePage()
  server.show({ overview: overview(few) })
  await using context = await browser.context()
  const tabs = [await open(context, server.url('/')), await open(context, server.url('/'))]
  tabs.push(await open(context, server.url('/?view=compact')))
  expect(server.feeds).toBe(1)

  turnDown(server, 101)

  for (const tab of tabs) await tab.locator('h1', { hasText: 'Checkout is down' }).waitFor()
  expect(server.feeds).toBe(1)
})

test('when the tab that has the stream is closed, another takes it over and misses nothing', async () => {
  await using server = await servePage()
  server.show({ overview: overview(few) })
  await using context = await browser.context()
  const first = await open(context, server.url('/'))
  const second = await open(context, server.url('/'))

  await first.close()
  await expect.poll(() => server.feeds).toBe(1)
  turnDown(server, 101)

  await second.locator('h1', { hasText: 'Checkout is down' }).waitFor()
  await second.locator('[data-live=live]').waitFor()
  expect(server.feeds).toBe(1)
})

test('browsers are apart: each has a stream', async () => {
  await using server = await servePage()
  server.show({ overview: overview(few) })
  await using one = await browser.context()
  await using two = await browser.context()

  await open(one, server.url('/'))
  await open(two, server.url('/'))

  expect(server.feeds).toBe(2)
})

test('where locks are missing each tab has a stream of its own', async () => {
  await using server = await servePage()
  server.show({ overview: overview(few) })
  await using context = await browser.context()
  await context.addInitScript(() => {
    Reflect.deleteProperty(Navigator.prototype, 'locks')
  })

  await open(context, server.url('/'))
  await open(context, server.url('/'))

  expect(server.feeds).toBe(2)
})

/** A server whose endpoint is checked every second: each check moves the bar of single checks on by one. */
function checks(server: PageServer) {
  let row: EndpointRow = { ...endpoint('Checkout', 'Core'), history: 'u9d1u20d2u28' }
  let sequence = 100
  let second = at
  const show = () => server.show({ overview: overview([row, ...few.slice(3)], { range: 'checks', sequence }) })
  show()
  return {
    /** One more check. `told`: open feeds hear of it. `shown`: snapshots include it. */
    check(state: 'up' | 'down', { told = true, shown = true } = {}) {
      second += 1
      sequence += 1
      row = {
        ...row,
        state,
        lastCheckAt: second * 1000 + 250,
        history: withAppended(row.history, state === 'down' ? 'd' : 'u'),
      }
      if (shown) show()
      if (told)
        server.send('r', [[key, state, state === 'up' ? 80 : null, state === 'up' ? 'u' : 'd', second]], sequence)
    },
    show,
    history: () => row.history,
  }
}

async function historyOn(page: Page): Promise<string> {
  const paths = await page
    .locator(`#list ${itemOf(key)} .bar path`)
    .evaluateAll((all) => all.map((path) => [path.getAttribute('class') ?? '', path.getAttribute('d') ?? ''] as const))
  return formatRuns(kindsOfPaths(paths.map(([name, d]) => ({ name, d }))))
}

test('no bucket is lost and none is doubled when the stream drops for a while', async () => {
  await using server = await servePage()
  const monitor = checks(server)
  await using context = await browser.context()
  const page = await open(context, server.url('/?range=checks'))
  monitor.check('up')
  await expect.poll(() => historyOn(page)).toBe(monitor.history())
  monitor.check('up')
  await expect.poll(() => historyOn(page)).toBe(monitor.history())

  server.drop(true)
  await page.locator('[data-live=reconnecting]').waitFor()
  for (const state of ['up', 'down', 'up', 'up'] as const) monitor.check(state)
  server.drop(false)
  await page.locator('[data-live=live]').waitFor()
  await expect.poll(() => historyOn(page)).toBe(monitor.history())
  monitor.check('up')
  await expect.poll(() => historyOn(page)).toBe(monitor.history())

  const before = await historyOn(page)
  await page.reload()
  expect(await historyOn(page)).toBe(before)
})

test('a check counts once, however snapshots and messages overlap', async () => {
  await using server = await servePage()
  const monitor = checks(server)
  await using context = await browser.context()
  const page = await open(context, server.url('/?range=checks'))
  monitor.check('up')
  await expect.poll(() => historyOn(page)).toBe(monitor.history())

  // A snapshot that is older than the message before it, as kept ones may be, and one that is newer than the next.
  monitor.check('up', { shown: false })
  server.send('c', {}, 103)
  await expect.poll(() => historyOn(page)).toBe(monitor.history())
  monitor.check('up', { told: false })
  server.send('c', {}, 105)
  await expect.poll(() => historyOn(page)).toBe(monitor.history())
  server.send('r', [[key, 'up', 80, 'u', at + 3]], 106)
  monitor.check('up', { told: false })
  server.send('c', {}, 107)

  await expect.poll(() => historyOn(page)).toBe(monitor.history())
})

test('a hidden tab lets its stream go after a minute, says so, and catches up when it is seen again', async () => {
  await using server = await servePage()
  server.show({ overview: overview(few) })
  await using context = await browser.context()
  const page = await open(context, server.url('/'), 'running')

  await hide(page, true)
  await page.clock.fastForward(30_000)
  expect(server.feeds).toBe(1)
  await page.clock.fastForward(31_000)
  await expect.poll(() => server.feeds).toBe(0)
  expect(await page.locator('#live').textContent()).toBe('Paused')
  server.show({ overview: overview(oneDown, { sequence: 140 }) })
  await hide(page, false)

  await page.locator('h1', { hasText: 'Checkout is down' }).waitFor()
  await page.locator('[data-live=live]').waitFor()
  expect(server.feeds).toBe(1)
})

test('a hidden tab leaves the stream to one that is seen', async () => {
  await using server = await servePage()
  server.show({ overview: overview(few) })
  await using context = await browser.context()
  const back = await open(context, server.url('/'), 'running')
  const front = await open(context, server.url('/'))

  await hide(back, true)
  await back.clock.fastForward(61_000)
  await back.locator('[data-live=paused]').waitFor()
  await expect.poll(() => server.feeds).toBe(1)
  turnDown(server, 101)

  await front.locator('h1', { hasText: 'Checkout is down' }).waitFor()
})

test('without a stream for long, the page asks for snapshots and says from when they are', async () => {
  await using server = await servePage()
  server.show({ overview: overview(few) })
  await using context = await browser.context()
  const page = await open(context, server.url('/'), 'running')

  server.drop('feeds')
  await page.locator('[data-live=reconnecting]').waitFor()
  server.show({ overview: overview(oneDown, { sequence: 140 }) })
  for (let i = 0; i < 4; i++) await page.clock.runFor(20_000)

  await page.locator('h1', { hasText: 'Checkout is down' }).waitFor()
  await expect.poll(() => page.locator('#live').textContent()).toMatch(/^Reconnecting, showing 14:1[5-6]:\d\d$/)
})

test('the badge says when nothing comes from the endpoints although the stream is there', async () => {
  await using server = await servePage()
  server.show({ overview: overview(few) })
  await using context = await browser.context()
  const page = await open(context, server.url('/'))

  server.show({ overview: overview(stale, { sequence: 101 }) })
  server.send('c', {}, 101)
  await page.locator('[data-live=stale]', { hasText: 'Silent' }).waitFor()
  server.show({ overview: overview(few, { sequence: 102 }) })
  server.send('c', {}, 102)

  await page.locator('[data-live=live]', { hasText: 'Live' }).waitFor()
})

test('fifty messages in one frame are drawn once', async () => {
  await using server = await servePage()
  server.show({ overview: overview(oneDown) })
  await using context = await browser.context()
  const page = await open(context, server.url('/'))
  // Only a snapshot tells another reason: from then on there is something to draw.
  const reason = 'timeout after 10 s'
  server.show({ overview: overview(oneDown.map((row) => (row.key === key ? { ...row, reason } : row))) })
  server.send('c', {}, 101)
  await page.locator('#attention li', { hasText: reason }).waitFor()
  await page.evaluate(() => {
    const newest = document.querySelector('#as-of time')
    Object.assign(window, { drawn: 0 })
    if (newest !== null) {
      new MutationObserver((changes) =>
        Object.assign(window, { drawn: Number(Reflect.get(window, 'drawn')) + changes.length }),
      ).observe(newest, { attributeFilter: ['datetime'] })
    }
  })

  for (let i = 0; i < 50; i++) server.send('r', [[key, 'down', null, 'd', at + i + 1]], 102 + i)

  await page
    .locator(`#as-of time[datetime="${new Date((at + 50) * 1_000).toISOString().replace('.000', '')}"]`)
    .waitFor()
  expect(await page.evaluate(() => Number(Reflect.get(window, 'drawn')))).toBeLessThan(25)
})

test('a page that is a little older than the stream is told what it misses, and asks for nothing', async () => {
  await using server = await servePage()
  server.show({ overview: overview(few) })
  server.send('r', [[key, 'up', 81, 'u', at]], 101)
  server.send('r', [[key, 'up', 82, 'u', at + 1]], 102)
  await using context = await browser.context()
  const page = await context.newPage()
  await page.clock.setFixedTime(now)
  // The document was kept from before.
  await page.route(server.url('/'), async (route) => {
    const response = await route.fetch()
    server.show({ overview: overview(few, { sequence: 102 }) })
    await route.fulfill({ response })
  })

  await page.goto(server.url('/'))
  await page.locator('[data-live=live]').waitFor()

  await page.locator(`#list ${itemOf(key)} .ms`, { hasText: '82 ms' }).waitFor()
  expect(server.requests.filter((path) => path.startsWith('/api/v1/overview'))).toEqual([])
})
