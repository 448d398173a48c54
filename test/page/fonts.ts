import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import type { Page } from 'playwright-core'

const { resolve } = createRequire(import.meta.url)

/** Families that have what Chromium's own fonts lack. */
const families = { 'noto-sans-arabic': 'Noto Sans Arabic Variable', 'noto-sans-jp': 'Noto Sans JP Variable' } as const

/** Lets a page draw Arabic and Japanese. Its context must bypass the policy, which allows no fonts. */
export async function useFonts(page: Page): Promise<void> {
  const sheets: string[] = []
  for (const family of Object.keys(families)) {
    const sheet = resolve(`@fontsource-variable/${family}/index.css`)
    sheets.push((await readFile(sheet, 'utf8')).replaceAll('./files/', `/test-fonts/${family}/`))
    await page.route(`**/test-fonts/${family}/*`, async (route) => {
      const file = basename(new URL(route.request().url()).pathname)
      await route.fulfill({ body: await readFile(join(dirname(sheet), 'files', file)), contentType: 'font/woff2' })
    })
  }
  const names = Object.values(families).map((name) => `"${name}"`)
  const sans = `:root{--sans:"Open Sans",${names},sans-serif}`
  await page.addStyleTag({ content: `${sheets.join('')}${sans}` })
  await page.evaluate(async () => {
    await document.fonts.ready
  })
}
