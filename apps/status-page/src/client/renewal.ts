import { main } from './page.ts'
import { ageTimes } from './times.ts'

let asking: Promise<void> | undefined

/** Gets the page of an outage that lasts anew, and changes those parts of it that are no longer the same. */
export function refresh(): Promise<void> {
  asking ??= ask().finally(() => {
    asking = undefined
  })
  return asking
}

async function ask(): Promise<void> {
  const response = await fetch(location.href)
  if (!response.ok) throw new Error(`outage: status ${response.status}`)
  const next = new DOMParser().parseFromString(await response.text(), 'text/html')
  const parts = [...(next.querySelector('main')?.children ?? [])]
  if (parts.length === 0) return
  const focused = document.activeElement?.getAttribute('href')
  for (const [i, part] of parts.entries()) {
    const now = main.children[i]
    if (now === undefined) main.append(part)
    else if (!timeless(now).isEqualNode(timeless(part))) now.replaceWith(part)
  }
  while (main.children.length > parts.length) main.lastElementChild?.remove()
  document.title = next.title
  const icon = next.querySelector('link[rel=icon][data-live]')?.getAttribute('href')
  if (icon) document.querySelector('link[rel=icon][data-live]')?.setAttribute('href', icon)
  // Who was on a link that was written anew goes on from there.
  if (focused && document.activeElement === document.body) {
    main.querySelector<HTMLElement>(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true })
  }
  ageTimes()
}

/** A copy without the words that age. */
function timeless(part: Element): Node {
  const copy = part.cloneNode(true)
  if (copy instanceof Element) for (const time of copy.querySelectorAll('time')) time.textContent = ''
  return copy
}
