import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRenderer } from '../../apps/status-page/src/server.tsx'
import { type OpenBrowser, openBrowser } from '../e2e/browser.ts'
import { type PageServer, servePage, site } from './fixture-server.ts'
import { detail, down, endpoint, few, hundreds, now, oneDown, overview } from './fixtures.ts'

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

const broken = endpoint('Checkout', 'Core', down)

async function open(page: Page, path: string): Promise<string[]> {
  const messages: string[] = []
  page.on('console', (message) => messages.push(message.text()))
  page.on('pageerror', (error) => messages.push(error.message))
  await page.clock.setFixedTime(now)
  await page.goto(server.url(path))
  await page.locator('[data-live=live]').waitFor()
  return messages
}

/** What an open page says, without the names and codes that no language changes. */
const words = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const mute = node.parentElement?.closest('bdi, code, kbd, .kbd, script, style, .brand, .links, [lang], pre')
      if (!mute) found.push(node.textContent ?? '')
    }
    return found
  })

test('the page speaks as its reader asks, from right to left where that is how it is read', async () => {
  server.show({ overview: overview(oneDown) })
  await using context = await browser.context({ locale: 'ar-EG' })
  const page = await context.newPage()

  await open(page, '/')

  const root = page.locator('html')
  expect([await root.getAttribute('lang'), await root.getAttribute('dir')]).toEqual(['ar', 'rtl'])
  const bar = await page.locator('#list .bar.full').first().boundingBox()
  const name = await page.locator('#list .row a').first().boundingBox()
  expect(name?.x).toBeGreaterThan(bar?.x ?? Number.NaN)
  expect(
    await page
      .locator('.ends')
      .first()
      .evaluate((ends) => getComputedStyle(ends).direction),
  ).toBe('ltr')
})

for (const language of ['de', 'en-XA', 'ar']) {
  test(`what a live page says of its own accord is in its language, too: ${language}`, async () => {
    server.show({ overview: overview(hundreds), endpoint: detail(broken) })
    await using context = await browser.context()
    const page = await context.newPage()
    const messages = await open(page, `/?lang=${language}`)
    const printed = new Set(await words(page))

    server.show({ overview: overview(hundreds.map((row, i) => (i === 40 ? { ...row, ...down } : row))) })
    server.send('r', [[hundreds[40]?.key, 'down', null, 'd', now / 1000]], 101)
    await page.locator('h1', { hasText: /4|٤/ }).waitFor()
    await page.locator('.settings > summary').click()
    await page.locator('.settings button').click()
    await page.locator('dialog[open]').waitFor()

    const said = (await words(page)).filter((text) => !printed.has(text))
    expect(said.filter((text) => /^[a-z]+(\.[\w]+)+$/.test(text))).toEqual([])
    const english = said.filter((text) => /\b(the|down|endpoints?|operational|checked|since|next|close)\b/i.test(text))
    expect(english).toEqual([])
    expect(messages).toEqual([])
  })
}

test('without a script the language changes by a link, and the rest of the address stays', async () => {
  server.show({ overview: overview(oneDown) })
  await using context = await browser.context({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(server.url('/?range=24h&f=down'))

  await page.locator('.languages a', { hasText: 'Deutsch' }).click()

  expect(page.url()).toBe(server.url('/?range=24h&f=down&lang=de'))
  expect(await page.locator('h1').textContent()).toBe('Checkout ist ausgefallen')
  expect(await page.locator('.languages a').allTextContents()).toContain('English')
})

test('the settings change the language, and keep it', async () => {
  server.show({ overview: overview(oneDown) })
  await using context = await browser.context()
  const page = await context.newPage()
  await open(page, '/?f=down&lang=fr')

  await page.locator('.settings > summary').click()
  await page.locator('.settings select').selectOption('ja')
  await page.waitForURL(server.url('/?f=down'))
  expect(await page.locator('h1').textContent()).toBe('Checkout は停止しています')
  await page.goto(server.url('/'))

  expect(await page.locator('html').getAttribute('lang')).toBe('ja')
})

test('times are told in the zone of the reader, or in UTC when they say so', async () => {
  server.show({ overview: overview(oneDown) })
  await using context = await browser.context({ timezoneId: 'Asia/Tokyo' })
  const page = await context.newPage()
  await open(page, '/')
  await expect.poll(() => page.locator('#hero .meta').textContent()).toContain('23:02')
  expect(await page.locator('#zone').textContent()).toBe('Times in Asia/Tokyo, bars in UTC')

  await page.locator('.settings > summary').click()
  await page.locator('.settings input[value=utc]').check()
  await expect.poll(() => page.locator('#hero .meta').textContent()).toContain('14:02')
  await open(page, '/')

  expect(await page.locator('#zone').textContent()).toBe('Times in UTC')
  await expect.poll(() => page.locator('#hero .meta').textContent()).toContain('14:02')
  expect(await page.locator('time:not([datetime])').count()).toBe(0)
})

test('even the page of a failure speaks as its reader asks, in no more than 3 kB', async () => {
  const read = async (language: string) =>
    (await fetch(server.url('/failure'), { headers: { 'accept-language': language } })).text()

  expect(await read('de-AT')).toMatch(/<html lang="de" dir="ltr">.*Diese Statusseite/)
  expect(await read('ar')).toContain('<html lang="ar" dir="rtl">')
  expect(await read('tlh')).toContain('This status page could not be made')
  expect(Buffer.byteLength(await read('ja'))).toBeLessThanOrEqual(3_000)
})

test('pages in several languages are written side by side', async () => {
  const { overview: render } = createRenderer(site, { script: 'assets/boot.js' })
  const model = overview(few)
  const visit = (language: 'en' | 'de' | 'ar') => ({ query: new URLSearchParams(), language })
  const alone = (['en', 'de', 'ar'] as const).map((language) => render(model, visit(language)))

  const together = await Promise.all(
    (['en', 'de', 'ar'] as const).map(async (language) => {
      await Promise.resolve()
      return render(model, visit(language))
    }),
  )

  expect(together).toEqual(alone)
  expect(new Set(alone).size).toBe(3)
})

for (const language of ['ar', 'de']) {
  test(`${language}: nothing stands in anybody's way`, async () => {
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
    await using context = await browser.context({ bypassCSP: true })
    const page = await context.newPage()
    for (const [models, path] of [
      [{ overview: overview(oneDown) }, '/'],
      [{ endpoint: detail(broken) }, `/endpoints/${broken.key}`],
    ] as const) {
      server.show(models)
      await open(page, `${path}?lang=${language}`)
      await page.locator('.settings > summary').click()
      await page.locator('.settings select').waitFor()

      await page.evaluate(axe)
      const violations = await page.evaluate(
        `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html.slice(0, 200))]))`,
      )
      expect(violations).toEqual([])
    }
  })
}
