import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenBrowser, openBrowser } from '../e2e/browser.ts'
import { type PageServer, servePage } from './fixture-server.ts'
import { now, oneDown, overview } from './fixtures.ts'
import { screens, still } from './screens.ts'

let browser: OpenBrowser
let server: PageServer
let axe: string
beforeAll(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  browser = await openBrowser()
  server = await servePage()
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await browser[Symbol.asyncDispose]()
})

/** Rules broken, each with the elements that break it. */
async function violations(page: Page, rules = {}): Promise<unknown> {
  await page.evaluate(axe)
  return page.evaluate(
    `axe.run({ rules: ${JSON.stringify(rules)} }).then(({ violations }) =>
      violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html.slice(0, 200)) })))`,
  )
}

/** The failure page has nothing to read on or to fill in that a reload would take away. */
const exceptions: Readonly<Record<string, object>> = {
  failure: { 'meta-refresh': { enabled: false } },
  // Part of another page, whose headings it must not join.
  'a widget': { 'page-has-heading-one': { enabled: false } },
}

for (const [name, { models, path }] of Object.entries(screens)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${name}, ${colorScheme}: nothing stands in anybody's way`, async () => {
      server.show(models)
      await using context = await browser.context({ colorScheme, bypassCSP: true })
      const page = await context.newPage()
      await page.clock.setFixedTime(now)

      await page.goto(server.url(path))
      if (!['not found', 'failure'].includes(name)) await page.locator('[data-live=live]').waitFor()
      for (const table of await page.locator('details.older > summary').all()) await table.click()

      expect(await violations(page, exceptions[name])).toEqual([])
    })
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`open tooltip, menu and help, ${colorScheme}: nothing stands in anybody's way`, async () => {
    server.show({ overview: overview(oneDown) })
    await using context = await browser.context({ colorScheme, bypassCSP: true })
    const page = await context.newPage()
    await page.clock.setFixedTime(now)
    await page.goto(server.url('/'))
    const bar = await page.locator('#list .bar.full').first().boundingBox()
    await page.mouse.move((bar?.x ?? 0) + 100, (bar?.y ?? 0) + 10)
    await page.mouse.move((bar?.x ?? 0) + 110, (bar?.y ?? 0) + 10)
    await page.locator('#tip').waitFor()

    expect(await violations(page)).toEqual([])
    await page.locator('.settings summary').click()
    expect(await violations(page)).toEqual([])
    await page.locator('.settings button').click()
    await page.locator('dialog[open]').waitFor()
    expect(await violations(page)).toEqual([])
  })
}

for (const [name, { models, path }] of Object.entries(still)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${name}, ${colorScheme}, on desktop and phone: nothing stands in anybody's way`, async () => {
      server.show(models)
      await using context = await browser.context({ colorScheme, bypassCSP: true, timezoneId: 'Asia/Kolkata' })
      const page = await context.newPage()
      await page.clock.setFixedTime(now)
      for (const viewport of [
        { width: 1280, height: 800 },
        { width: 390, height: 844 },
      ]) {
        await page.setViewportSize(viewport)
        await page.goto(server.url(path), { waitUntil: 'load' })
        for (const menu of await page.locator('.share > summary, details.older > summary').all()) await menu.click()

        expect(await violations(page, exceptions[name])).toEqual([])
      }
    })
  }
}
