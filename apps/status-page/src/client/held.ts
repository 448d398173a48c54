import { say } from '../text/say.ts'
import './overlay.ts'
import { byId, untouchedMs } from './page.ts'

const idleMs = 120_000

type Place = 'attention' | 'list' | 'lately'
const held = new Map<Place, ReadonlySet<string>>()

/** Whether entries may change places by themselves: nobody is there to see it. */
export const nobodyLooks = (list: Element): boolean =>
  document.hidden || (untouchedMs() > idleMs && !list.matches(':hover, :focus-within'))

/**
 * Offers to show what would move entries under the reader's eyes; with nothing to show, no more. `show` draws all that
 * is held, wherever it is.
 */
export function hold(place: Place, keys: ReadonlySet<string>, show: () => void): void {
  if (keys.size === 0) held.delete(place)
  else held.set(place, keys)
  offer(show)
}

function offer(show: () => void): void {
  const changed = new Set([...held.values()].flatMap((keys) => [...keys]))
  let button = byId('held')
  if (changed.size === 0) {
    // Whoever pressed it goes on from where it was.
    const followed = button === document.activeElement
    button?.remove()
    if (followed) byId('list')?.querySelector<HTMLElement>('li:not([hidden]) a')?.focus({ preventScroll: true })
    return
  }
  if (button === null) {
    button = document.createElement('button')
    button.id = 'held'
    button.className = 'linklike'
    button.addEventListener('click', show)
    byId('as-of')?.after(button)
  }
  const changes = say('live.changes', { n: changed.size })
  button.textContent = held.has('list') ? `${changes} · ${say('live.resort')}` : changes
  button.title = say('live.show')
}
