import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawBadge } from '../../apps/status-page/src/badge-svg.ts'
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

const oneUp = endpoint('Website', 'Core', { host: 'acme.example' })
const oneBroken = oneDown.find((row) => row.state === 'down') ?? oneUp

const screens = {
  'overview-few': { overview: overview(few) },
  'overview-one-down': { overview: overview(oneDown) },
  'overview-hundreds': { overview: overview(hundreds) },
  'overview-awkward': { overview: overview(awkward) },
  'overview-empty': { overview: overview([]) },
  'overview-pending': { overview: overview(pending) },
  'overview-stale': { overview: overview(stale) },
  'endpoint-up': { endpoint: detail(oneUp) },
  'endpoint-down': { endpoint: detail(oneBroken) },
} as const

/** Pages that are not live. */
const still = {
  'history-month': { models: { history: november }, path: '/history' },
  'history-quiet': { models: { history: august }, path: '/history/2026-08' },
  'history-awkward': { models: { history: awkwardMonth }, path: '/history' },
  'incident-ongoing': { models: { incident: incidentOngoing }, path: '/incidents/x' },
  'incident-over': { models: { incident: incidentOver }, path: '/incidents/x' },
  'maintenance-progress': { models: { incident: maintenanceNow }, path: '/incidents/x' },
  'maintenance-planned': { models: { incident: maintenancePlanned }, path: '/incidents/x' },
  subscribe: { models: { subscribe: subscriptions, overview: overview(oneDown) }, path: '/subscribe' },
  'overview-lately': {
    models: { overview: overview(oneDown, { upcoming: [upgrade, planned], recent: [over] }) },
    path: '/',
  },
  'endpoint-share': { models: { endpoint: detail(oneUp) }, path: `/endpoints/${oneUp.key}` },
} as const

const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const

for (const [name, models] of Object.entries(screens)) {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`${name}, ${size}, ${colorScheme}, is drawn without overflow and without a message on the console`, async () => {
        server.show(models)
        await using context = await browser.context({
          viewport,
          colorScheme,
          deviceScaleFactor: size === 'phone' ? 2 : 1,
        })
        const page = await context.newPage()
        await page.clock.setFixedTime(now)
        const messages: string[] = []
        page.on('console', (message) => messages.push(message.text()))
        page.on('pageerror', (error) => messages.push(error.message))
        page.on('requestfailed', (request) => messages.push(`failed: ${request.url()}`))

        await page.goto('endpoint' in models ? server.url(`/endpoints/${models.endpoint.row.key}`) : server.url('/'))
        await page.locator('[data-live=live]').waitFor()
        await page.screenshot({ path: `${folder}${name}-${size}-${colorScheme}-first.png` })
        const height = await page.evaluate(() => document.documentElement.scrollHeight)
        await page.setViewportSize({ ...viewport, height: Math.min(height, 3_000) })
        await page.screenshot({ path: `${folder}${name}-${size}-${colorScheme}.png` })

        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(wide).toBeLessThanOrEqual(0)
        expect(messages).toEqual([])
      })
    }
  }
}

for (const [name, { models, path }] of Object.entries(still)) {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`${name}, ${size}, ${colorScheme}, is drawn without overflow and without a message on the console`, async () => {
        server.show(models)
        await using context = await browser.context({
          viewport,
          colorScheme,
          timezoneId: 'Europe/Berlin',
          deviceScaleFactor: size === 'phone' ? 2 : 1,
        })
        const page = await context.newPage()
        await page.clock.setFixedTime(now)
        const messages: string[] = []
        page.on('console', (message) => messages.push(message.text()))
        page.on('pageerror', (error) => messages.push(error.message))

        await page.goto(server.url(path), { waitUntil: 'networkidle' })
        if (name === 'endpoint-share') await page.locator('.share summary').click()
        await page.screenshot({ path: `${folder}${name}-${size}-${colorScheme}-first.png` })
        const height = await page.evaluate(() => document.documentElement.scrollHeight)
        await page.setViewportSize({ ...viewport, height: Math.min(height, 3_000) })
        await page.screenshot({ path: `${folder}${name}-${size}-${colorScheme}.png` })

        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(wide).toBeLessThanOrEqual(0)
        expect(messages).toEqual([])
      })
    }
  }
}

const hosts = { light: '#ffffff', dark: '#0d1117' } as const

const figures = [
  { successes: 10_080, count: 10_080 },
  { successes: 9_700, count: 10_080 },
  { successes: 8_000, count: 10_080 },
  { successes: 0, count: 0 },
]

for (const colorScheme of ['light', 'dark'] as const) {
  test(`badges and the widget are drawn as wide as they say (${colorScheme})`, async () => {
    server.show({ overview: overview(oneDown) })
    await using context = await browser.context({
      viewport: { width: 600, height: 200 },
      colorScheme,
      deviceScaleFactor: 2,
    })
    const page = await context.newPage()
    const badges = [
      ...(['up', 'degraded', 'down', 'maintenance', 'pending'] as const).map((state) =>
        drawBadge({ kind: 'health', state }),
      ),
      ...figures.map((figure) => drawBadge({ kind: 'uptime', window: '7d', figure })),
      drawBadge({ kind: 'response time', window: '24h', averageMs: 104, isSlow: false }),
      drawBadge({ kind: 'response time', window: '24h', averageMs: 1_204, isSlow: true }),
    ]

    await page.setContent(`<body style="background:${hosts[colorScheme]}">${badges.join(' ')}`)
    await page.screenshot({ path: `${folder}badges-${colorScheme}.png` })

    const lengths = await page
      .locator('svg > g > text')
      .evaluateAll((texts) => texts.map((text) => Math.round(text.getBoundingClientRect().width)))
    expect(lengths.map(String)).toEqual(badges.flatMap((badge) => badge.match(/(?<=textLength=")\d+/g)))
    await page.goto(server.url(`/embed/status?theme=${colorScheme}`))
    await page.screenshot({ path: `${folder}embed-widget-${colorScheme}.png` })
  })
}
