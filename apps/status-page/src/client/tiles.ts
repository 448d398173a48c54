import { main } from './page.ts'
import { iconLine, leave, line, tell } from './tooltip.ts'

let named: Element | undefined

/** Names the tile under the pointer or with the focus. */
export function watchTiles(): void {
  const first = main.querySelector('li.tile:is(:hover, :has(a:focus-visible))')
  if (first !== null) name(first)
  main.addEventListener('pointermove', ({ target }) => {
    const tile = tileOf(target)
    if (tile !== undefined) {
      if (tile !== named || main.querySelector('#tip')?.hasAttribute('hidden') !== false) name(tile)
    } else if (named !== undefined && target instanceof Element && target.closest('#tip') === null) {
      named = undefined
      leave()
    }
  })
  main.addEventListener('focusin', ({ target }) => {
    const tile = tileOf(target)
    if (tile?.querySelector('a:focus-visible') !== null && tile !== undefined) name(tile)
  })
}

const tileOf = (target: EventTarget | null): Element | undefined =>
  (target instanceof Element && target.closest('li.tile')) || undefined

function name(tile: Element): void {
  named = tile
  const [bdi, ...words] = tile.querySelector('.tag')?.children ?? []
  const group = tile.closest('section')?.querySelector('h2 bdi')?.textContent ?? ''
  const state = tile.getAttribute('data-s') ?? ''
  const lines = [line('b', bdi?.textContent ?? ''), iconLine(state, words.map((word) => word.textContent).join(' '))]
  tell(tile.getBoundingClientRect(), group === '' ? lines : [...lines, line('span', group)])
}

/** Moves the focus over the wall: to the neighbour, or to the nearest tile of the line above or below. */
export function move(from: HTMLElement, key: string): void {
  const tiles = [...document.querySelectorAll<HTMLElement>('li.tile:not([hidden])')].filter((tile) =>
    tile.checkVisibility(),
  )
  const at = tiles.indexOf(from)
  const back = key === 'ArrowLeft' || key === 'ArrowUp'
  const sideways = key === 'ArrowLeft' || key === 'ArrowRight'
  const to = sideways
    ? tiles[at + (back ? -1 : 1)]
    : nearest(from, back ? tiles.slice(0, at).reverse() : tiles.slice(at))
  to?.querySelector('a')?.focus()
}

/** `others` begin next to `from`. The first other line among them is the one to look in. */
function nearest(from: HTMLElement, others: readonly HTMLElement[]): HTMLElement | undefined {
  const { left, top } = from.getBoundingClientRect()
  let best: HTMLElement | undefined
  let bestAway = Number.POSITIVE_INFINITY
  let line: number | undefined
  for (const tile of others) {
    const box = tile.getBoundingClientRect()
    if (Math.abs(box.top - top) < 2) continue
    line ??= box.top
    if (Math.abs(box.top - line) > 2) break
    const away = Math.abs(box.left - left)
    if (away < bestAway) [best, bestAway] = [tile, away]
  }
  return best
}
