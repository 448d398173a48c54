import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenBrowser, openBrowser } from '../e2e/browser.ts'
import { type PageServer, servePage } from './fixture-server.ts'
import { awkward, detail, endpoint, few, hundreds, now, oneDown, overview, pending, stale } from './fixtures.ts'
import {
  august,
  awkwardMonth,
  incidentOngoing,
  incidentOver,
  maintenanceNow,
  maintenancePlanned,
  november,
  over,
  planned,
  subscriptions,
  upgrade,
} from './past-fixtures.ts'

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

const website = endpoint('Website', 'Core', { host: 'acme.example' })
const broken = oneDown.find((row) => row.state === 'down') ?? website

const screens = {
  'few, all up': { models: { overview: overview(few) }, path: '/' },
  'one down': { models: { overview: overview(oneDown) }, path: '/' },
  hundreds: { models: { overview: overview(hundreds) }, path: '/' },
  wall: { models: { overview: overview(hundreds) }, path: '/?view=wall' },
  sorted: { models: { overview: overview(oneDown) }, path: '/?sort=latency&view=compact' },
  'no match': { models: { overview: overview(few) }, path: '/?q=zebra' },
  empty: { models: { overview: overview([]) }, path: '/' },
  pending: { models: { overview: overview(pending) }, path: '/' },
  stale: { models: { overview: overview(stale, { operatorNotices: ['Storage is degraded'] }) }, path: '/' },
  'awkward names': { models: { overview: overview(awkward) }, path: '/' },
  'endpoint up': { models: { endpoint: detail(website) }, path: `/endpoints/${website.key}` },
  'endpoint down, a time chosen': {
    models: { endpoint: detail(broken) },
    path: `/endpoints/${broken.key}?at=2026-11-21T14:00:00Z`,
  },
  'not found': { models: { overview: overview(few) }, path: '/endpoints/nowhere' },
  failure: { models: {}, path: '/failure' },
} as const

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

const lately = overview(oneDown, { upcoming: [upgrade, planned], recent: [over] })

/** Pages that are not live, and menus on those that are. */
const still = {
  'a month': { models: { history: november }, path: '/history' },
  'a quiet month': { models: { history: august }, path: '/history' },
  'an awkward month': { models: { history: awkwardMonth }, path: '/history' },
  'an outage that lasts': { models: { incident: incidentOngoing }, path: '/incidents/x' },
  'an outage that is over': { models: { incident: incidentOver }, path: '/incidents/x' },
  'a maintenance under way': { models: { incident: maintenanceNow }, path: '/incidents/x' },
  'a planned maintenance': { models: { incident: maintenancePlanned }, path: '/incidents/x' },
  subscriptions: { models: { subscribe: subscriptions, overview: lately }, path: '/subscribe' },
  'what was and will be': { models: { overview: lately }, path: '/' },
  'a share menu': { models: { endpoint: detail(website) }, path: `/endpoints/${website.key}` },
  'a widget': { models: { overview: lately }, path: '/embed/status' },
} as const

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
