import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EndpointRow } from '../../apps/monitor/src/api/contract.ts'
import { themeCookie } from '../../apps/status-page/src/site.ts'
import { type OpenBrowser, openBrowser } from '../e2e/browser.ts'
import { type PageServer, servePage } from './fixture-server.ts'
import { detail, down, endpoint, few, now, oneDown, overview, thousand } from './fixtures.ts'
import { incidentOngoing } from './past-fixtures.ts'

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

const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const
const website = endpoint('Website', 'Core')

async function open(page: Page, path: string): Promise<void> {
  await page.clock.setFixedTime(now)
  await page.goto(server.url(path))
}

/** Left and right edge of what there is to draw in inside of a card, and of a bar in it. */
const edgesOf = (page: Page, bar: string) =>
  page.evaluate((selector) => {
    const element = document.querySelector(selector)
    const card = element?.closest('.card')
    if (!element || !card) return undefined
    const { left, right } = card.getBoundingClientRect()
    const inset = Number.parseFloat(getComputedStyle(card).paddingInlineStart) + card.clientLeft
    const box = element.getBoundingClientRect()
    return { card: [left + inset, right - inset], bar: [box.left, box.right] }
  }, bar)

for (const [size, viewport] of Object.entries(sizes)) {
  test(`a bar by itself is as wide as its card (${size})`, async () => {
    await using context = await browser.context({ viewport })
    const page = await context.newPage()

    server.show({ endpoint: detail(website) })
    await open(page, `/endpoints/${website.key}`)
    const ofEndpoint = await edgesOf(page, '#lane .bar')
    server.show({ incident: incidentOngoing })
    await open(page, '/incidents/x')
    const ofIncident = await edgesOf(page, '.lane .bar')

    expect(ofEndpoint?.bar).toEqual(ofEndpoint?.card)
    expect(ofIncident?.bar).toEqual(ofIncident?.card)
  })
}

for (const [size, viewport] of Object.entries(sizes)) {
  test(`a row is as high with a reason as without (${size})`, async () => {
    await using context = await browser.context({ viewport })
    const page = await context.newPage()
    const height = async (rows: readonly EndpointRow[]) => {
      server.show({ overview: overview(rows) })
      await open(page, '/')
      return page.locator('#list li', { hasText: 'Checkout' }).evaluate((row) => row.getBoundingClientRect().height)
    }

    expect(await height(oneDown)).toBe(await height(few))
  })
}

for (const [name, rows] of Object.entries({ 'all is well': few, 'something is down': oneDown })) {
  test(`on a phone the room for a longer headline is not left empty under a short one: ${name}`, async () => {
    server.show({ overview: overview(rows) })
    await using context = await browser.context({ viewport: sizes.phone })
    const page = await context.newPage()

    await open(page, '/')

    const edges = await page.evaluate(() =>
      ['body > header', 'h1', '#hero .meta', '.live'].map((part) => {
        const box = document.querySelector(part)?.getBoundingClientRect()
        return [box?.top ?? Number.NaN, box?.bottom ?? Number.NaN] as const
      }),
    )
    const [above = 0, within = 0, below = 0] = edges.slice(1).map(([top], i) => top - (edges[i]?.[1] ?? 0))
    const padding = 12
    expect(within).toBe(0)
    expect(Math.abs(above - padding - below)).toBeLessThanOrEqual(1)
    expect(below).toBeLessThanOrEqual(28)
  })
}

test('a row is one target, its bar too', async () => {
  server.show({ overview: overview(oneDown) })
  await using context = await browser.context({ viewport: sizes.phone })
  const page = await context.newPage()

  await open(page, '/')

  const hit = await page.evaluate(() =>
    [...document.querySelectorAll('.row .bar')].slice(0, 2).map((bar) => {
      const { left, top } = bar.getBoundingClientRect()
      return document.elementFromPoint(left + 10, top + 10)?.tagName
    }),
  )
  expect(hit).toEqual(['A', 'A'])
})

test('states that are counted together have a colour each', async () => {
  const slow = { state: 'degraded', sinceAt: now - 60_000 } as const
  const rows = few.map((row, i) => (i === 0 ? { ...row, ...down } : i === 1 ? { ...row, ...slow } : row))
  server.show({ overview: overview(rows) })
  await using context = await browser.context()
  const page = await context.newPage()

  await open(page, '/')

  const colours = await page.evaluate(() =>
    [...document.querySelectorAll('.attention .words > *, [data-g=Core] .words')].map((words) => [
      words.textContent,
      getComputedStyle(words).color,
    ]),
  )
  const red = 'rgb(168, 15, 27)'
  const amber = 'rgb(138, 75, 0)'
  expect(colours).toEqual([
    ['1 down', red],
    ['1 degraded', amber],
    ['1 down', red],
    ['1 degraded', amber],
  ])
})

