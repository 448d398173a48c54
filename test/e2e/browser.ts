import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sparticuz from '@sparticuz/chromium'
import { type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Nothing but this machine can be reached, so a page that asks for anything else fails its test.
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
]

export interface OpenBrowser extends AsyncDisposable {
  /** A fresh profile: no cookies, no cache. */
  context(options?: BrowserContextOptions): Promise<BrowserContext>
}

/** Real Chromium: the one npm brought, or the one at `CHROMIUM_PATH`. */
export async function openBrowser(): Promise<OpenBrowser> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? (await sparticuz.executablePath())
  const home = await mkdtemp(join(tmpdir(), 'vedette-browser-'))
  const browser = await chromium.launch({
    executablePath,
    args: flags,
    env: { ...environment(), HOME: home, TZ: 'UTC', LANG: 'en_US.UTF-8' },
  })
  return {
    context: (options) => browser.newContext({ locale: 'en', timezoneId: 'UTC', reducedMotion: 'reduce', ...options }),
    async [Symbol.asyncDispose]() {
      await browser.close()
      await rm(home, { recursive: true, force: true })
    },
  }
}

function environment(): Record<string, string> {
  const known: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) known[name] = value
  return known
}
