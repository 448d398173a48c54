import { render } from 'preact'
import { Moment } from '../components/Moment.tsx'
import { StatusHero } from '../components/StatusHero.tsx'
import type { EndpointRow, OverviewModel, ResultEntry } from '../contract.ts'
import { headline, headlineText, pageTitle } from '../model/headline.ts'
import { applyResults } from '../model/live.ts'
import { latencyText } from '../model/numbers.ts'
import { allStale, countOf, countStates } from '../model/states.ts'
import { filters, narrowed, type View } from '../model/view.ts'
import { formatNumber } from '../text/say.ts'
import { showSnapshot } from './badge.ts'
import { itemsOf } from './items.ts'
import { byId, links, main, nameTab, range, readView, siteTitle } from './page.ts'
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

async function fetchModel(): Promise<OverviewModel> {
  const askedAt = performance.now()
  const [response] = await Promise.all([fetch(links.overviewData(range)), needTexts()])
  if (!response.ok) throw new Error(`overview: status ${response.status}`)
  const snapshot: OverviewModel = await response.json()
  const next = withLately(snapshot, askedAt)
  // Only a later snapshot has the reasons.
  if (next.rows.some((row, i) => row.state !== snapshot.rows[i]?.state))
    setTimeout(() => loadModel().catch(() => {}), 1_000)
  const before = model === undefined ? undefined : new Map(model.rows.map((row) => [row.key, row.state]))
  const changed = next.rows.filter((row) => stateBefore(row.key, before) !== row.state)
  model = next
  showSnapshot(allStale(next.rows))
  draw()
  if (before !== undefined || changed.length < next.rows.length) tell(changed)
  return next
}

function tell(changed: readonly EndpointRow[]): void {
  if (changed.length > 0) void import('./announce.ts').then(({ announce }) => announce(changed, rowsNow))
}

const rowsNow = (): readonly EndpointRow[] => model?.rows ?? []

/** From the snapshot, else from the page. What is not on the page is in a closed group, so in no trouble. */
function stateBefore(key: string, before?: ReadonlyMap<string, string>): string {
  return before?.get(key) ?? itemsOf(key)[0]?.dataset['s'] ?? 'up'
}

/** Takes in one message of results. Answers whether a snapshot is needed to tell the rest. */
export function takeResults(entries: readonly ResultEntry[]): boolean {
  const known = model
  lately = [
    ...lately.filter(({ at }) => at >= performance.now() - overlapMs || loading !== undefined),
    { entries, at: performance.now() },
  ]
  // The bars of the page end before these results.
  const over = entries.some((entry) => entry[4] * 1000 >= axisEndsAt())
  if (known === undefined) {
    for (const [key, , latencyMs] of entries) writeLatency(key, latencyMs)
    drawAsOf(Math.max(...entries.map((entry) => entry[4])) * 1000)
    return over || entries.some(([key, state, , bucket]) => stateBefore(key) !== state || barMoves(key, bucket))
  }
  const states = new Map(known.rows.map((row) => [row.key, row.state]))
  const next = applyResults(known, entries)
  model = next
  draw()
  const changed = next.rows.filter((row) => states.get(row.key) !== row.state)
  tell(changed)
  return over || changed.length > 0 || entries.some(([key]) => !states.has(key))
}

function writeLatency(key: string, latencyMs: number | null): void {
  if (latencyMs === null) return
  for (const item of itemsOf(key)) {
    const cell = item.querySelector('.ms')?.firstChild
    if (cell instanceof Text && item.dataset['s'] === 'up') cell.data = latencyText(latencyMs)
  }
}

function barMoves(key: string, bucket: string): boolean {
  const history = itemsOf(key)[0]?.dataset['h']
  if (history === undefined) return false
  return range === 'checks' || (range === '24h' && !/[a-z](?=\d+$)/.exec(history)?.[0].includes(bucket))
}

/** Changes filter or search and draws the result. */
export function setView(next: View): void {
  const widened = narrowed(view) && !narrowed(next)
  view = next
  asked = true
  draw(widened)
}

export function setOpen(group: string, open: boolean): void {
  chosen.set(group, open)
  if (open && !view.open.includes(group)) view = { ...view, open: [...view.open, group] }
}

let drawing = false
let restoring = false
let asked = false

/** Everything on the page that the model tells, with the next frame: however much came in, it is drawn once. */
export function draw(restore = false): void {
  if (model === undefined) return
  restoring ||= restore
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
  const [{ drawList }, { drawAttention }] = await Promise.all([import('./list.tsx'), import('./attention.tsx')])
  await new Promise(requestAnimationFrame)
  drawing = false
  if (model === undefined) return
  const { rows, newestAt } = model
  const now = serverNow()
  const hero = byId('hero')
  if (hero !== null) drawHero(hero, rows, now)
  drawNotices(rows, newestAt)
  drawAttention(rows, now)
  drawCounts(rows)
  drawList({ model, view, now, restore: restoring, chosen, asked })
  restoring = false
  asked = false
  if (newestAt !== undefined) drawAsOf(newestAt)
  ageTimes()
}

function drawHero(hero: HTMLElement, rows: readonly EndpointRow[], now: number): void {
  // Likewise the server's headline: words that change places within it would count as moved.
  const printed = hero.querySelector('h1')
  if (printed !== null && printed.textContent !== headlineText(headline(rows))) printed.remove()
  render(<StatusHero rows={rows} now={now} />, hero)
}

function drawNotices(rows: readonly EndpointRow[], newestAt: number | undefined): void {
  const notices = byId('notices')
  const stale = newestAt !== undefined && allStale(rows)
  if (notices === null || (!stale && !notices.hasChildNodes())) return
  void import('./stale.tsx').then(({ showStale }) => showStale(notices, stale ? newestAt : undefined))
}

function drawAsOf(newestAt: number): void {
  const asOf = byId('as-of')
  if (asOf !== null) render(<Moment at={newestAt} now={serverNow()} format="checked" />, asOf)
}

function drawCounts(rows: readonly EndpointRow[]): void {
  const counts = countStates(rows)
  for (const filter of filters) {
    const chip = document.querySelector<HTMLElement>(`.chips [data-f="${filter}"]`)
    const number = chip?.querySelector('b')
    if (chip === null || number === null || number === undefined) continue
    const count = countOf(counts, filter)
    number.textContent = formatNumber(count)
    const current = filter === view.filter
    chip.hidden = filter !== 'all' && filter !== 'down' && !current && count === 0
    if (current) chip.setAttribute('aria-current', 'true')
    else chip.removeAttribute('aria-current')
    chip.setAttribute('href', links.home({ ...view, filter }))
  }
}

/** Until when the axis of the page holds; then a new snapshot moves the bars on. Never for single checks. */
export function axisEndsAt(): number {
  const axis = model?.axis
  const end = axis === undefined ? Number(main.dataset['end']) : axis.endAt + axis.bucketMs
  return end || Number.POSITIVE_INFINITY
}
