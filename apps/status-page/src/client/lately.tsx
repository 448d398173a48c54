import { LatelyLists } from '../components/Lately.tsx'
import type { OverviewModel } from '../contract.ts'
import { createPageLinks } from '../page-links.ts'
import lately from '../styles/lately.css?inline'
import { say } from '../text/say.ts'
import { hold, nobodyLooks } from './held.ts'
import { show } from './holds.ts'
import { adopt, byId, links } from './page.ts'
import { ageTimes } from './times.ts'

const { incident } = createPageLinks(links.base)

/**
 * What is planned and what is over. As with what needs attention, entries that come or go wait behind a button where
 * somebody may be reading. `release` draws what waits.
 */
export function drawLately(model: OverviewModel, released: boolean, release: () => void): void {
  const { upcoming = [], recent = [] } = model
  const list = byId('list')
  const section = byId('lately')
  if (list === null) return
  const wanted = new Set([...upcoming, ...recent].map(({ id }) => incident(id)))
  const here = new Set([...(section?.querySelectorAll('a') ?? [])].map((link) => link.getAttribute('href') ?? ''))
  const changes = new Set([...wanted, ...here].filter((id) => !wanted.has(id) || !here.has(id)))
  const seen = (section?.getBoundingClientRect().top ?? list.getBoundingClientRect().bottom) < innerHeight
  const held = changes.size > 0 && seen && !released && !nobodyLooks(section ?? list)
  hold('lately', held ? changes : new Set(), release)
  if (held) return
  if (wanted.size === 0) section?.remove()
  else show(<LatelyLists model={model} links={{ incident }} />, section ?? sectionAfter(list))
  ageTimes()
}

function sectionAfter(list: Element): Element {
  adopt(lately)
  const section = document.createElement('section')
  section.id = 'lately'
  section.className = 'lately'
  section.setAttribute('aria-label', say('nav.history'))
  list.after(section)
  return section
}
