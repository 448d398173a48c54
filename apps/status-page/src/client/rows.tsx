import { render } from 'preact'
import { RowBody, type RowPlace, rowAttributes } from '../components/Row.tsx'
import { Tile, tileAttributes } from '../components/Wall.tsx'
import type { EndpointRow } from '../contract.ts'
import { keyOf } from './items.ts'
import { frameAt } from './page.ts'

/** A row as it was drawn, and as text: a snapshot brings equal rows that are other objects. */
const drawn = new WeakMap<Element, { readonly row: EndpointRow; readonly text: string }>()

/** Brings one item up to date, keeping its nodes, so that focus and selection stay where they are. */
export function drawRow(item: Element, row: EndpointRow, place: RowPlace | 'wall', now: number): void {
  const before = drawn.get(item)
  if (before?.row === row) return
  // What ages is not part of the row, so an equal row needs no drawing.
  const text = JSON.stringify(row)
  drawn.set(item, { row, text })
  if (before?.text === text) return
  // The server's figures give way to nodes that know their keys.
  if (before === undefined) for (const figure of item.querySelectorAll('.num')) figure.remove()
  const wall = place === 'wall'
  for (const [name, value] of Object.entries(wall ? tileAttributes(row) : rowAttributes(row))) {
    if (item.getAttribute(name) !== value) item.setAttribute(name, value)
  }
  const frame = frameAt(now)
  render(wall ? <Tile row={row} frame={frame} /> : <RowBody row={row} frame={frame} place={place} />, item)
}

interface Placing {
  readonly place: RowPlace | 'wall'
  readonly now: number
  /** Whether a row that is not wanted here still exists: then it is hidden, else taken out. */
  readonly exists: (key: string) => boolean
  /** Whether rows that are there may change places. */
  readonly move: boolean
}

/** Makes a list hold these rows: changes what differs, adds what is new in its place, hides or removes the rest. */
export function placeRows(list: Element, rows: readonly EndpointRow[], { place, now, exists, move }: Placing): void {
  const items = new Map([...list.children].map((item) => [keyOf(item), item]))
  const wanted = new Set(rows.map((row) => row.key))
  const focused = document.activeElement
  let cursor = list.firstElementChild
  for (const row of rows) {
    while (cursor !== null && !wanted.has(keyOf(cursor))) cursor = cursor.nextElementSibling
    const known = items.get(row.key)
    const item = known ?? document.createElement('li')
    drawRow(item, row, place, now)
    item.toggleAttribute('hidden', false)
    if (item === cursor) cursor = cursor.nextElementSibling
    else if (known === undefined || move) list.insertBefore(item, cursor)
  }
  for (const [key, item] of items) {
    if (wanted.has(key)) continue
    if (exists(key)) item.toggleAttribute('hidden', true)
    else item.remove()
  }
  if (focused instanceof HTMLElement && focused.isConnected && document.activeElement !== focused) focused.focus()
}
