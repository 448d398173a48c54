import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { emptyBucket } from '../../apps/monitor/src/domain/bucket.ts'
import type { Config } from '../../apps/monitor/src/domain/config.ts'
import type { Result } from '../../apps/monitor/src/domain/result.ts'
import { fakeClock } from '../support/fake-clock.ts'
import { configOf, runningMonitor, temporaryFolder } from '../support/monitor.ts'
import { resultOf, seed } from '../support/seed.ts'
import { vectors } from '../support/vectors.ts'

interface Named {
  readonly name: string
  readonly group?: string
}

/** Endpoints that are never checked, so that only what was seeded is there. */
const yamlOf = (endpoints: readonly Named[], folder: string, more: Readonly<Record<string, unknown>> = {}) =>
  JSON.stringify({
    storage: { type: 'sqlite', path: join(folder, 'data.db') },
    ...more,
    endpoints: endpoints.map(({ name, group = '' }) => ({
      name,
      group,
      enabled: false,
      url: 'http://127.0.0.1:9',
      conditions: ['[STATUS] == 200'],
    })),
  })

async function seededMonitor(
  config: Config,
  results: readonly Result[],
  now: number,
  buckets?: Parameters<typeof seed>[3],
) {
  await seed(config, results, now, buckets)
  return runningMonitor(config, { clock: fakeClock(now) })
}

const now = Date.parse('2026-11-21T14:14:00Z')

interface ApiVector {
  readonly setup: {
    readonly endpoints: readonly Named[]
    readonly externalEndpoints?: readonly Named[]
    readonly suites?: readonly Named[]
    readonly security?: unknown
    readonly results: readonly (Partial<Omit<Result, 'conditions'>> & {
      readonly key: string
      readonly timestamp?: string
      readonly ageMs?: number
      readonly conditionResults?: Result['conditions']
    })[]
  }
  readonly requests: readonly {
    readonly method: string
    readonly path: string
    readonly headers?: Record<string, string>
    readonly expectedStatus: number
    readonly expectedContentType?: string
    readonly expectedJson?: unknown
    readonly expectedText?: string
    readonly expectedTextContains?: readonly string[]
  }[]
}

/** Suites, pushes and access control are no part of the interface. */
const isServed = ({ setup, requests }: ApiVector) =>
  setup.externalEndpoints === undefined &&
  setup.suites === undefined &&
  setup.security === undefined &&
  requests.every(({ path }) => !path.includes('/suites'))

describe('api.json', () => {
  test.each(vectors<ApiVector>('api.json').filter(isServed))('$name', async ({ setup, requests }) => {
    using folder = temporaryFolder()
    const config = configOf(yamlOf(setup.endpoints, folder.path))
    const results = setup.results.map(({ timestamp, ageMs = 0, conditionResults = [], ...parts }) =>
      resultOf({
        ...parts,
        at: timestamp === undefined ? now - ageMs : Date.parse(timestamp),
        conditions: conditionResults,
      }),
    )
    await using monitor = await seededMonitor(config, results, now)

    for (const request of requests) {
      const { method, headers, path } = request
      const response = await fetch(monitor.url + path, { method, headers, redirect: 'manual' })
      const text = await response.text()

      expect(response.status).toBe(request.expectedStatus)
      if (request.expectedContentType !== undefined) {
        expect(response.headers.get('content-type')?.split(';')[0]).toBe(request.expectedContentType)
      }
      if (request.expectedJson !== undefined) expect(JSON.parse(text)).toEqual(request.expectedJson)
      if (request.expectedText !== undefined) expect(text).toBe(request.expectedText)
      for (const part of request.expectedTextContains ?? []) expect(text).toContain(part)
    }
  })
})

interface UptimeVector {
  readonly now: string
  readonly results: readonly { readonly timestamp: string; readonly success: boolean; readonly durationMs: number }[]
  readonly expected: Readonly<
    Record<string, { readonly uptimeText: string; readonly averageResponseTimeMs: number }>
  > | null
  readonly expectedHourlyAverageMs: Readonly<Record<string, number>>
}

