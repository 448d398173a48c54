import { mkdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { themeCookie } from '../apps/status-page/src/site.ts'
import { type OpenBrowser, openBrowser } from '../test/e2e/browser.ts'
import { type Demo, startDemo } from './start.ts'

/** A moment at which it looks good, so that pictures repeat. */
const at = Date.UTC(2026, 10, 21, 14, 14, 0)
const seed = 7

/** Long enough for every endpoint to be checked, too short for anything to flap. */
const settlingMs = 12_000

const drawingMs = 500

const root = new URL('../..', import.meta.url)
const folder = new URL('docs/images/', root)

const desktop = { viewport: { width: 1280, height: 800 } }
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true }

interface Shot {
  readonly file: string
  readonly path: string
  readonly theme: 'light' | 'dark'
  readonly device: BrowserContextOptions
  /** Scrolled to the part under this heading. */
  readonly heading?: string
}

interface Scene {
  readonly endpoints: number
  readonly shots: readonly Shot[]
}

const scenes: readonly Scene[] = [
  {
    endpoints: 60,
    shots: [
      { file: 'overview-light.png', path: '', theme: 'light', device: desktop },
      { file: 'overview-dark.png', path: '', theme: 'dark', device: desktop },
      { file: 'phone.png', path: '', theme: 'light', device: phone },
      { file: 'endpoint.png', path: 'endpoints/payments_card-api?range=24h', theme: 'light', device: desktop },
      {
        file: 'endpoint-history.png',
        path: 'endpoints/payments_refunds?range=90d',
        theme: 'light',
        device: desktop,
        heading: 'History',
      },
    ],
  },
]

const marginPx = 40

/** Puts a heading near the top, and waits for what is drawn when it comes into view. */
async function scrollTo(page: Page, heading: string): Promise<void> {
  const box = await page.getByRole('heading', { name: heading }).boundingBox()
  await page.mouse.wheel(0, (box?.y ?? 0) - marginPx)
  await page.waitForLoadState('networkidle')
  await sleep(drawingMs)
}

async function take(browser: OpenBrowser, { url }: Demo, { file, path, theme, device, heading }: Shot): Promise<void> {
  const context = await browser.context({ ...device, colorScheme: theme })
  await context.addCookies([{ name: themeCookie, value: theme, url }])
  const page = await context.newPage()
  await page.goto(url + path)
  await page.locator('[data-live=live]').waitFor()
  if (heading !== undefined) await scrollTo(page, heading)
  await page.screenshot({ path: fileURLToPath(new URL(file, folder)) })
  await context.close()
}

await mkdir(folder, { recursive: true })
const browser = await openBrowser()
for (const { endpoints, shots } of scenes) {
  const demo = await startDemo({ endpoints, seed, at, port: undefined, fresh: false, print: () => {}, root })
  await sleep(settlingMs)
  for (const shot of shots) {
    await take(browser, demo, shot)
    process.stdout.write(`docs/images/${shot.file}\n`)
  }
  await demo.close()
}
await browser[Symbol.asyncDispose]()
