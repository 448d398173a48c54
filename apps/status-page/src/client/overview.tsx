import { render } from 'preact'
import { Axis, GroupRest, GroupSummary, groupId } from '../components/Group.tsx'
import { Moment } from '../components/Moment.tsx'
import { StatusHero } from '../components/StatusHero.tsx'
import type { EndpointRow, OverviewModel, ResultEntry } from '../contract.ts'
import { arrange, flatList, type GroupView } from '../model/groups.ts'
import { headline, headlineText, pageTitle } from '../model/headline.ts'
import { applyResults } from '../model/live.ts'
import { latencyText } from '../model/numbers.ts'
import { allStale, countOf, countStates } from '../model/states.ts'
import { fewRows, filters, narrowed, type View } from '../model/view.ts'
import { formatNumber } from '../text/say.ts'
import { byId, frameAt, links, main, nameTab, range, readView, siteTitle } from './page.ts'
import { drawRow, itemsOf, placeRows } from './rows.tsx'
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

async function fetchModel(): Promise<OverviewModel> {
  const [response] = await Promise.all([fetch(links.overviewData(range)), needTexts()])
  if (!response.ok) throw new Error(`overview: status ${response.status}`)
  const next: OverviewModel = await response.json()
  const before = model === undefined ? undefined : new Map(model.rows.map((row) => [row.key, row.state]))
  const changed = next.rows.filter((row) => stateBefore(row.key, before) !== row.state)
  model = next
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
  if (known === undefined) {
    for (const [key, , latencyMs] of entries) writeLatency(key, latencyMs)
    drawAsOf(Math.max(...entries.map((entry) => entry[4])) * 1000)
    return entries.some(([key, state, , bucket]) => stateBefore(key) !== state || barMoves(key, bucket))
  }
  const states = new Map(known.rows.map((row) => [row.key, row.state]))
  const next = applyResults(known, entries)
  model = next
  draw()
  const changed = next.rows.filter((row) => states.get(row.key) !== row.state)
  tell(changed)
  return changed.length > 0 || entries.some(([key]) => !states.has(key))
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
  draw(widened)
}

export function setOpen(group: string, open: boolean): void {
  chosen.set(group, open)
  if (open && !view.open.includes(group)) view = { ...view, open: [...view.open, group] }
}

/** Everything on the page that the model tells, in one go. */
export function draw(restore = false): void {
  if (model === undefined) return
  const { rows, newestAt } = model
  const now = serverNow()
  const hero = byId('hero')
  if (hero !== null) drawHero(hero, rows, now)
  drawNotices(rows, newestAt)
  void import('./attention.tsx').then(({ drawAttention }) => drawAttention(rowsNow(), now))
  drawCounts(rows)
  drawList(model, now, restore)
  nameTab(pageTitle(rows, siteTitle), headline(rows).state)
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

function drawList(known: OverviewModel, now: number, restore: boolean): void {
  const list = byId('list')
  if (list === null) {
    // The page was made when nothing was configured: it has no place for a list.
    if (known.rows.length > 0) location.reload()
    return
  }
  const keys = new Set(known.rows.map((row) => row.key))
  const exists = (key: string) => keys.has(key)
  const flat = list.querySelector('[data-flat]')
  if (flat !== null) {
    placeRows(flat, flatList(known.rows, view), { place: 'flat', now, exists, move: false })
    drawNoMatch(list, flat.querySelector('li:not([hidden])') === null)
    return
  }
  const groups = arrange(known.rows, view)
  let after: Element | null = null
  for (const group of groups) {
    const details: HTMLDetailsElement = findGroup(list, group.name) ?? addGroup(list, group, after)
    details.hidden = false
    if (narrowed(view)) details.open = true
    else if (restore) details.open = chosen.get(group.name) ?? group.open
    drawGroup(details, group, known, now, exists)
    after = details
  }
  const names = new Set(groups.map((group) => group.name))
  const all = new Set(known.rows.map((row) => row.group))
  for (const details of list.querySelectorAll<HTMLDetailsElement>('details[data-g]')) {
    const name = details.dataset['g'] ?? ''
    if (!all.has(name)) details.remove()
    else if (!names.has(name)) details.hidden = true
  }
  drawNoMatch(list, groups.length === 0)
}

const findGroup = (list: Element, name: string): HTMLDetailsElement | null =>
  list.querySelector<HTMLDetailsElement>(`details[data-g="${CSS.escape(name)}"]`)

function addGroup(list: Element, group: GroupView, after: Element | null): HTMLDetailsElement {
  const details = document.createElement('details')
  details.className = 'card group'
  details.id = groupId(group.name)
  details.dataset['g'] = group.name
  details.open = group.open
  const rows = document.createElement('ul')
  rows.className = 'rows'
  const under = document.createElement('div')
  under.className = 'under'
  details.append(document.createElement('summary'), rows, under)
  if (after === null) list.prepend(details)
  else after.after(details)
  return details
}

function drawGroup(
  details: HTMLDetailsElement,
  group: GroupView,
  known: OverviewModel,
  now: number,
  exists: (key: string) => boolean,
): void {
  const [summary, list, under] = details.children
  if (summary === undefined || list === undefined || under === undefined) return
  const frame = frameAt(now)
  render(<GroupSummary group={group} frame={frame} strip={known.rows.length > fewRows} />, summary)
  // A closed group stays as empty as it was sent, until it is opened.
  const shown = details.open ? (group.open ? group.shown : group.matching) : []
  if (details.open) placeRows(list, shown, { place: 'group', now, exists, move: true })
  else for (const item of list.children) redraw(item, known, now)
  const rest = { ...group, shown: details.open ? shown : group.shown }
  render(
    <>
      <GroupRest group={rest} frame={frame} view={view} />
      <Axis model={known} />
    </>,
    under,
  )
}

function redraw(item: Element, known: OverviewModel, now: number): void {
  const row = known.rows.find((candidate) => candidate.key === item.getAttribute('data-k'))
  if (row === undefined) item.remove()
  else drawRow(item, row, 'group', now)
}

/** Only a search or a filter can leave nothing; see `nomatch.tsx`. */
function drawNoMatch(list: Element, none: boolean): void {
  if (none || list.querySelector('.nomatch') !== null) {
    void import('./nomatch.tsx').then(({ showNoMatch }) => showNoMatch(list, none, view.search))
  }
}

/** Until when the axis of the page holds; then a new snapshot moves the bars on. Never for single checks. */
export function axisEndsAt(): number {
  const axis = model?.axis
  const end = axis === undefined ? Number(main.dataset['end']) : axis.endAt + axis.bucketMs
  return end || Number.POSITIVE_INFINITY
}