test('from right to left, what is too long for its line still keeps its beginning', async () => {
  const reason = `[BODY].status (${'WAITING_'.repeat(9)}) == ok`
  server.show({
    overview: overview([endpoint(`A name ${'that does not end '.repeat(6)}`, 'Core', { ...down, reason })]),
  })
  await using context = await browser.context({ viewport: sizes.desktop })
  const page = await context.newPage()

  await open(page, '/?lang=ar')

  const starts = await page.evaluate(() =>
    [...document.querySelectorAll('#list .row bdi, #list .why code')].map((text) => {
      const range = document.createRange()
      range.setStart(text.firstChild ?? text, 0)
      range.setEnd(text.firstChild ?? text, 1)
      const letter = range.getBoundingClientRect()
      const box = text.closest('.who')?.getBoundingClientRect()
      return box !== undefined && letter.left >= box.left - 1 && letter.right <= box.right
    }),
  )
  expect(starts).toEqual([true, true])
})

test('what is printed is dark on white, and says as of when it is', async () => {
  server.show({ overview: overview(oneDown) })
  await using context = await browser.context({ colorScheme: 'dark', viewport: sizes.desktop })
  await context.addCookies([{ name: themeCookie, value: 'dark', url: server.url('/') }])
  const page = await context.newPage()
  await open(page, '/')

  await page.emulateMedia({ media: 'print' })

  const look = await page.evaluate(() => {
    const { backgroundColor } = getComputedStyle(document.documentElement)
    const asOf = document.querySelector('#as-of time') ?? document.body
    return [backgroundColor, getComputedStyle(document.body).color, getComputedStyle(asOf, '::after').content]
  })
  expect(look).toEqual(['rgb(255, 255, 255)', 'rgb(18, 22, 28)', '" (2026-11-21T14:14:04Z)"'])
})

test('tiles of groups that share lines stand in columns', async () => {
  server.show({ overview: overview(thousand) })
  await using context = await browser.context({ viewport: { width: 1920, height: 1080 } })
  const page = await context.newPage()

  await open(page, '/?view=wall')

  const columns = await page.evaluate(() =>
    [...document.querySelectorAll('.tile')].map((tile) => Math.round(tile.getBoundingClientRect().left) % 30),
  )
  expect([...new Set(columns)]).toHaveLength(1)
})

test('what is searched for is marked where the list holds it', async () => {
  server.show({ overview: overview(few) })
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page, '/')
  await page.locator('[data-live=live]').waitFor()

  await page.locator('input[name=q]').fill('ORDERS db-1')

  const marked = () =>
    page.evaluate(() => [...(CSS.highlights.get('found') ?? [])].map((range) => range instanceof Range && `${range}`))
  await expect.poll(marked).toEqual(['Orders', 'db-1'])
  await page.locator('input[name=q]').fill('')
  await expect.poll(marked).toEqual([])
})

test('what the address searches for is marked without anybody typing', async () => {
  server.show({ overview: overview(few) })
  await using context = await browser.context()
  const page = await context.newPage()

  await open(page, '/?q=orders')

  const marked = () =>
    page.evaluate(() => [...(CSS.highlights.get('found') ?? [])].map((range) => range instanceof Range && `${range}`))
  await expect.poll(marked).toEqual(['Orders'])
  const shown = 'getComputedStyle(document.querySelector("#list bdi"), "::highlight(found)").backgroundColor'
  await expect.poll(() => page.evaluate(shown)).not.toBe('rgba(0, 0, 0, 0)')
})

test('letters twice as large get the room of the bars, not of the names', async () => {
  server.show({ overview: overview(oneDown) })
  await using context = await browser.context({ viewport: sizes.desktop })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Page.enable')
  await devtools.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } })

  await open(page, '/')

  const cut = await page.evaluate(() =>
    [...document.querySelectorAll('#list .who > a, #list .sub')].flatMap((text) =>
      text.scrollWidth > text.clientWidth ? [text.textContent] : [],
    ),
  )
  expect(await page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize))).toBe(30)
  expect(cut).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
})
