import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { test } from 'vitest'
import { temporaryFolder } from '../support/monitor.ts'
import { eventually, freePort, runProgram } from '../support/program.ts'
import { openBrowser } from './browser.ts'

const bars = (page: Page): Promise<(string | undefined)[]> =>
  page.locator('#list li.row').evaluateAll((rows) => rows.map((row) => row.dataset['h']))

test('an open page outlives a restart of the monitor, and then has the bars that a new page has', async () => {
  using folder = temporaryFolder()
  const port = await freePort()
  let answers = 0
  // Fails in a pattern, so that a bar that lost or doubled a check does not look like the right one.
  const shop = createServer((_, response) => response.writeHead(++answers % 7 < 5 ? 200 : 503).end('ok'))
  const shopPort = await freePort()
  await new Promise<void>((resolve) => shop.listen(shopPort, '127.0.0.1', resolve))
  writeFileSync(
    join(folder.path, 'config.yaml'),
    `web: {address: 127.0.0.1, port: ${port}}
storage: {type: sqlite, path: data.db}
endpoints:
  - {name: shop, url: 'http://127.0.0.1:${shopPort}', interval: 1s, conditions: ['[STATUS] == 200']}
`,
  )
  await using browser = await openBrowser()
  const context = await browser.context()
  const page = await context.newPage()

  {
    await using monitor = runProgram([], { cwd: folder.path })
    await eventually(() => monitor.output().includes('is watching'))
    await page.goto(`http://127.0.0.1:${port}/?range=checks`)
    await page.locator('[data-live=live]').waitFor()
    await eventually(() => answers >= 4)
  }
  const answersBefore = answers
  await page.locator('[data-live=reconnecting]').waitFor()
  await using again = runProgram([], { cwd: folder.path })
  await eventually(() => again.output().includes('is watching'))
  await page.locator('[data-live=live]').waitFor({ timeout: 15_000 })
  await eventually(() => answers > answersBefore)

  const fresh = await context.newPage()
  await eventually(async () => {
    const open = await bars(page)
    await fresh.goto(`http://127.0.0.1:${port}/?range=checks`)
    const made = await bars(fresh)
    return open.length === 1 && JSON.stringify(made) === JSON.stringify(open)
  })
  shop.close()
  shop.closeAllConnections()
}, 60_000)
