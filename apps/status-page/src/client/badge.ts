import { timeText } from '../model/times.ts'
import { say } from '../text/say.ts'
import type { StreamState } from './connection.ts'
import { byId } from './page.ts'
import { knowsAll, needTexts } from './texts.ts'
import { ageTimes, currentZone, nameZone, serverNow } from './times.ts'

const showingAfterMs = 10_000
let state: StreamState = 'connecting'
let silent = false
/** When what is on the page came. */
let cameAt = serverNow()
let lateAt = Number.POSITIVE_INFINITY
let waiting = 0

/** Says whether the page is live and, when it is not, from when what it shows is. */
export function showState(next: StreamState): void {
  if (next === state) return
  if (state === 'live') cameAt = serverNow()
  state = next
  lateAt = performance.now() + showingAfterMs
  clearTimeout(waiting)
  if (state === 'reconnecting') waiting = window.setTimeout(write, showingAfterMs)
  write()
  if (knowsAll()) return
  // Now that the page is there, the rest of its words, before it needs them.
  needTexts()
    .then(write)
    .then(nameZone)
    .then(ageTimes)
    .catch(() => {})
}

/** A snapshot came. `stale`: it says that nothing comes from the endpoints. */
export function showSnapshot(stale: boolean): void {
  silent = stale
  cameAt = serverNow()
  write()
}

function write(): void {
  const badge = byId('live')
  if (badge === null) return
  const shown = state === 'live' && silent ? 'stale' : state
  const time = timeText(cameAt, 'seconds', currentZone())
  badge.dataset['live'] = shown
  badge.classList.toggle('t-degraded', shown === 'stale')
  badge.textContent =
    shown === 'stale'
      ? say('stale')
      : state === 'reconnecting' && performance.now() >= lateAt
        ? say('live.showing', { time })
        : say(`live.${state}`, { time })
}
