import { main } from './page.ts'

export const keyOf = (item: Element): string => item.getAttribute('data-k') ?? ''

/** Every place of the page where an endpoint stands, by its key. Looked up at once: a message may tell of them all. */
export function itemsByKey(): Map<string, HTMLElement[]> {
  const items = new Map<string, HTMLElement[]>()
  for (const item of main.querySelectorAll<HTMLElement>('li[data-k]')) {
    const key = keyOf(item)
    const known = items.get(key)
    if (known === undefined) items.set(key, [item])
    else known.push(item)
  }
  return items
}
