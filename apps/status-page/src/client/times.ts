import { agingText, momentFormats } from '../components/Moment.tsx'
import { say } from '../text/say.ts'
import { byId } from './page.ts'
import { keepZone, keptZone, type ZoneChoice } from './stored.ts'
import { knowsAll } from './texts.ts'

/** The zone of the reader's device. */
const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
const zoneOf = (choice: ZoneChoice): string => (choice === 'utc' ? 'UTC' : ownZone())
let chosenZone: string | undefined
let offsetMs = 0
let timer = 0

/** The server's clock, as far as it is known. */
export const serverNow = (): number => Date.now() + offsetMs

export function setServerClock(now: number): void {
  offsetMs = now - Date.now()
}

/** Puts every moment on the page into the reader's zone and words that age, and keeps them so. */
export function ageTimes(): void {
  const now = serverNow()
  const zone = currentZone()
  let youngest = Number.POSITIVE_INFINITY
  for (const element of document.querySelectorAll<HTMLTimeElement>('time[data-f]')) {
    const format = momentFormats.find((name) => name === element.dataset['f'])
    const at = Date.parse(element.dateTime)
    // What the server wrote stays until it can be said in the same language.
    if (format === undefined || Number.isNaN(at) || (format === 'stale' && !knowsAll())) continue
    write(element, agingText(at, now, format, zone))
    if (format !== 'at' && format !== 'seconds') youngest = Math.min(youngest, now - at)
  }
  clearTimeout(timer)
  timer = window.setTimeout(ageTimes, youngest < 60_000 ? 1_000 : 30_000)
}

/** As another text node: from right to left, the same one would count as moved when it becomes longer or shorter. */
function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text
}

/** The zone in which moments are told. */
export function currentZone(): string {
  chosenZone ??= zoneOf(keptZone())
  return chosenZone
}

export function chooseZone(choice: ZoneChoice): void {
  keepZone(choice)
  chosenZone = zoneOf(choice)
  nameZone()
  ageTimes()
}

export function nameZone(): void {
  const element = byId('zone')
  // The server's stays until it can be said in the same language.
  if (element === null || !knowsAll()) return
  const name = currentZone().replaceAll('_', ' ')
  element.textContent = say(name === 'UTC' ? 'footer.zone' : 'footer.zone.days', { zone: name })
}
