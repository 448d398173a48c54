import { readFileSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../support/monitor.ts'
import { eventually, freePort, runProgram } from '../support/program.ts'
import { openBrowser } from './browser.ts'

const sample = new URL('../../config.yaml', import.meta.url)

/** The sample configuration, on another port, so that tests can run beside a monitor. */
const sampleOn = (port: number) =>
  `${readFileSync(sample, 'utf8').replaceAll('8080', String(port))}\nweb: {port: ${port}}\n`

const listening = (server: Server, port = 0) =>
  new Promise<number>((resolve) => {
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(address !== null && typeof address === 'object' ? address.port : 0)
    })
  })

const closed = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

test('the sample configuration runs as it is, and all it watches is up', async () => {
  using folder = temporaryFolder()
  const port = await freePort()
  writeFileSync(join(folder.path, 'config.yaml'), sampleOn(port))
  await using monitor = runProgram([], { cwd: folder.path })
  await eventually(() => monitor.output().includes('is watching'))
  await using browser = await openBrowser()
  const context = await browser.context()
  const page = await context.newPage()

  await page.goto(`http://127.0.0.1:${port}/`)

  await eventually(async () => (await page.textContent('h1'))?.includes('All systems operational'))
  expect(monitor.output()).not.toMatch(/warn|error/)
})

test('an open page shows an outage, its webhook arrives, and an added endpoint appears, all without a reload', async () => {
  using folder = temporaryFolder()
  const port = await freePort()
  let healthy = true
  const shop = createServer((_, response) => response.writeHead(healthy ? 200 : 503).end('ok'))
  const shopPort = await listening(shop)
  const notices: string[] = []
  const hook = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    notices.push(JSON.parse(body).kind)
    response.end()
  })
  const hookPort = await listening(hook)
  const path = join(folder.path, 'config.yaml')
  const config = (names: readonly string[]) => `
web: {address: 127.0.0.1, port: ${port}}
storage: {type: sqlite, path: vedette.db}
alerting: {webhook: {url: "http://127.0.0.1:${hookPort}/"}}
endpoints:${names
    .map(
      (name) => `
  - name: ${name}
    group: shop
    url: http://127.0.0.1:${shopPort}/${name}
    interval: 1s
    conditions: ["[STATUS] == 200"]
    alerts: [{type: webhook, failure-threshold: 1, success-threshold: 1, send-on-resolved: true}]`,
    )
    .join('')}
`
  writeFileSync(path, config(['cart']))
  await using monitor = runProgram([], { cwd: folder.path })
  await eventually(() => monitor.output().includes('is watching'))
  await using browser = await openBrowser()
  const context = await browser.context()
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(error.message))
  let loads = 0
  page.on('load', () => {
    loads += 1
  })
  await page.goto(`http://127.0.0.1:${port}/`)
  const heading = () => page.textContent('h1')
  await eventually(async () => (await heading())?.includes('All systems operational'))

  healthy = false
  await eventually(async () => (await heading())?.includes('cart is down'))
  await eventually(() => notices.includes('trigger'))

  healthy = true
  await eventually(async () => (await heading())?.includes('All systems operational'))
  await eventually(() => notices.includes('resolve'))

  writeFileSync(path, config(['cart', 'checkout']))
  await eventually(async () => (await page.locator('a[href^="/endpoints/shop_checkout"]').count()) > 0)

  expect(loads).toBe(1)
  expect(problems).toEqual([])
  await closed(shop)
  await closed(hook)
})

test('what others show beside a link to the page is there: the answer, and a picture', async () => {
  using folder = temporaryFolder()
  const port = await freePort()
  const path = join(folder.path, 'config.yaml')
  writeFileSync(
    path,
    `web: {address: 127.0.0.1, port: ${port}, base-path: /status}
endpoints: [{name: shop, url: "http://127.0.0.1:1/", enabled: false, conditions: ["[STATUS] == 200"]}]
`,
  )
  await using monitor = runProgram([], { cwd: folder.path })
  await eventually(() => monitor.output().includes('is watching'))

  const page = await (await fetch(`http://127.0.0.1:${port}/status/`)).text()
  const content = (name: string) => new RegExp(`property="og:${name}" content="([^"]*)"`).exec(page)?.[1] ?? ''
  const card = await fetch(content('image'))

  expect(content('title')).not.toBe('')
  expect(content('image')).toBe(`http://127.0.0.1:${port}/status/assets/card-1.png`)
  expect([card.status, card.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect([...new Uint8Array(await card.arrayBuffer()).slice(1, 4)]).toEqual([...Buffer.from('PNG')])
})
