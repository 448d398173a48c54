// Fills a database with the past of a fleet, as if it had been watched every minute; bundled by ../past.js.
import { readFileSync } from 'node:fs'
import { openStore } from '../../../apps/monitor/src/storage/open.ts'
import { fullReach, historyOf, type Story } from '../../../demo/history.ts'
import { createTemplates } from '../../../demo/templates.ts'
import { dayMs, hourMs, minuteMs } from '../../../demo/units.ts'

interface Order {
  readonly databasePath: string
  readonly migrationsFolder: string
  readonly endpoints: readonly { readonly key: string; readonly name: string; readonly group: string }[]
  readonly days: number
}

const endpointsPerBatch = 20
const outagesPerYear = 12

const silentLog = { debug() {}, info() {}, warn() {}, error() {} }

function outagesOf(firstAt: number, now: number, seed: number): Story['outages'] {
  const apartMs = (365 * dayMs) / outagesPerYear
  const failure = {
    parts: {
      connected: true,
      status: 503,
      errors: [],
      conditions: [{ condition: '[STATUS] (503) == 200', success: false }],
    },
  }
  const outages = []
  for (let startAt = firstAt + hourMs + (seed % 97) * hourMs; startAt < now - dayMs; startAt += apartMs) {
    outages.push({ startAt, endAt: startAt + 12 * minuteMs, failure })
  }
  return outages
}

function storyOf(key: string, seed: number, days: number, now: number): Story {
  const firstAt = now - days * dayMs
  return {
    key,
    seed,
    intervalMs: minuteMs,
    firstAt,
    latency: { seed, baseMs: 20 + (seed % 80), spread: 0.14, daySwing: 0.3, spells: [] },
    outages: outagesOf(firstAt, now, seed),
    maintenance: [],
    healthy: {
      connected: true,
      status: 200,
      hostname: '127.0.0.1',
      errors: [],
      conditions: ['[STATUS] == 200', '[BODY].status == UP', '[RESPONSE_TIME] < 1000'].map((condition) => ({
        condition,
        success: true,
      })),
    },
  }
}

async function fill({ databasePath, migrationsFolder, endpoints, days }: Order): Promise<void> {
  const now = Date.now()
  const storage = {
    type: 'sqlite',
    path: databasePath,
    maximumNumberOfResults: 100,
    maximumNumberOfEvents: 50,
    retention: { fiveMinutesMs: 2 * dayMs, hoursMs: 90 * dayMs, daysMs: 1_826 * dayMs },
  } as const
  const store = await openStore(storage, { migrationsFolder, log: silentLog })
  await store.syncEndpoints(
    endpoints.map((endpoint) => ({ ...endpoint, previousKeys: [] })),
    now,
  )
  const templates = createTemplates()
  for (let from = 0; from < endpoints.length; from += endpointsPerBatch) {
    const histories = endpoints
      .slice(from, from + endpointsPerBatch)
      .map(({ key }, i) => historyOf(storyOf(key, from + i, days, now), now, { templates, reach: fullReach }))
    await store.append({
      results: histories.flatMap(({ results }) => results),
      events: histories.flatMap(({ events }) => events),
      buckets: histories.flatMap(({ buckets }) => buckets),
      alerts: [],
    })
  }
  await store.close()
}

await fill(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')))