describe('uptime.json', () => {
  test.each(vectors<UptimeVector>('uptime.json'))('$name', async (vector) => {
    using folder = temporaryFolder()
    const config = configOf(yamlOf([{ name: 'n', group: 'g' }], folder.path))
    const results = vector.results.map(({ timestamp, ...parts }) =>
      resultOf({ key: 'g_n', at: Date.parse(timestamp), ...parts }),
    )
    await using monitor = await seededMonitor(config, results, Date.parse(vector.now))
    const get = (path: string) => fetch(`${monitor.url}/api/v1/endpoints/g_n/${path}`)

    for (const [window, figures] of Object.entries(vector.expected ?? {})) {
      expect(await (await get(`uptimes/${window}`)).text()).toBe(figures.uptimeText)
      expect(await (await get(`response-times/${window}`)).text()).toBe(String(figures.averageResponseTimeMs))
    }
    if (vector.expected === null) {
      expect((await get('uptimes/24h')).status).toBe(404)
      return
    }
    const history: { timestamps: number[]; values: number[] } = await (await get('response-times/24h/history')).json()
    const seen = history.timestamps.map((at, index): [string, number] => [
      new Date(at).toISOString().replace('.000Z', 'Z'),
      history.values[index] ?? 0,
    ])
    const first = Object.keys(vector.expectedHourlyAverageMs)[0]
    expect(Object.fromEntries(seen.filter(([at]) => first !== undefined && at >= first))).toEqual(
      vector.expectedHourlyAverageMs,
    )
  })
})

interface BadgeVector {
  readonly kind: 'uptime' | 'response-time' | 'health' | 'health-shields'
  readonly value: number | string
  readonly duration: string
  readonly thresholds?: readonly number[]
  readonly expectedLabel: string
  readonly expectedText: string
  readonly expectedColor: string
  readonly expectedWidth: number
  readonly expectedJson: unknown
}

/** An endpoint without results has no badge, so there is none that says `?`. */
const hasResults = ({ value }: BadgeVector) => value !== '?'

describe('badges.json', () => {
  test.each(vectors<BadgeVector>('badges.json').filter(hasResults))('$name', async (vector) => {
    using folder = temporaryFolder()
    const yaml = JSON.parse(yamlOf([{ name: 'n', group: 'g' }], folder.path))
    if (vector.thresholds) yaml.endpoints[0].ui = { badge: { 'response-time': { thresholds: vector.thresholds } } }
    const count = 1_000_000
    const uptime = vector.kind === 'uptime' ? Number(vector.value) : 1
    const averageMs = vector.kind === 'response-time' ? Number(vector.value) : 0
    const newest = resultOf({ key: 'g_n', at: now - 1_000, success: vector.value !== 'down' })
    const bucket = {
      ...emptyBucket(now - 1_000),
      count,
      successes: uptime * count,
      sumMs: averageMs * count,
      throughAt: now,
    }
    await using monitor = await seededMonitor(configOf(JSON.stringify(yaml)), [newest], now, [{ key: 'g_n', bucket }])
    const base = `${monitor.url}/api/v1/endpoints/g_n`

    if (vector.kind === 'health-shields') {
      expect(await (await fetch(`${base}/health/badge.shields`)).json()).toEqual(vector.expectedJson)
      return
    }
    const path =
      vector.kind === 'health'
        ? 'health'
        : `${vector.kind === 'uptime' ? 'uptimes' : 'response-times'}/${vector.duration}`
    const response = await fetch(`${base}/${path}/badge.svg`)
    const svg = await response.text()

    expect(response.headers.get('content-type')).toBe('image/svg+xml')
    expect(svg).toContain(`width="${vector.expectedWidth}" height="20"`)
    expect(svg).toContain(`<title>${vector.expectedLabel}: ${vector.expectedText}</title>`)
    expect(svg).toContain(`fill="${vector.expectedColor}"`)
  })
})

interface PaginationVector {
  readonly kind: 'slice' | 'query'
  readonly resultCount: number
  readonly page: number | string | null
  readonly pageSize: number | string | null
  readonly maximumNumberOfResults: number
  readonly expectedResults: readonly number[]
  readonly expectedPage: number
  readonly expectedPageSize: number
}

