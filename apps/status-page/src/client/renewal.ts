import { main } from './page.ts'
import { ageTimes } from './times.ts'

let asking: Promise<void> | undefined

/** Gets the page anew, and changes those parts of it that are no longer the same. */
export function refresh(): Promise<void> {
  asking ??= ask().finally(() => {
    asking = undefined
  })
  return asking
}

async function ask(): Promise<void> {
  const response = await fetch(location.href)
  if (!response.ok) throw new Error(`page: status ${response.status}`)
  const next = new DOMParser().parseFromString(await response.text(), 'text/html')
  const parts = [...(next.querySelector('main')?.children ?? [])]
  if (parts.length === 0) return
  const focused = document.activeElement?.getAttribute('href')
  // What lies over the page stays.
  const known = [...main.children].filter((part) => !part.matches('.cursor, #tip'))
  for (const [i, part] of parts.entries()) {
    const now = known[i]
    if (now === undefined) main.append(part)
    else if (!timeless(now).isEqualNode(timeless(part))) now.replaceWith(part)
  }
  for (const part of known.slice(parts.length)) part.remove()
  document.title = next.title
  const icon = next.querySelector('link[rel=icon][data-live]')?.getAttribute('href')
  if (icon) document.querySelector('link[rel=icon][data-live]')?.setAttribute('href', icon)
  // Who was on a link that was written anew goes on from there.
  if (focused && document.activeElement === document.body) {
    main.querySelector<HTMLElement>(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true })
  }
  ageTimes()
}

/** A copy without what ages, which only browsers write. */
function timeless(part: Element): Node {
  const copy = part.cloneNode(true)
  if (!(copy instanceof Element)) return copy
  for (const words of copy.querySelectorAll('time, [data-span], [data-left]')) words.textContent = ''
  copy.querySelector('progress')?.removeAttribute('value')
  return copy
}
