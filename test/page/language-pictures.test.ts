import { mkdir } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenBrowser, openBrowser } from '../e2e/browser.ts'
import { type PageServer, servePage } from './fixture-server.ts'
import { detail, down, endpoint, hundreds, now, oneDown, overview } from './fixtures.ts'
import { useFonts } from './fonts.ts'
import { incidentOver, maintenanceNow, november, over, planned, subscriptions, upgrade } from './past-fixtures.ts'

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

const broken = endpoint('Checkout', 'Core', down)
const lately = overview(oneDown, { upcoming: [upgrade, planned], recent: [over] })
const screens = {
  overview: { models: { overview: lately }, path: '/' },
  many: { models: { overview: overview(hundreds) }, path: '/' },
  endpoint: { models: { endpoint: detail(broken) }, path: `/endpoints/${broken.key}` },
  history: { models: { history: november }, path: '/history' },
  incident: { models: { incident: incidentOver }, path: '/incidents/x' },
  maintenance: { models: { incident: maintenanceNow }, path: '/incidents/x' },
  subscribe: { models: { subscribe: subscriptions, overview: lately }, path: '/subscribe' },
} as const
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const
const pictures = { 'rtl-arabic': 'ar', 'pseudo-locale': 'en-XA', de: 'de', ja: 'ja' } as const

/** Texts that are cut off, or that stick out of their box or of the window. */
const clippedTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement
      if (parent === null || !node.textContent?.trim() || !parent.checkVisibility()) continue
      // What is there for the ear alone, what may be scrolled, and what an operator wrote.
      if (parent.closest('.vh, .skip, option, script, style, code, bdi, .scroll, .chips, .brand') !== null) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const text = range.getBoundingClientRect()
      if (text.left < -1 || text.right > innerWidth + 1) found.push(`out of the window: ${node.textContent}`)
      for (let box = parent as Element | null; box !== null && box !== document.body; box = box.parentElement) {
        if (getComputedStyle(box).display === 'inline' || getComputedStyle(box).display === 'contents') continue
        const { left, right } = box.getBoundingClientRect()
        if (text.left < left - 1 || text.right > right + 1)
          found.push(`out of ${box.className || box.tagName}: ${node.textContent}`)
        break
      }
    }
    return found
  })

for (const [picture, language] of Object.entries(pictures)) {
  for (const [screen, { models, path }] of Object.entries(screens)) {
    for (const [size, viewport] of Object.entries(sizes)) {
      test(`${picture}, ${screen}, ${size}: nothing is cut off`, async () => {
        server.show(models)
        await using context = await browser.context({ viewport, bypassCSP: true })
        const page = await context.newPage()
        await page.clock.setFixedTime(now)

        await page.goto(server.url(`${path}?lang=${language}`))
        await useFonts(page)
        if (['overview', 'many', 'endpoint'].includes(screen)) await page.locator('[data-live=live]').waitFor()
        const height = await page.evaluate(() => document.documentElement.scrollHeight)
        await page.setViewportSize({ ...viewport, height: Math.min(height, 3_000) })
        await page.screenshot({ path: `${folder}${picture}-${screen}-${size}.png` })

        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
        expect(await clippedTexts(page)).toEqual([])
      })
    }
  }
}
