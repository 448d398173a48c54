import { say } from '../text/say.ts'
import { byId } from './page.ts'

/** A newer page is there. The reader decides when to load it. */
export function offerReload(): void {
  const badge = byId('live')
  if (badge === null || document.querySelector('.newer') !== null) return
  const link = document.createElement('a')
  link.className = 'newer'
  link.href = location.href
  link.textContent = say('live.newBuild')
  byId('as-of')?.after(link)
}
