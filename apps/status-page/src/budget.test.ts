import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { beforeAll, expect, test } from 'vitest'
import { down, few, full, many, now, overview } from '../../../test/page/fixtures.ts'
import { november } from '../../../test/page/past-fixtures.ts'
import { sprite } from './components/sprite.ts'
import type { EndpointRow } from './contract.ts'
import {
  detailCss,
  eyebrowCss,
  latelyCss,
  listCss,
  noticesCss,
  overviewCss,
  panelCss,
  pastCss,
  wallCss,
} from './css.ts'
import { dayMs } from './model/times.ts'
import { createRenderer, type Site } from './server.tsx'
import { languages } from './text/languages.ts'

const kilobyte = 1_000
const gzipped = (text: string): number => gzipSync(text, { level: 9 }).length

interface Chunk {
  readonly isEntry: boolean
  readonly imports: readonly string[]
  readonly code: string
}

const chunks = new Map<string, Chunk>()

beforeAll(async () => {
  const root = new URL('..', import.meta.url).pathname
  const built = await build({ root, configFile: `${root}vite.config.ts`, logLevel: 'silent', build: { write: false } })
  for (const { output } of Array.isArray(built) ? built : 'output' in built ? [built] : []) {
    for (const item of output) if (item.type === 'chunk') chunks.set(item.fileName, item)
  }
})

test('a list of few endpoints has the same rules but for those of other lists', () => {
  const others = /\.(compact|strip|fold|bare)\b|summary.*\.num|section/
  const withoutColours = (css: string) => css.replace(/--[\w-]+:[^;}]*;?/g, '')
  const rulesOf = (css: string) =>
    (withoutColours(css).match(/[^{}]+\{[^{}]*\}/g) ?? []).map((rule) => rule.replace('.fold,', ''))
  const rules = new Set(rulesOf(overviewCss))
  const list = withoutColours(listCss)

  expect(rulesOf(list).filter((rule) => !rules.has(rule))).toEqual([])
  expect([...rules].filter((rule) => !list.includes(rule) && !others.test(rule))).toEqual([])
  expect(list.split('{').length).toBe(list.split('}').length)
})

test('a list of few endpoints defines every colour that it, or what may be added to it, asks for', () => {
  const asked = [listCss, eyebrowCss, noticesCss, latelyCss, panelCss].join('').match(/(?<=var\()--[\w-]+/g) ?? []

  expect(asked.filter((name) => !listCss.includes(`${name}:`))).toEqual([])
})

test('what runs at the start is one file of at most 16 kB', () => {
  const start = [...chunks.values()].filter((chunk) => chunk.isEntry)

  expect(start.map((chunk) => chunk.imports)).toEqual([[]])
  expect(gzipped(start[0]?.code ?? '')).toBeLessThanOrEqual(16 * kilobyte)
})

test('every module loaded later is at most 4 kB', () => {
  const later = [...chunks]
    .filter(([, chunk]) => !chunk.isEntry)
    .map(([name, { code }]) => [name, gzipped(code)] as const)

  expect(later.length).toBeGreaterThan(5)
  expect(later.filter(([, size]) => size > 4 * kilobyte)).toEqual([])
})

test('styles and icons are at most 8 kB', () => {
  for (const css of [overviewCss, wallCss, detailCss, pastCss])
    expect(gzipped(css + sprite)).toBeLessThanOrEqual(8 * kilobyte)
})

const visit = { query: new URLSearchParams(), url: 'https://status.acme.example' }

const site: Site = {
  title: 'Acme status',
  description: '',
  header: '',
  heading: '',
  subheading: '',
  logo: '',
  link: '',
  buttons: [],
  favicon: { default: '', size16x16: '', size32x32: '' },
  customCss: false,
  basePath: '',
  version: '0',
  build: '0',
}

test.each(languages.map(({ code }) => code))('the page of 12 endpoints is as small in %s', (language) => {
  const { overview: render } = createRenderer(site, { script: 'assets/boot.js' })

  const page = render(overview(few, { now }), { ...visit, language })

  expect(gzipped(page)).toBeLessThanOrEqual(8 * kilobyte)
})

test.each([
  [12, few, 8],
  [60, many(60), 10],
  [1_000, many(1_000), 15],
])('the page of %d endpoints is small', (_, rows, kilobytes) => {
  const { overview: render } = createRenderer(site, { script: 'assets/boot.js' })

  const page = render(overview(rows, { now }), visit)

  expect(gzipped(page)).toBeLessThanOrEqual(kilobytes * kilobyte)
})

/** Two of three have had an outage of their own, and one is down. */
const lived = (rows: readonly EndpointRow[]): EndpointRow[] =>
  rows.map((row, i) => {
    if (i === 5) return { ...row, ...down }
    if (i % 3 === 0) return row
    const day = 2 + ((i * 37) % 85)
    const startAt = now - (90 - day) * dayMs + i * 97_000
    return {
      ...row,
      history: `u${day}a1u${89 - day}`,
      uptime: full(129_600, 1 + ((i * 7) % 60)),
      lastOutage: { startAt, endAt: startAt + (1 + ((i * 7) % 60)) * 60_000 },
    }
  })

test.each([
  [12, few, 8],
  [60, many(60), 10],
  [1_000, many(1_000), 15],
])('the page of %d endpoints is small with all that a busy quarter leaves on it', (_, rows, kilobytes) => {
  const heading = { heading: 'Status', subheading: 'What is up, and what is not' }
  const buttons = [{ name: 'Documentation', link: 'https://docs.acme.example' }]
  const { overview: render } = createRenderer({ ...site, ...heading, buttons }, { script: 'assets/boot.js' })
  const recent = november.incidents.slice(0, 5)

  const page = render({ ...overview(lived(rows), { now }), recent }, visit)

  expect(gzipped(page)).toBeLessThanOrEqual(kilobytes * kilobyte)
})

test('the wall of 1,000 endpoints, all of them sent, is at most 45 kB', () => {
  const { overview: render } = createRenderer(site, { script: 'assets/boot.js' })

  const page = render(overview(many(1_000), { now }), { ...visit, query: new URLSearchParams('view=wall') })

  expect(gzipped(page)).toBeLessThanOrEqual(45 * kilobyte)
})
