import { render } from 'preact'
import { NoMatch } from '../components/NoMatch.tsx'
import panel from '../styles/panel.css?inline'
import { adopt, frameAt } from './page.ts'

export function showNoMatch(list: Element, none: boolean, search: string): void {
  let place = list.querySelector('.none')
  if (place === null) {
    // The server's own, when the page came with it.
    list.querySelector('.nomatch')?.remove()
    if (!none) return
    place = document.createElement('div')
    place.className = 'none'
    list.append(place)
    adopt(panel)
  }
  render(none ? <NoMatch search={search} frame={frameAt(0)} /> : null, place)
}
