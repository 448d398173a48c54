// How fast the page is, over the demo's fleet with its past: npm run bench:page [endpoints ...]
// Loopback only, and over by itself. Prints tables; a phone is 562 ms and 1.47 Mbit/s away, and a quarter as fast.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { fileURLToPath } from 'node:url'
import sparticuz from '@sparticuz/chromium'
import { chromium } from 'playwright-core'

const sizes = process.argv.slice(2).map(Number)
const fleets = sizes.length > 0 ? sizes : [12, 60, 1_000]
const runs = 5
const port = 18_500
const ticksPerSecond = 100
const settlingMs = 3_000
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 3, isMobile: true, hasTouch: true }
const desktop = { viewport: { width: 1280, height: 800 } }
const network = { offline: false, latency: 562.5, downloadThroughput: 184_320, uploadThroughput: 84_375 }

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

async function startDemo(endpoints) {
  const program = fileURLToPath(new URL('../../demo/dist/demo.js', import.meta.url))
  const child = spawn(process.execPath, [program, '--endpoints', endpoints, '--port', port], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  while (!output.includes('Ctrl-C')) {
    if (child.exitCode !== null) throw new Error(`the demo ended:\n${output}`)
    await sleep(100)
  }
  const stop = () => {
    child.kill('SIGTERM')
    return ended
  }
  return { url: /http:\/\/\S+/.exec(output)[0], pid: child.pid, stop }
}

/** Notes what the browser says about itself while the page loads. */
function watch() {
  const seen = { fcp: 0, lcp: 0, status: 0, cls: 0, tasks: [], live: 0 }
  Object.assign(window, { seen })
  const observe = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true })
  observe('paint', (entry) => {
    if (entry.name === 'first-contentful-paint') seen.fcp = entry.startTime
  })
  observe('largest-contentful-paint', (entry) => {
    seen.lcp = entry.startTime
  })
  observe('layout-shift', (entry) => {
    if (!entry.hadRecentInput) seen.cls += entry.value
  })
  observe('longtask', (entry) => seen.tasks.push(entry.duration))
  const look = () => {
    if (seen.status === 0 && document.querySelector('h1') && document.querySelector('#list li, #list summary'))
      seen.status = performance.now()
    if (seen.live === 0 && document.querySelector('[data-live=live]')) seen.live = performance.now()
    if (seen.live === 0) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

async function load(browser, url) {
  const context = await browser.newContext({ ...phone, locale: 'en', timezoneId: 'UTC' })
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Network.emulateNetworkConditions', network)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  const scripts = new Set()
  /** Bytes of the headers of each answer. */
  const headers = new Map()
  const seen = { requests: 0, js: 0, document: 0 }
  let live = false
  cdp.on('Network.requestWillBeSent', ({ requestId, type }) => {
    if (!live) seen.requests += 1
    if (type === 'Script') scripts.add(requestId)
  })
  cdp.on('Network.responseReceived', ({ requestId, response }) => headers.set(requestId, response.encodedDataLength))
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const body = encodedDataLength - headers.get(requestId)
    if (scripts.has(requestId)) seen.js += body
    else if (seen.document === 0) seen.document = body
  })
  await page.addInitScript(watch)
  await page.goto(url)
  await page.locator('[data-live=live]').waitFor()
  live = true
  await sleep(settlingMs)
  const { tasks, ...times } = await page.evaluate(() => window.seen)
  await context.close()
  return {
    ...seen,
    ...times,
    tbt: tasks.reduce((sum, ms) => sum + Math.max(0, ms - 50), 0),
    longest: Math.max(0, ...tasks),
  }
}

