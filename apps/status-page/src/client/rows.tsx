import { RowBody, type RowPlace, rowAttributes } from '../components/Row.tsx'
import { Tile, tileAttributes } from '../components/Wall.tsx'
import type { EndpointRow } from '../contract.ts'
import { looksAlike, shownLatency } from '../model/looks.ts'
import { holds, isRendered, show } from './holds.ts'
import { keyOf } from './items.ts'
import { frameAt } from './page.ts'

/** What each item shows. */
const drawn = new WeakMap<Element, EndpointRow>()

/**
 * Brings one item up to date, keeping its nodes, so that focus and selection stay where they are. What the server wrote
 * stays as it is until it is no longer true.
 */
export function drawRow(item: Element, row: EndpointRow, place: RowPlace | 'wall', now: number): void {
  const before = drawn.get(item)
  if (before === row) return
  drawn.set(item, row)
  if (before !== undefined && looksAlike(before, row)) {
    writeLatency(item, shownLatency(row))
    return
  }
  const wall = place === 'wall'
  const frame = frameAt(now)
  const attributes = Object.entries(wall ? tileAttributes(row) : rowAttributes(row))
  const content = wall ? <Tile row={row} frame={frame} /> : <RowBody row={row} frame={frame} place={place} />
  for (const [name, value] of attributes) if (item.getAttribute(name) !== value) item.setAttribute(name, value)
  if (!isRendered(item)) {
    if (before === undefined && holds(item, content)) return
    // The server's figures give way to nodes that know their keys.
    for (const figure of item.querySelectorAll('.num')) figure.remove()
  }
  show(content, item)
  // Its components may take a time that was written past them for the one that they last gave it.
  writeLatency(item, shownLatency(row))
}

/** Most results change nothing else, and there may be a thousand of them in a second. */
function writeLatency(item: Element, latency: string): void {
  const text = item.querySelector('.ms')?.firstChild
  // As another node: aligned at its end, the same one would count as moved.
  if (text instanceof Text && text.data !== latency) text.replaceWith(latency)
}

interface Placing {
  readonly place: RowPlace | 'wall'
  readonly now: number
  /** Whether a row that is not wanted here still exists: then it is hidden, else taken out. */
  readonly exists: (key: string) => boolean
  /** Whether rows that are there may change places. */
  readonly move: boolean
}

/**
 * Makes a list hold these rows: hides or removes what is not wanted, changes what differs, and adds what is new in its
 * place. Stops after each row, so that a long list need not be drawn in one go.
 */
export function* placeRows(list: Element, rows: readonly EndpointRow[], placing: Placing): Generator<void> {
  const { place, now, exists, move } = placing
  const items = new Map([...list.children].map((item) => [keyOf(item), item]))
  const wanted = new Set(rows.map((row) => row.key))
  for (const [key, item] of items) {
    if (wanted.has(key)) continue
    if (exists(key)) item.toggleAttribute('hidden', true)
    else item.remove()
  }
  let cursor = list.firstElementChild
  for (const row of rows) {
    while (cursor !== null && !wanted.has(keyOf(cursor))) cursor = cursor.nextElementSibling
    const known = items.get(row.key)
    const item = known ?? document.createElement('li')
    drawRow(item, row, place, now)
    item.toggleAttribute('hidden', false)
    if (item === cursor) cursor = cursor.nextElementSibling
    else if (known === undefined || move) insert(list, item, cursor)
    yield
  }
}

/** Moving an element takes the focus from what is in it. */
function insert(list: Element, item: Element, before: Element | null): void {
  const focused = item.contains(document.activeElement) ? document.activeElement : null
  list.insertBefore(item, before)
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true })
}
