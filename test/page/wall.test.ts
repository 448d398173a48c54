import { mkdir } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenBrowser, openBrowser } from '../e2e/browser.ts'
import { type PageServer, servePage } from './fixture-server.ts'
import { few, hundreds, now, oneDown, overview, thousand } from './fixtures.ts'
import { itemOf } from './items.ts'

const folder = new URL('../../.artefacts/', import.meta.url).pathname

let browser: OpenBrowser
let server: PageServer
beforeAll(async () => {
  await mkdir(folder, { recursive: true })
  browser = await openBrowser()
  server = await servePage()
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await browser[Symbol.asyncDispose]()
})

const at = Math.floor(now / 1000)

async function open(page: Page, path = '/?view=wall'): Promise<void> {
  await page.clock.setFixedTime(now)
  await page.goto(server.url(path))
  await page.locator('[data-live=live]').waitFor()
}

const screens = { 'wall-thousand': thousand, 'wall-hundreds': hundreds, 'wall-few': oneDown } as const
const sizes = {
  wide: { width: 1920, height: 1080 },
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
} as const

for (const [name, rows] of Object.entries(screens)) {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`${name}, ${size}, ${colorScheme}, is drawn without overflow`, async () => {
        server.show({ overview: overview(rows) })
        await using context = await browser.context({ viewport, colorScheme })
        const page = await context.newPage()
        await open(page)

        await page.screenshot({ path: `${folder}${name}-${size}-${colorScheme}.png` })

        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
      })
    }
  }
}

test('a thousand tiles fit on a 1920 by 1080 screen', async () => {
  server.show({ overview: overview(thousand) })
  await using context = await browser.context({ viewport: sizes.wide })
  const page = await context.newPage()

  await open(page)

  const last = await page.locator('.tile').last().boundingBox()
  expect(await page.locator('.tile').count()).toBe(1_000)
  expect(last === null ? 0 : last.y + last.height).toBeGreaterThan(500)
  expect(last === null ? Number.NaN : last.y + last.height).toBeLessThanOrEqual(1_080)
  expect(last?.width).toBe(28)
})

test('without a script every tile is a link with a name and a state', async () => {
  server.show({ overview: overview(oneDown) })
  await using context = await browser.context({ javaScriptEnabled: false })
  const page = await context.newPage()

  await page.goto(server.url('/'))
  await page.getByRole('link', { name: 'Wall' }).click()

  expect(await page.getByRole('link', { name: 'Checkout, Down since 14:02' }).getAttribute('href')).toBe(
    `/endpoints/${oneDown[2]?.key}?range=90d`,
  )
  expect(await page.locator('#list h2').allTextContents()).toEqual(['Core1 down', 'Data', 'Edge'])
  expect(await page.locator('#list li').count()).toBe(oneDown.length)
})

test('a result changes its tile, and only that, under the focus', async () => {
  server.show({ overview: overview(few) })
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page)
  const checkout = few[2]?.key ?? ''
  const link = page.locator(`#list ${itemOf(checkout)} a`)
  await link.focus()
  const handle = await link.elementHandle()

  server.show({ overview: overview(oneDown, { sequence: 101 }) })
  server.send('r', [[checkout, 'down', null, 'd', at]], 101)

  await page.locator(`#list ${itemOf(checkout)}[data-s=down] .s-down`).waitFor()
  expect(await link.textContent()).toBe('Checkout, Down 12 min')
  expect(await page.locator('#list h2').first().textContent()).toBe('Core1 down')
  expect(await handle?.evaluate((node) => node === document.activeElement)).toBe(true)
  expect(await page.locator('#list .tile').count()).toBe(few.length)
})

test('arrow keys walk the tiles along and across the lines, and each is named', async () => {
  server.show({ overview: overview(hundreds) })
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page)
  const focused = () => page.evaluate(() => document.activeElement?.querySelector('bdi')?.textContent)

  await page.keyboard.press('j')
  await page.keyboard.press('j')
  // What needs attention comes first.
  await page.keyboard.press('k')
  await expect.poll(focused).toBe(await page.locator('#attention a').first().textContent())
  await page.locator('#list .tile a').nth(1).focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(focused).toBe(hundreds[2]?.name)
  await page.locator('#tip b', { hasText: hundreds[2]?.name ?? '' }).waitFor()
  await page.keyboard.press('ArrowDown')
  await expect.poll(focused).toBe(hundreds.filter((row) => row.group === 'Core')[2]?.name)
  await page.keyboard.press('ArrowUp')
  await expect.poll(focused).toBe(hundreds[2]?.name)
  await page.keyboard.press('ArrowRight')
  await page.locator('#tip', { hasText: 'card-apiDown 12 minPayments' }).waitFor()
  await page.keyboard.press('Escape')
  await page.locator('#tip').waitFor({ state: 'hidden' })
  await page.keyboard.press('Enter')
  await page.waitForURL(/endpoints\/payments-payments-gateway-1/)
})

test('the name of a tile stays inside the window', async () => {
  server.show({ overview: overview(thousand) })
  await using context = await browser.context({ viewport: sizes.phone })
  const page = await context.newPage()
  await open(page)
  const line = page.locator('#list .tile')

  for (const index of [0, 8, 60]) {
    await line.nth(index).hover()
    await page.locator('#tip b', { hasText: thousand[index]?.name ?? '' }).waitFor()
    const tip = await page.locator('#tip').boundingBox()
    expect(tip?.x).toBeGreaterThanOrEqual(0)
    expect((tip?.x ?? 0) + (tip?.width ?? 0)).toBeLessThanOrEqual(390)
  }
})

test('v goes on from list to compact to wall and back, and filters keep the view', async () => {
  server.show({ overview: overview(oneDown) })
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page, '/')

  await page.keyboard.press('v')
  await page.waitForURL(server.url('/?view=compact'))
  await page.locator('[data-live=live]').waitFor()
  await page.keyboard.press('v')
  await page.waitForURL(server.url('/?view=wall'))
  await page.locator('[data-live=live]').waitFor()
  await page.locator('.chips a', { hasText: 'Down' }).click()

  await expect.poll(() => page.locator('#list .tile:visible').count()).toBe(1)
  expect(await page.locator('#list section:visible').count()).toBe(1)
  expect(page.url()).toBe(server.url('/?f=down&view=wall'))
  await page.keyboard.press('v')
  await page.waitForURL(server.url('/?f=down&view=list'))
})