/** The longest of some keystrokes, from key to the paint after it, with every group open. */
async function type(browser, url, rate) {
  const context = await browser.newContext(desktop)
  const page = await context.newPage()
  await page.goto(url)
  await page.locator('[data-live=live]').waitFor()
  await page.mouse.move(300, 300)
  await page.keyboard.press('Shift+O')
  await sleep(settlingMs)
  const rows = await page.locator('#list li.row').count()
  await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate })
  await page.evaluate(() => {
    Object.assign(window, { keys: [] })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === 'keydown') window.keys.push(entry.duration)
    }).observe({ type: 'event', durationThreshold: 16 })
  })
  await page.keyboard.press('/')
  for (const letter of 'api') {
    await page.keyboard.press(letter)
    await sleep(700)
  }
  const keys = await page.evaluate(() => window.keys)
  await context.close()
  return { rows, worst: Math.max(0, ...keys) }
}

/** The monitor among the children of the demo. */
function monitorOf(pid) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
  for (const child of children) {
    if (readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('vedette.js')) return child
    const below = monitorOf(child)
    if (below !== undefined) return below
  }
  return undefined
}

function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
}

/** Requests answered in a second of processor time, over connections that stay open. */
async function answersPerSecond(url, pid, headers, status) {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  const ask = () =>
    new Promise((resolve, reject) => {
      get(url, { agent, headers }, (response) => {
        if (response.statusCode !== status) reject(new Error(`status ${response.statusCode}`))
        response.resume().once('end', () => resolve(response.headers.etag))
      }).once('error', reject)
    })
  await ask()
  const before = cpuSeconds(pid)
  const until = performance.now() + 4_000
  let answers = 0
  const worker = async () => {
    while (performance.now() < until) {
      await ask()
      answers += 1
    }
  }
  await Promise.all(Array.from({ length: 16 }, worker))
  agent.destroy()
  return Math.round(answers / (cpuSeconds(pid) - before))
}

/** Bytes of a body as it is sent to those who know gzip; browsers nowadays are sent less. */
const gzipBytes = (url) =>
  new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip', accept: '*/*' } }, (response) => {
      let bytes = 0
      response.on('data', (chunk) => {
        bytes += chunk.length
      })
      response.once('end', () => resolve(bytes))
    }).once('error', reject)
  })

async function scriptOf(url) {
  const page = await (await fetch(url)).text()
  return new URL(/(?<=src=")[^"]*\.js/.exec(page)[0], url).href
}

async function etagOf(url, headers) {
  const response = await fetch(url, { headers })
  await response.arrayBuffer()
  return response.headers.get('etag')
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? (await sparticuz.executablePath()),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
  ],
})
const pages = []
const typing = []
const serving = []
for (const endpoints of fleets) {
  const demo = await startDemo(endpoints)
  try {
    const loads = []
    for (let run = 0; run < runs; run++) loads.push(await load(browser, demo.url))
    const of = (name, digits = 0) => Number(median(loads.map((one) => one[name])).toFixed(digits))
    pages.push({
      endpoints,
      'FCP ms': of('fcp'),
      'LCP ms': of('lcp'),
      'status ms': of('status'),
      'live ms': of('live'),
      requests: of('requests'),
      'document B': of('document'),
      'in gzip': await gzipBytes(demo.url),
      'JS B': of('js'),
      'JS in gzip': await gzipBytes(await scriptOf(demo.url)),
      CLS: of('cls', 4),
      'TBT ms': of('tbt'),
      'longest task ms': of('longest'),
    })
    if (endpoints >= 500) {
      for (const rate of [1, 4]) {
        const { rows, worst } = await type(browser, demo.url, rate)
        typing.push({ 'open rows': rows, 'CPU slower by': rate, 'key to paint ms': worst })
      }
    }
    const pid = monitorOf(demo.pid)
    const headers = { 'accept-encoding': 'gzip', accept: 'text/html' }
    const warm = await answersPerSecond(demo.url, pid, headers, 200)
    // Results come all the time: the same document is asked for by its tag while it is the same.
    const url = await scriptOf(demo.url)
    const same = await answersPerSecond(url, pid, { 'if-none-match': await etagOf(url, headers) }, 304)
    serving.push({ endpoints, 'documents per CPU second': warm, '304 per CPU second': same })
  } finally {
    await demo.stop()
  }
}
await browser.close()
console.log(`phone, cold cache, median of ${runs}`)
console.table(pages)
if (typing.length > 0) console.table(typing)
console.table(serving)
