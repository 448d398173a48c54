import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenBrowser, openBrowser } from '../e2e/browser.ts'
import { type PageServer, servePage } from './fixture-server.ts'
import { few, now, oneDown, overview } from './fixtures.ts'

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

async function open(page: Page, path: string): Promise<void> {
  server.show({ overview: overview(few) })
  await page.clock.setFixedTime(now)
  await page.goto(server.url(path))
  await page.locator('[data-live=live]').waitFor()
}

function turnDown(sequence = 101): void {
  server.show({ overview: overview(oneDown, { sequence }) })
  server.send('c', {}, sequence)
}

const order = (page: Page): Promise<string[]> =>
  page
    .locator('#list li:not([hidden]) a')
    .evaluateAll((links) => links.map((link) => link.querySelector('bdi')?.textContent ?? ''))

test('in an order of its own the list stays as it is under the reader, and re-sorts when asked', async () => {
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page, '/?sort=status')
  const before = await order(page)
  const row = page.locator('#list li.row', { hasText: 'Checkout' })
  await row.hover()
  const box = await row.boundingBox()

  turnDown()
  await page.locator('#list li[data-s=down]').waitFor()

  expect(await order(page)).toEqual(before)
  expect((await row.boundingBox())?.y).toBe(box?.y)
  await page.locator('button', { hasText: '1 change · Re-sort' }).click()
  await expect.poll(async () => (await order(page))[0]).toBe('Checkout')
  await page.locator('#held').waitFor({ state: 'detached' })
  await page.reload()
  expect((await order(page))[0]).toBe('Checkout')
})

test('the row with the focus stays while nobody else looks, others wait for their order', async () => {
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page, '/?sort=status&view=wall')
  const before = await order(page)
  await page.locator('#list a').nth(3).focus()

  turnDown()
  await page.locator('#list li[data-s=down]').waitFor()

  expect(await order(page)).toEqual(before)
  await page.locator('#held').focus()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await order(page))[0]).toBe('Checkout')
  expect(await page.evaluate(() => document.activeElement?.closest('#list') !== null)).toBe(true)
})

test('a filter that a row no longer passes waits too, and a search of the reader does not', async () => {
  await using context = await browser.context()
  const page = await context.newPage()
  server.show({ overview: overview(oneDown) })
  await page.clock.setFixedTime(now)
  await page.goto(server.url('/?sort=name&f=down'))
  await page.locator('[data-live=live]').waitFor()
  await page.locator('#list li').hover()

  server.show({ overview: overview(few, { sequence: 101 }) })
  server.send('c', {}, 101)
  await page.locator('#list li[data-s=up]').waitFor()
  await page.locator('#held', { hasText: 'Re-sort' }).waitFor()
  await page.locator('.chips a', { hasText: 'All' }).click()

  await expect.poll(async () => (await order(page)).length).toBe(few.length)
  expect(await order(page)).toEqual([...few].map((row) => row.name).sort((a, b) => a.localeCompare(b, 'en')))
})

test('in the back of the window the list sorts itself', async () => {
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page, '/?sort=status')
  await page.evaluate(() => Object.defineProperty(document, 'hidden', { value: true, configurable: true }))

  turnDown()

  await expect.poll(async () => (await order(page))[0]).toBe('Checkout')
})
