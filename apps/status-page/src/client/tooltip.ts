import { barCounts } from '../components/frame.ts'
import type { BucketDetail, EndpointModel } from '../contract.ts'
import { bucketFailures, medianText } from '../model/buckets.ts'
import { type BucketClass, isProblem } from '../model/history.ts'
import { iso, spanText, timeText } from '../model/times.ts'
import { say } from '../text/say.ts'
import { barAt, keyOf, kindsOf, pictureOf } from './items.ts'
import './overlay.ts'
import { endpointKey, links, main, range } from './page.ts'
import { speak } from './speak.ts'
import { currentZone, serverNow } from './times.ts'

const restMs = 120
const leaveMs = 120
const keptMs = 30_000
const gap = 8
const fingerGap = 16

const icons: Readonly<Record<BucketClass, string>> = {
  u: 'up',
  a: 'down',
  b: 'down',
  d: 'down',
  g: 'degraded',
  m: 'maintenance',
  n: 'pending',
}

interface Bar {
  readonly owner: HTMLElement
  readonly svg: Element
  readonly kinds: readonly BucketClass[]
  /** How many of them are in the picture: the newest. */
  readonly shown: number
}

let tip: HTMLElement | undefined
let cursor: HTMLElement | undefined
let current: { owner: HTMLElement; index: number } | undefined
/** Where the bar was in the window when something was last said of it. */
let placedAt = 0
let resting = 0
let leaving = 0
const fetched = new Map<string, ReturnType<typeof load>>()

function barOf(owner: HTMLElement): Bar | undefined {
  const svg = pictureOf(owner)
  if (svg === null) return undefined
  const kinds = kindsOf(svg)
  const [, , width = 0] = (svg.getAttribute('viewBox') ?? '').split(' ').map(Number)
  return { owner, svg, kinds, shown: Math.min(kinds.length, Math.round((width + 1) / 5)) }
}

/** Follows the pointer along whatever bar it is over. */
export function point(event: PointerEvent): void {
  const place = barAt(event)
  const bar = place && barOf(place.owner)
  if (place === undefined || bar === undefined) {
    leave()
    return
  }
  const { box } = place
  const index = Math.floor(((event.clientX - box.left) / box.width) * bar.shown)
  show(bar, bar.kinds.length - bar.shown + Math.min(Math.max(index, 0), bar.shown - 1), event.pointerType === 'touch')
}

/** Moves by arrow keys; Shift goes to the next bar with a problem. Answers the bar reached. */
export function moveAlong(owner: HTMLElement, key: string, toProblem: boolean): number | undefined {
  const bar = barOf(owner)
  if (bar === undefined) return undefined
  const last = bar.kinds.length - 1
  const first = bar.kinds.length - bar.shown
  const from = current?.owner === owner ? current.index : last + (key === 'ArrowLeft' ? 1 : 0)
  const by = key === 'ArrowLeft' ? -1 : 1
  let index = key === 'Home' ? first : key === 'End' ? last : from + by
  if (toProblem && key.startsWith('Arrow')) {
    while (index >= first && index <= last && !isProblem(bar.kinds[index] ?? 'n')) index += by
    if (index < first || index > last) index = from
  }
  index = Math.min(Math.max(index, first), last)
  show(bar, index, false)
  speak(words(bar, index).join(say('comma')))
  return index
}

export const currentIndex = (): number | undefined => current?.index

function show(bar: Bar, index: number, finger: boolean): void {
  clearTimeout(leaving)
  if (current?.owner === bar.owner && current.index === index && tip?.hidden === false) return
  current = { owner: bar.owner, index }
  if (finger && 'vibrate' in navigator) navigator.vibrate(1)
  const box = element()
  const kind = bar.kinds[index] ?? 'n'
  box.replaceChildren(line('b', words(bar, index)[0] ?? ''), stateLine(kind), line('span', ''))
  box.hidden = false
  place(bar, index, finger)
  clearTimeout(resting)
  resting = window.setTimeout(() => void tellMore(bar, index, finger), restMs)
}

/** Says something else of a place on the page. */
export function tell(place: DOMRect, lines: readonly HTMLElement[]): void {
  clearTimeout(leaving)
  hide()
  const box = element()
  box.replaceChildren(...lines)
  box.hidden = false
  const { left, top } = beside(place, place.left + place.width / 2, gap)
  box.style.transform = `translate(${left}px, ${top}px)`
}

function words(bar: Bar, index: number): string[] {
  const kind = bar.kinds[index] ?? 'n'
  const at = startOf(bar, index)
  const time = at === undefined ? `${bar.kinds.length - index}` : localAndUtc(at.startAt, at.lengthMs)
  return at === undefined ? [checkPlace(bar, index), say(`class.${kind}`)] : [time, say(`class.${kind}`)]
}

const checkPlace = (bar: Bar, index: number): string => say('tip.check', { n: bar.kinds.length - index })

function localAndUtc(startAt: number, lengthMs: number): string {
  const utc = spanText(startAt, lengthMs, serverNow())
  const zone = currentZone()
  return zone === 'UTC' ? utc : say('time.both', { local: spanText(startAt, lengthMs, serverNow(), zone), utc })
}

/** When a bar begins, from the axis that the page prints. Single checks have no common axis. */
function startOf(bar: Bar, index: number): { startAt: number; lengthMs: number } | undefined {
  const { bucket, start } = 'start' in bar.owner.dataset ? bar.owner.dataset : main.dataset
  const lengthMs = Number(bucket ?? Number.NaN)
  const startAt = Number(start ?? Number.NaN)
  if (Number.isNaN(lengthMs) || Number.isNaN(startAt)) return undefined
  return { startAt: startAt + (index - (bar.kinds.length - barCounts[range])) * lengthMs, lengthMs }
}

