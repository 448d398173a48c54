import { type BucketClass, kindsOfPaths } from '../model/history.ts'
import { main } from './page.ts'

/** The key of the endpoint that a row or a tile links to. */
export function keyOf(item: Element): string {
  const address = item.querySelector('a')?.getAttribute('href') ?? ''
  return decodeURIComponent(/^[^?]*\/([^?]*)/.exec(address)?.[1] ?? '')
}

export const pictureOf = (owner: Element): Element | null => owner.querySelector('.bar.full, .bar.detail')

interface BarPlace {
  readonly owner: HTMLElement
  readonly box: DOMRect
}

/** Where the bar is that a pointer is on, or so near above or below that it is meant. */
export function barAt({ target, clientX, clientY }: PointerEvent): BarPlace | undefined {
  const owner = target instanceof Element ? target.closest<HTMLElement>('li.row, .lane') : null
  const box = owner === null ? undefined : pictureOf(owner)?.getBoundingClientRect()
  if (owner === null || box === undefined || clientX < box.left || clientX > box.right) return undefined
  return clientY < box.top - 2 || clientY > box.bottom + 2 ? undefined : { owner, box }
}

/** What the bars of a picture show, oldest first. */
export const kindsOf = (picture: Element): BucketClass[] =>
  kindsOfPaths(
    Array.from(picture.children, (path) => ({
      name: path.getAttribute('class') ?? '',
      d: path.getAttribute('d') ?? '',
    })),
  )

/** Every place of the page where an endpoint stands, by its key. Looked up at once: a message may tell of them all. */
export function itemsByKey(): Map<string, HTMLElement[]> {
  const items = new Map<string, HTMLElement[]>()
  for (const item of main.querySelectorAll<HTMLElement>('li.row, li.tile')) {
    const key = keyOf(item)
    const known = items.get(key)
    if (known === undefined) items.set(key, [item])
    else known.push(item)
  }
  return items
}
