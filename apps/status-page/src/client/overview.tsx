import { render } from 'preact'
import { barCounts } from '../components/frame.ts'
import { StatusHero } from '../components/StatusHero.tsx'
import { Chips } from '../components/Tools.tsx'
import type { EndpointRow, OverviewModel, ResultEntry } from '../contract.ts'
import { headline, pageTitle } from '../model/headline.ts'
import { applyResults } from '../model/live.ts'
import { latencyText } from '../model/numbers.ts'
import { allStale, countStates } from '../model/states.ts'
import { iso } from '../model/times.ts'
import { narrowed, type View } from '../model/view.ts'
import { showSnapshot } from './badge.ts'
import { holds, show } from './holds.ts'
import { itemsByKey, kindsOf } from './items.ts'
import { byId, frameAt, links, main, nameTab, range, readView, siteTitle } from './page.ts'
import { inSlices } from './slices.ts'
import { needTexts } from './texts.ts'
import { ageTimes, serverNow } from './times.ts'

let model: OverviewModel | undefined
let view: View = readView()
let loading: Promise<OverviewModel> | undefined
/** Groups the reader opened or closed; what they did outlives any filter. */
const chosen = new Map<string, boolean>()

export const currentView = (): View => view

/** The snapshot, fetched when something first needs it and kept current from then on. */
export function needModel(): Promise<OverviewModel> {
  return model === undefined ? loadModel() : Promise.resolve(model)
}

/** Gets a new snapshot and draws it. Calls that meet a running one share it. */
export function loadModel(): Promise<OverviewModel> {
  loading ??= fetchModel().finally(() => {
    loading = undefined
  })
  return loading
}

/** A snapshot may be so much older than the messages that came before it: the server keeps what it made for a while. */
const overlapMs = 3_000
let lately: { readonly entries: readonly ResultEntry[]; readonly at: number }[] = []

/** What came since a snapshot was asked for, and shortly before. Results that it includes change nothing. */
function withLately(snapshot: OverviewModel, askedAt: number): OverviewModel {
  lately = lately.filter(({ at }) => at >= askedAt - overlapMs)
  return lately.reduce((known, { entries }) => applyResults(known, entries), snapshot)
}

/** Where something fails all the time, its reasons are not asked for with every message. */
const restMs = 2_000
let askedAt = Number.NEGATIVE_INFINITY
let later = 0

/** Gets a new snapshot now, or as soon as the last one is old enough. */
function loadSoon(): void {
  const wait = askedAt + restMs - performance.now()
  clearTimeout(later)
  if (wait > 0) later = window.setTimeout(loadSoon, wait)
  else loadModel().catch(() => {})
}

async function fetchModel(): Promise<OverviewModel> {
  askedAt = performance.now()
  const since = askedAt
  const [response] = await Promise.all([fetch(links.overviewData(range)), needTexts()])
  if (!response.ok) throw new Error(`overview: status ${response.status}`)
  const snapshot: OverviewModel = await response.json()
  const next = withLately(snapshot, since)
  // Only a later snapshot has the reasons.
  if (next.rows.some((row, i) => row.state !== snapshot.rows[i]?.state)) loadSoon()
  const stateBefore = statesBefore()
  const changed = next.rows.filter((row) => stateBefore(row.key) !== row.state)
  const first = model === undefined
  model = next
  showSnapshot(allStale(next.rows))
  draw()
  if (!first || changed.length < next.rows.length) tell(changed)
  return next
}

function tell(changed: readonly EndpointRow[]): void {
  if (changed.length > 0) void import('./announce.ts').then(({ announce }) => announce(changed, rowsNow))
}

const rowsNow = (): readonly EndpointRow[] => model?.rows ?? []

/** From the snapshot, else from the page. What is not on the page is in a closed group, so in no trouble. */
function statesBefore(): (key: string) => string {
  if (model !== undefined) {
    const states = new Map(model.rows.map((row) => [row.key, row.state]))
    return (key) => states.get(key) ?? 'up'
  }
  const items = itemsByKey()
  return (key) => items.get(key)?.[0]?.dataset['s'] ?? 'up'
}

/** Takes in one message of results, and asks for a snapshot when that is needed to tell the rest. */
export function takeResults(entries: readonly ResultEntry[]): void {
  if (tookIn(entries)) loadSoon()
}

/** Answers whether there is more to tell. */
function tookIn(entries: readonly ResultEntry[]): boolean {
  lately = [
    ...lately.filter(({ at }) => at >= performance.now() - overlapMs || loading !== undefined),
    { entries, at: performance.now() },
  ]
  // The bars of the page end before these results.
  const over = entries.some((entry) => entry[4] * 1000 >= axisEndsAt())
  if (model === undefined) return writeResults(entries) || over
  const known = new Map(model.rows.map((row) => [row.key, row]))
  model = applyResults(model, entries)
  draw()
  const changed = model.rows.filter((row) => known.get(row.key)?.state !== row.state)
  tell(changed)
  return over || changed.length > 0 || entries.some(([key]) => !known.has(key))
}

