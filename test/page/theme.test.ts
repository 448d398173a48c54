import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenBrowser, openBrowser } from '../e2e/browser.ts'
import { servePage } from './fixture-server.ts'
import { detail, endpoint, few, now, oneDown, overview } from './fixtures.ts'

let browser: OpenBrowser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => {
  await browser[Symbol.asyncDispose]()
})

const theme = { light: { up: '#1b8a5a', canvas: '#fffbe6' }, dark: { canvas: '#200020' } }
const picture = (colour: string) =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="60" height="28"><path fill="${colour}" d="M0 0h60v28H0z"/></svg>`)}`

const website = endpoint('Website', 'Core')

test.each([
  ['light', undefined, 'rgb(255, 251, 230)', 'rgb(27, 138, 90)'],
  ['dark', undefined, 'rgb(32, 0, 32)', 'rgb(87, 203, 168)'],
  ['dark', 'light', 'rgb(255, 251, 230)', 'rgb(27, 138, 90)'],
  ['light', 'dark', 'rgb(32, 0, 32)', 'rgb(87, 203, 168)'],
] as const)(
  'colours of the operator hold on a %s device with the theme %s',
  async (colorScheme, cookie, canvas, up) => {
    await using server = await servePage({ theme })
    server.show({ overview: overview(few), endpoint: detail(website) })
    await using context = await browser.context({ colorScheme })
    if (cookie !== undefined) {
      await context.addCookies([{ name: 'vedette-theme', value: cookie, url: server.url('/') }])
    }
    const page = await context.newPage()
    await page.clock.setFixedTime(now)
    const messages: string[] = []
    page.on('console', (message) => messages.push(message.text()))

    for (const path of ['/', '/?view=wall', `/endpoints/${website.key}`]) {
      await page.goto(server.url(path))

      expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe(canvas)
      expect(
        await page
          .locator('.s-up')
          .first()
          .evaluate((icon) => getComputedStyle(icon).color),
      ).toBe(up)
    }
    expect(messages).toEqual([])
  },
)

test('the theme of the operator is for those who have not chosen', async () => {
  await using server = await servePage({ defaultTheme: 'dark' })
  server.show({ overview: overview(few) })
  await using context = await browser.context({ colorScheme: 'light' })
  const page = await context.newPage()
  await page.clock.setFixedTime(now)
  await page.goto(server.url('/'))
  const chosen = () => page.locator('html').getAttribute('data-theme')
  expect(await chosen()).toBe('dark')
  await page.locator('[data-live=live]').waitFor()

  await page.keyboard.press('t')
  await expect.poll(chosen).toBeNull()
  await page.reload()

  expect(await chosen()).toBeNull()
})

test('the dark logo is that of dark ground, whoever chose it', async () => {
  await using server = await servePage({ logo: picture('black'), logoDark: picture('white') })
  server.show({ overview: overview(few) })
  await using context = await browser.context({ colorScheme: 'light' })
  const page = await context.newPage()
  await page.clock.setFixedTime(now)
  await page.goto(server.url('/'))
  await page.locator('[data-live=live]').waitFor()
  const shown = () =>
    page.locator('header img').evaluate((image) => (image instanceof HTMLImageElement ? image.currentSrc : ''))
  expect(await shown()).toContain('black')

  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(shown).toContain('white')
  await page.keyboard.press('t')
  await expect.poll(shown).toContain('black')
  await page.keyboard.press('t')
  await expect.poll(shown).toContain('white')
})

test('visitors begin with the view of the operator, and choose another one', async () => {
  await using server = await servePage({ defaultView: 'sort=status&groups=failing' })
  server.show({ overview: overview(oneDown) })
  await using context = await browser.context()
  const page = await context.newPage()
  await page.clock.setFixedTime(now)
  const open = async (path: string) => {
    await page.goto(server.url(path))
    await page.locator('[data-live=live]').waitFor()
  }
  await open('/')
  const names = () => page.locator('#list li.row:visible a bdi').allTextContents()
  expect((await names())[0]).toBe('Checkout')

  await open('/?sort=order')

  expect(
    await page.locator('details[data-g]').evaluateAll((all) => all.map((one) => one.hasAttribute('open'))),
  ).toEqual([true, false, false])
  await page.locator('details[data-g=Edge] summary').click()
  await page.locator('details[data-g=Edge] li').first().waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('sao')
  await expect.poll(names).toEqual(['São Paulo'])
  expect(page.url()).toContain('sort=order')
})

test('a filter of the operator holds until it is cleared', async () => {
  await using server = await servePage({ defaultView: 'f=down' })
  server.show({ overview: overview(few) })
  await using context = await browser.context()
  const page = await context.newPage()
  await page.clock.setFixedTime(now)
  await page.goto(server.url('/'))
  expect(await page.locator('.nomatch').count()).toBe(1)

  await page.locator('.nomatch a').click()

  await page.waitForURL(/f=all/)
  await expect.poll(() => page.locator('#list li.row:visible').count()).toBe(few.length)
  await page.reload()
  expect(await page.locator('#list li.row:visible').count()).toBe(few.length)
})
