import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenBrowser, openBrowser } from '../e2e/browser.ts'
import { type Models, type PageServer, servePage } from './fixture-server.ts'
import { now } from './fixtures.ts'
import { screens, still } from './screens.ts'

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

/** Widgets are as large as their frame, and have one link. */
const pages: readonly (readonly [name: string, screen: { readonly models: Models; readonly path: string }])[] =
  Object.entries({ ...screens, ...still }).filter(([name]) => name !== 'a widget')

async function open(page: Page, { models, path }: { models: Models; path: string }): Promise<void> {
  server.show(models)
  await page.clock.setFixedTime(now)
  await page.goto(server.url(path), { waitUntil: 'load' })
  const live = page.locator('#live')
  if ((await live.count()) > 0) await page.locator('[data-live=live]').waitFor()
  for (const menu of await page.locator('.share > summary, details.older > summary').all()) await menu.click()
}

/** How wide the page is, what reaches over its edges, and words that are cut off without a sign of it. */
const problems = (page: Page): Promise<unknown> =>
  page.evaluate(() => {
    const found: string[] = []
    /** What is in there scrolls by itself, or ends in three dots. */
    const ends = (element: Element | null): boolean =>
      element !== null && (getComputedStyle(element).overflowX !== 'visible' || ends(element.parentElement))
    for (const it of document.querySelectorAll('header *, main *, footer *')) {
      if (!(it instanceof HTMLElement) || !it.checkVisibility() || it.closest('.vh, .sprite') !== null) continue
      const { left, right, width } = it.getBoundingClientRect()
      if (width > 0 && (left < -1 || right > innerWidth + 1) && !ends(it.parentElement))
        found.push(it.outerHTML.slice(0, 90))
      const { overflowX, overflowY, textOverflow } = getComputedStyle(it)
      const cut =
        (overflowX === 'hidden' && it.scrollWidth > it.clientWidth + 1 && textOverflow !== 'ellipsis') ||
        (overflowY === 'hidden' && it.scrollHeight > it.clientHeight + 2)
      if (cut && it.querySelector('*') === null) found.push(`cut: ${it.outerHTML.slice(0, 90)}`)
    }
    return { wider: document.documentElement.scrollWidth - innerWidth, found }
  })

const phone = { width: 390, height: 844 }
const sizes = {
  '320 px': { viewport: { width: 320, height: 640 }, fontPx: 16 },
  'text of 200 %': { viewport: { width: 1280, height: 800 }, fontPx: 32 },
  'text of 200 % on a phone': { viewport: phone, fontPx: 32 },
} as const

for (const [name, screen] of pages) {
  for (const [size, { viewport, fontPx }] of Object.entries(sizes)) {
    test(`${name}, ${size}: all of it can be read, and nothing scrolls sideways`, async () => {
      await using context = await browser.context({ viewport })
      const page = await context.newPage()
      // As somebody sets it in the browser.
      const cdp = await context.newCDPSession(page)
      await cdp.send('Page.setFontSizes', { fontSizes: { standard: fontPx, fixed: fontPx } })
      await open(page, screen)

      expect(await problems(page)).toEqual({ wider: 0, found: [] })
    })
  }

  test(`${name}: the keyboard alone reaches every control, shows where it is, and gets out again`, async () => {
    await using context = await browser.context()
    const page = await context.newPage()
    await open(page, screen)
    // What is loaded for the keyboard comes with the first key.
    await page.keyboard.press('Tab')
    await page.evaluate(() => {
      document.querySelector<HTMLElement>(':focus')?.blur()
      const selector = 'a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"]'
      const controls = [...document.querySelectorAll<HTMLElement>(selector)].filter(
        (control) =>
          control.checkVisibility({ visibilityProperty: true }) && !control.matches(':disabled, [tabindex="-1"]'),
      )
      for (const [i, control] of controls.entries()) control.dataset['stop'] = String(i)
    })
    const controls = await page.locator('[data-stop]').count()

    const seen = new Set<string>()
    const unseen: string[] = []
    for (let i = 0; i < controls + 5; i++) {
      await page.keyboard.press('Tab')
      const stop = await page.evaluate(() => {
        const it = document.activeElement
        if (!(it instanceof HTMLElement) || it === document.body) return undefined
        const shown = [undefined, '::after', '::before'].some(
          (part) => getComputedStyle(it, part).outlineStyle !== 'none',
        )
        return { id: it.dataset['stop'] ?? it.outerHTML.slice(0, 90), shown }
      })
      if (stop === undefined) continue
      // In a frame it is shown by what the frame holds.
      if (!stop.shown && !stop.id.startsWith('<iframe')) unseen.push(stop.id)
      seen.add(stop.id)
    }
    const missed = await page
      .locator('[data-stop]')
      .evaluateAll(
        (all, known) =>
          all.flatMap((it) => (known.includes(it.getAttribute('data-stop') ?? '') ? [] : [it.outerHTML.slice(0, 120)])),
        [...seen],
      )

    expect({ missed, unseen }).toEqual({ missed: [], unseen: [] })
  })
}