/** Shows what a page without a snapshot can show by itself. Answers whether there is more to tell. */
function writeResults(entries: readonly ResultEntry[]): boolean {
  const items = itemsByKey()
  let more = false
  for (const [key, state, latencyMs, bucket, , changed] of entries) {
    const [item, ...others] = items.get(key) ?? []
    more ||= item === undefined ? changed === 1 : item.dataset['s'] !== state || barMoves(item, bucket)
    if (item === undefined || latencyMs === null) continue
    const latency = latencyText(latencyMs)
    for (const one of [item, ...others]) {
      const text = one.dataset['s'] === 'up' ? one.querySelector('.ms')?.firstChild : undefined
      if (text instanceof Text && text.data !== latency) text.replaceWith(latency)
    }
  }
  drawAsOf(Math.max(...entries.map((entry) => entry[4])) * 1000)
  return more
}

function barMoves(item: Element, bucket: string): boolean {
  const picture = range === 'checks' || range === '24h' ? item.querySelector('.bar') : null
  return picture !== null && (range === 'checks' || kindsOf(picture).at(-1) !== bucket)
}

/** Changes filter or search and draws the result. */
export function setView(next: View): void {
  const widened = narrowed(view) && !narrowed(next)
  view = next
  asked++
  draw(widened)
}

export function setOpen(group: string, open: boolean): void {
  chosen.set(group, open)
  if (open && !view.open.includes(group)) view = { ...view, open: [...view.open, group] }
}

/** Draws also what was held back, since the reader says so. */
function release(): void {
  released = true
  asked++
  draw()
}

let drawing = false
let again = false
let restoring = false
let released = false
let pastDrawn = ''
/** How often the reader has asked for another list, and how often they had when it was last drawn. */
let asked = 0
let answered = 0

/** Everything on the page that the model tells, with the next frame: however much came in, it is drawn once. */
export function draw(restore = false): void {
  if (model === undefined) return
  restoring ||= restore
  again = true
  // A tab that nobody sees has no frames, but its name and its icon are seen.
  nameTab(pageTitle(model.rows, siteTitle), headline(model.rows).state)
  if (drawing) return
  drawing = true
  drawSoon()
    .catch(() => {})
    .finally(() => {
      drawing = false
    })
}

async function drawSoon(): Promise<void> {
  const parts = await Promise.all([import('./list.tsx'), import('./attention.tsx')])
  while (again) {
    await new Promise(requestAnimationFrame)
    again = false
    const turn = asked
    // What the reader asks for is not kept waiting for what they no longer want to see.
    if (model === undefined || !(await inSlices(drawn(model, parts), ageTimes, () => asked !== turn))) continue
    restoring = false
    released = false
    answered = turn
  }
}

type DrawnParts = readonly [typeof import('./list.tsx'), typeof import('./attention.tsx')]

/** Draws the page part by part. */
function* drawn(model: OverviewModel, [{ drawList }, { drawAttention }]: DrawnParts): Generator<void> {
  const { rows, newestAt } = model
  const now = serverNow()
  const hero = byId('hero')
  if (hero !== null) drawHero(hero, rows, now)
  drawNotices(rows, newestAt)
  drawCounts(rows, now)
  if (newestAt !== undefined) drawAsOf(newestAt)
  yield
  yield* drawAttention({ rows, now, released, release })
  yield* drawList({ model, view, now, restore: restoring, chosen, asked: asked !== answered, release })
  yield
  drawPast(model)
}

/** What a result tells changes none of it, so most of the time there is nothing to draw. */
function drawPast(model: OverviewModel): void {
  const { upcoming, recent } = model
  const text = JSON.stringify([upcoming, recent])
  if (pastDrawn === text && !released) return
  pastDrawn = text
  if (byId('lately') === null && !upcoming?.length && !recent?.length) return
  const now = released
  void import('./lately.tsx').then(({ drawLately }) => drawLately(model, now, release))
}

/** As other elements, all of it: words that change places would count as moved. */
function drawHero(hero: HTMLElement, rows: readonly EndpointRow[], now: number): void {
  const content = <StatusHero rows={rows} now={now} />
  if (holds(hero, content)) return
  render(null, hero)
  hero.replaceChildren()
  render(content, hero)
}

function drawNotices(rows: readonly EndpointRow[], newestAt: number | undefined): void {
  const notices = byId('notices')
  const stale = newestAt !== undefined && allStale(rows)
  if (notices === null || (!stale && !notices.hasChildNodes())) return
  void import('./stale.tsx').then(({ showStale }) => showStale(notices, stale ? newestAt : undefined))
}

function drawAsOf(newestAt: number): void {
  const asOf = byId('as-of')
  if (asOf === null) return
  const time = asOf.querySelector('time') ?? asOf.appendChild(document.createElement('time'))
  time.dateTime = iso(newestAt)
  // Its words age: see `times.ts`.
  time.dataset['f'] = 'checked'
}

function drawCounts(rows: readonly EndpointRow[], now: number): void {
  const chips = document.querySelector('.chips')
  if (chips !== null) show(<Chips frame={frameAt(now)} view={view} counts={countStates(rows)} />, chips)
}

/** Until when the axis of the page holds; then a new snapshot moves the bars on. Never for single checks. */
export function axisEndsAt(): number {
  const axis = model?.axis
  const { start, bucket } = main.dataset
  const end = axis === undefined ? Number(start) + barCounts[range] * Number(bucket) : axis.endAt + axis.bucketMs
  return end || Number.POSITIVE_INFINITY
}
