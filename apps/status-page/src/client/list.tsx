import { Axis, GroupRest, GroupSummary, groupId } from '../components/Group.tsx'
import { WallHead } from '../components/Wall.tsx'
import type { EndpointRow, OverviewModel } from '../contract.ts'
import { arrange, flatList, type GroupView } from '../model/groups.ts'
import { uptimeText } from '../model/numbers.ts'
import { outOfPlace } from '../model/order.ts'
import { fewRows, narrowed, type View } from '../model/view.ts'
import { wallGroups } from '../model/wall.ts'
import { hold, nobodyLooks } from './held.ts'
import { show } from './holds.ts'
import { keyOf } from './items.ts'
import { showNoMatch } from './nomatch.tsx'
import { byId, frameAt } from './page.ts'
import { drawRow, placeRows } from './rows.tsx'

interface Listing {
  readonly model: OverviewModel
  readonly view: View
  readonly now: number
  /** Groups go back to how the reader, or else the server, left them. */
  readonly restore: boolean
  /** Groups the reader opened or closed. */
  readonly chosen: ReadonlyMap<string, boolean>
  /** The reader asked for another list, so that it may look otherwise. */
  readonly asked: boolean
  /** Draws what is held back here. */
  readonly release: () => void
}

interface Drawing extends Listing {
  /** Every row by its key, wanted in the list or not. */
  readonly known: ReadonlyMap<string, EndpointRow>
  /** Whether a row that is not wanted in the list still exists. */
  readonly exists: (key: string) => boolean
}

/** Brings the list up to date, whatever shape the server gave it, and stops after every part. */
export function* drawList(listing: Listing): Generator<void> {
  const { model, view } = listing
  const list = byId('list')
  if (list === null) {
    // The page was made when nothing was configured: it has no place for a list.
    if (model.rows.length > 0) location.reload()
    return
  }
  const known = new Map(model.rows.map((row) => [row.key, row]))
  const drawing = { ...listing, known, exists: (key: string) => known.has(key) }
  const flat = list.querySelector('[data-flat]')
  const any =
    flat !== null
      ? yield* drawFlat(flat, drawing)
      : list.classList.contains('wall')
        ? yield* drawWall(list, drawing)
        : yield* drawGroups(list, drawing)
  if (!any || list.querySelector('.nomatch') !== null) showNoMatch(list, !any, view.search)
}

/** Draws the list in its groups. Answers whether anything is left to see. */
function* drawGroups(list: Element, drawing: Drawing): Generator<void, boolean> {
  const { model, view, restore, chosen } = drawing
  const groups = arrange(model.rows, view)
  const names = new Set(groups.map((group) => group.name))
  const all = new Set(model.rows.map((row) => row.group))
  for (const details of list.querySelectorAll<HTMLDetailsElement>('details[data-g]')) {
    const name = details.dataset['g'] ?? ''
    if (!all.has(name)) details.remove()
    else if (!names.has(name)) details.hidden = true
  }
  yield
  let after: Element | null = null
  for (const group of groups) {
    const details: HTMLDetailsElement = findGroup(list, group.name) ?? addGroup(list, group, after)
    details.hidden = false
    const wanted = chosen.get(group.name)
    const open = narrowed(view) ? group.open || wanted === true : restore ? (wanted ?? group.open) : details.open
    if (details.open !== open) details.open = open
    yield* drawGroup(details, group, drawing)
    after = details
  }
  return groups.length > 0
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

/** Figures of a group and its links, as they were last drawn. */
const drawnGroups = new WeakMap<Element, string>()

function* drawGroup(details: HTMLDetailsElement, group: GroupView, drawing: Drawing): Generator<void> {
  const { model, view, now, known, exists } = drawing
  const [summary, list, under] = details.children
  if (summary === undefined || list === undefined || under === undefined) return
  // A closed group stays as empty as it was sent, until it is opened.
  const shown = details.open ? (group.open ? group.shown : group.matching) : []
  const rest = { ...group, shown: details.open ? shown : group.shown }
  const { counts, stale, uptime, history, matching } = group
  const looks = [...Object.values(counts), stale, uptimeText(uptime), history, matching.length, rest.shown.length]
  const words = [looks, model.rows.length > fewRows, model.axis?.startAt, view]
    .map((part) => JSON.stringify(part))
    .join()
  if (drawnGroups.get(details) !== words) {
    drawnGroups.set(details, words)
    const frame = frameAt(now)
    show(<GroupSummary group={group} frame={frame} strip={model.rows.length > fewRows} />, summary)
    show(
      <>
        <GroupRest group={rest} frame={frame} view={view} />
        <Axis model={model} />
      </>,
      under,
    )
  }
  yield
  if (details.open) yield* placeRows(list, shown, { place: 'group', now, exists, move: true })
  else
    for (const item of [...list.children]) {
      const row = known.get(keyOf(item))
      if (row === undefined) item.remove()
      else drawRow(item, row, 'group', now)
      yield
    }
}

/**
 * Draws the list without groups: any order but the configuration's. Live changes never move what the reader may be
 * looking at; they wait behind a button.
 */
function* drawFlat(list: Element, drawing: Drawing): Generator<void, boolean> {
  const { model, view, now, known, exists, asked, release } = drawing
  const place = list.classList.contains('tiles') ? 'wall' : 'flat'
  const wanted = flatList(model.rows, view)
  const shown = [...list.querySelectorAll('li:not([hidden])')].map(keyOf)
  const changes = outOfPlace(
    shown,
    wanted.map((row) => row.key),
  )
  const held = changes.size > 0 && !asked && !nobodyLooks(list)
  const kept = shown.flatMap((key) => known.get(key) ?? [])
  yield
  yield* placeRows(list, held ? kept : wanted, { place, now, exists, move: true })
  hold('list', held ? changes : new Set(), release)
  return list.querySelector('li:not([hidden])') !== null
}

/** Draws the groups of the wall. Answers whether anything is left to see. */
function* drawWall(list: Element, { model, view, now, exists }: Drawing): Generator<void, boolean> {
  const groups = wallGroups(model.rows, view)
  let after: Element | null = null
  const kept = new Set<Element>()
  for (const group of groups) {
    const section: Element = findSection(list, group.name) ?? addSection(list, group.name, after)
    const [head, tiles] = section.children
    if (head === undefined || tiles === undefined) continue
    section.toggleAttribute('hidden', group.rows.length === 0)
    show(<WallHead group={group} />, head)
    yield* placeRows(tiles, group.rows, { place: 'wall', now, exists, move: true })
    kept.add(section)
    after = section
  }
  for (const section of list.querySelectorAll('section[data-g]')) if (!kept.has(section)) section.remove()
  return groups.some((group) => group.rows.length > 0)
}

const findSection = (list: Element, name: string): Element | null =>
  list.querySelector(`section[data-g="${CSS.escape(name)}"]`)

function addSection(list: Element, name: string, after: Element | null): Element {
  const section = document.createElement('section')
  section.dataset['g'] = name
  const tiles = document.createElement('ul')
  tiles.className = 'tiles'
  section.append(document.createElement('h2'), tiles)
  if (after === null) list.prepend(section)
  else after.after(section)
  return section
}