/** Numbers of the results on a page, when `count` were recorded; a result's number is its duration. */
async function resultNumbers(count: number, maximum: number, query: URLSearchParams): Promise<readonly number[]> {
  using folder = temporaryFolder()
  const config = configOf(yamlOf([{ name: 'n', group: 'g' }], folder.path))
  const kept = { ...config, storage: { ...config.storage, maximumNumberOfResults: maximum } }
  const results = Array.from({ length: count }, (_, index) =>
    resultOf({ key: 'g_n', at: now - (count - index) * 1_000, durationMs: index + 1 }),
  )
  await using monitor = await seededMonitor(kept, results, now)
  const response = await fetch(`${monitor.url}/api/v1/endpoints/g_n/statuses?${query}`)
  const { results: shown }: { results: { duration: number }[] } = await response.json()
  return shown.map(({ duration }) => duration / 1e6)
}

/** Over HTTP, a page or a size below 1 means the default: those slices are held in pagination.test.ts. */
const isAskable = ({ kind, page, pageSize }: PaginationVector) =>
  kind === 'slice' ? Number(page) >= 1 && Number(pageSize) >= 1 : true

describe('pagination.json', () => {
  test.each(vectors<PaginationVector>('pagination.json').filter(isAskable))('$name', async (vector) => {
    const query = new URLSearchParams()
    if (vector.page !== null) query.set('page', String(vector.page))
    if (vector.pageSize !== null) query.set('pageSize', String(vector.pageSize))
    if (vector.kind === 'slice') {
      expect(await resultNumbers(vector.resultCount, 100, query)).toEqual(vector.expectedResults)
      return
    }
    const count = vector.maximumNumberOfResults
    const to = Math.max(count - (vector.expectedPage - 1) * vector.expectedPageSize, 0)
    const from = Math.max(to - vector.expectedPageSize, 0)

    expect(await resultNumbers(count, count, query)).toEqual(
      Array.from({ length: to - from }, (_, index) => from + index + 1),
    )
  })
})

interface EventsVector {
  readonly results: readonly boolean[]
  readonly expectedEvents: readonly { readonly type: string; readonly resultIndex?: number }[]
}

describe('events.json', () => {
  test.each(vectors<EventsVector>('events.json'))('$name', async ({ results, expectedEvents }) => {
    using folder = temporaryFolder()
    const config = configOf(yamlOf([{ name: 'n', group: 'g' }], folder.path))
    const at = (index: number) => now - (results.length - index) * 1_000
    const recorded = results.map((success, index) => resultOf({ key: 'g_n', at: at(index), success }))
    await using monitor = await seededMonitor(config, recorded, now)
    const response = await fetch(`${monitor.url}/api/v1/endpoints/g_n/statuses`)

    const { events = [] }: { events?: { type: string; timestamp: string }[] } = await response.json()

    expect(events.map(({ type }) => type)).toEqual(expectedEvents.map(({ type }) => type))
    for (const [index, { resultIndex }] of expectedEvents.entries()) {
      if (resultIndex !== undefined) expect(Date.parse(events[index]?.timestamp ?? '')).toBe(at(resultIndex))
    }
  })
})

interface KeyVector {
  readonly group: string
  readonly endpointName: string
  readonly key: string
}

/** The configuration refuses an endpoint without a name. */
const isConfigurable = ({ endpointName, group }: KeyVector) =>
  endpointName !== '' && !/["\\]/.test(endpointName + group)

describe('keys.json', () => {
  test.each(vectors<KeyVector>('keys.json').filter(isConfigurable))('$name', async ({ group, endpointName, key }) => {
    using folder = temporaryFolder()
    const config = configOf(yamlOf([{ name: endpointName, group }], folder.path))
    await using monitor = await seededMonitor(config, [resultOf({ key, at: now })], now)

    const list: { key: string }[] = await (await fetch(`${monitor.url}/api/v1/endpoints/statuses`)).json()
    const one = await fetch(`${monitor.url}/api/v1/endpoints/${encodeURIComponent(key)}/statuses`)

    expect(list.map((status) => status.key)).toEqual([key])
    expect(one.status).toBe(200)
  })
})
