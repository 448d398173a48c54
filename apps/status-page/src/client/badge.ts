import { timeText } from '../model/times.ts'
import { say } from '../text/say.ts'
import { byId } from './page.ts'
import type { StreamState } from './stream.ts'
import { currentZone, serverNow } from './times.ts'

const showingAfterMs = 10_000
let waiting = 0

/** Says whether the page is live and, when it is not, from when what it shows is. */
export function showState(state: StreamState): void {
  const badge = byId('live')
  if (badge === null || (badge.dataset['live'] === state && state !== 'live')) return
  clearTimeout(waiting)
  badge.dataset['live'] = state
  const time = timeText(serverNow(), 'seconds', currentZone())
  badge.textContent = state === 'offline' ? say('live.offline', { time }) : say(`live.${state}`)
  if (state !== 'reconnecting') return
  waiting = window.setTimeout(() => {
    badge.textContent = say('live.showing', { time })
  }, showingAfterMs)
}