/** Counts, latency and the first error, fetched once for each bucket when the pointer has come to rest. */
async function tellMore(bar: Bar, index: number, finger: boolean): Promise<void> {
  const bucket = await needBucket(bar, index).catch(() => undefined)
  if (current?.owner !== bar.owner || current.index !== index || tip === undefined || bucket === undefined) return
  tip.lastElementChild?.replaceWith(line('span', factsOf(bucket)))
  const reason = bucket.firstFailure?.reason
  if (reason !== undefined) tip.append(line('code', reason))
  place(bar, index, finger)
}

function needBucket(bar: Bar, index: number): Promise<BucketDetail | undefined> {
  const key = bar.owner.matches('li') ? keyOf(bar.owner) : (bar.owner.dataset['k'] ?? endpointKey)
  const span = startOf(bar, index)
  if (span === undefined) return checkOf(key, index - bar.kinds.length)
  return once(links.bucketData(key, iso(span.startAt), iso(span.startAt + span.lengthMs)))
}

/** One of the newest checks, counted from their end. All of them come together. */
async function checkOf(key: string, place: number): Promise<BucketDetail | undefined> {
  const { buckets, checks }: EndpointModel = await once(links.endpointData(key, range))
  const bucket = buckets.at(place)
  const check = checks.find(({ at }) => at === bucket?.startAt)
  if (bucket === undefined || check === undefined || check.success) return bucket
  const reason = check.errors[0] ?? check.conditions.find(({ success }) => !success)?.condition
  return { ...bucket, firstFailure: { at: check.at, ...(reason === undefined ? {} : { reason }) } }
}

/** Asks once, unless that failed. */
function once<T>(address: string): Promise<T> {
  const asked = fetched.get(address) ?? load(address)
  if (!fetched.has(address)) {
    fetched.set(address, asked)
    asked.catch(() => fetched.delete(address))
    // The newest bar goes on growing.
    setTimeout(() => fetched.delete(address), keptMs)
  }
  return asked
}

async function load(address: string) {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${address}: status ${response.status}`)
  return response.json()
}

function factsOf(bucket: BucketDetail): string {
  const time = range === 'checks' ? `${timeText(bucket.startAt, 'seconds', currentZone())} · ` : ''
  const median = bucket.p50Ms === undefined ? '' : ` · ${medianText(bucket.p50Ms)}`
  return `${time}${bucketFailures(bucket)}${median}`
}

/** Old figures must not outlive the results that changed them. */
export const forget = (): void => fetched.clear()

function element(): HTMLElement {
  if (tip !== undefined) return tip
  tip = document.createElement('div')
  tip.id = 'tip'
  tip.setAttribute('role', 'tooltip')
  tip.addEventListener('pointerenter', () => clearTimeout(leaving))
  tip.addEventListener('pointerleave', leave)
  cursor = document.createElement('div')
  cursor.className = 'cursor'
  main.append(cursor, tip)
  addEventListener('scroll', hideIfMoved, { passive: true, capture: true })
  addEventListener('resize', hide)
  addEventListener('pointerdown', ({ target }) => {
    if (!(target instanceof Element) || target.closest('#tip') === null) hide()
  })
  main.addEventListener('focusout', hide)
  return tip
}

export function line(tag: 'b' | 'span' | 'code', text: string): HTMLElement {
  const element = document.createElement(tag)
  element.textContent = text
  return element
}

const stateLine = (kind: BucketClass): HTMLElement => iconLine(icons[kind], say(`class.${kind}`))

export function iconLine(name: string, text: string): HTMLElement {
  const element = line('span', text)
  element.insertAdjacentHTML(
    'afterbegin',
    `<svg class="ic s-${name}" aria-hidden="true"><use href="#i-${name}"/></svg>`,
  )
  return element
}

/** Above a place, or below it where there is no room; never beyond the edges of the window. */
function beside(box: DOMRect, middle: number, away: number): { left: number; top: number } {
  const { offsetWidth: width, offsetHeight: height } = element()
  const left = Math.min(Math.max(middle - width / 2, gap), innerWidth - width - gap)
  const above = box.top - height - away
  const top = above >= gap ? above : Math.min(box.bottom + away, innerHeight - height - gap)
  return { left: Math.round(left), top: Math.round(top) }
}

function place(bar: Bar, index: number, finger: boolean): void {
  if (tip === undefined || cursor === undefined) return
  const box = bar.svg.getBoundingClientRect()
  placedAt = box.top
  const step = box.width / bar.shown
  const x = box.left + (index - (bar.kinds.length - bar.shown)) * step
  const { left, top } = beside(box, x + step / 2, finger ? fingerGap : gap)
  tip.style.transform = `translate(${left}px, ${top}px)`
  cursor.hidden = false
  cursor.style.transform = `translate(${Math.round(x) - 2}px, ${Math.round(box.top) - 3}px)`
  cursor.style.width = `${Math.round(step) + 3}px`
  cursor.style.height = `${Math.round(box.height) + 4}px`
}

/** A finger that is lifted leaves what it found to be read; the next touch elsewhere takes it away. */
export function leave(event?: PointerEvent): void {
  if (event?.pointerType === 'touch') return
  clearTimeout(leaving)
  leaving = window.setTimeout(hide, leaveMs)
}

/** The event of a scroll that ended before the tooltip came may come after it: focus scrolls, and then a key is pressed. */
function hideIfMoved(): void {
  const svg = current === undefined ? undefined : barOf(current.owner)?.svg
  if (svg?.getBoundingClientRect().top !== placedAt) hide()
}

export function hide(): void {
  clearTimeout(resting)
  current = undefined
  if (tip !== undefined) tip.hidden = true
  if (cursor !== undefined) cursor.hidden = true
}
