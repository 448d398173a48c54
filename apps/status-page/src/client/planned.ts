import { durationText } from '../model/numbers.ts'
import { dateLocale } from '../text/say.ts'
import { isLive, main } from './page.ts'
import { refresh as renew } from './renewal.ts'
import { currentZone, serverNow } from './times.ts'

const everyMs = 30_000

/** Keeps the page of a maintenance up to date: the reader's own time, how far it is, and how long it still takes. */
export function start(): void {
  draw()
  setInterval(draw, everyMs)
  // A choice of another zone shows at once.
  document.addEventListener('change', draw)
}

/** Gets the page anew. */
export async function refresh(): Promise<void> {
  await renew()
  fillIn()
}

function draw(): void {
  fillIn()
  if (isLive && isOutdated()) refresh().catch(() => {})
}

/** Whether it has begun or ended since the page was made. */
function isOutdated(): boolean {
  const [beginAt = 0, endAt = 0] = (main.querySelector<HTMLElement>('[data-span]')?.dataset['span'] ?? '')
    .split(' ')
    .map(Number)
  const now = serverNow()
  return (now >= beginAt && now < endAt) !== (main.querySelector('progress') !== null)
}

function fillIn(): void {
  const now = serverNow()
  const zone = currentZone()
  for (const element of main.querySelectorAll<HTMLElement>('[data-span]')) {
    const [from = 0, to = 0] = (element.dataset['span'] ?? '').split(' ').map(Number)
    fill(element, zone === 'UTC' ? '' : spanFormat(zone).formatRange(from, to))
  }
  for (const element of main.querySelectorAll<HTMLElement>('[data-left]')) {
    const left = Number(element.dataset['left']) - now
    fill(element, left > 0 ? durationText(left) : '')
  }
  for (const bar of main.querySelectorAll<HTMLProgressElement>('progress'))
    bar.value = now - Number(bar.dataset['begin'])
}

const spanFormat = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(dateLocale(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  })

/** Puts a value into the words the server gave for it. */
function fill(element: HTMLElement, value: string): void {
  const text = value === '' ? '' : (element.dataset['text'] ?? '').replace('{}', () => value)
  if (element.textContent !== text) element.textContent = text
}
