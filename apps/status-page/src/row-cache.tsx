import { render } from 'preact-render-to-string'
import type { Frame } from './components/frame.ts'
import { Row, type RowPlace } from './components/Row.tsx'
import type { RowsHtml } from './components/rows-html.ts'
import { Tile, tileAttributes } from './components/Wall.tsx'
import type { EndpointRow } from './contract.ts'
import { dayMs } from './model/times.ts'

/**
 * Keeps the HTML of each row as long as its object lives: the monitor hands over the same object while nothing about
 * it changed. Several texts may belong to one row (inside a group and alone); a new day makes new ones, since it
 * changes how moments are written.
 */
export function createRowCache() {
  const kept = new WeakMap<EndpointRow, Map<string, string>>()

  function rowHtml(row: EndpointRow, frame: Frame, place: RowPlace | 'wall'): string {
    const id = `${frame.range} ${place} ${Math.floor(frame.now / dayMs)}`
    const texts = kept.get(row) ?? new Map<string, string>()
    const known = texts.get(id)
    if (known !== undefined) return known
    const html = render(
      place === 'wall' ? (
        <li {...tileAttributes(row)}>
          <Tile row={row} frame={frame} />
        </li>
      ) : (
        <Row row={row} frame={frame} place={place} />
      ),
    )
    if (texts.size >= 8) texts.clear()
    texts.set(id, html)
    kept.set(row, texts)
    return html
  }

  return (frame: Frame): RowsHtml =>
    (rows, place) =>
      rows.map((row) => rowHtml(row, frame, place)).join('')
}
