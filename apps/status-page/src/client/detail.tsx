import { render } from 'preact'
import { EndpointBody, EndpointHero } from '../components/EndpointPage.tsx'
import { sliderAttributes } from '../components/HistorySection.tsx'
import { Moment } from '../components/Moment.tsx'
import type { EndpointModel } from '../contract.ts'
import { namedBuckets } from '../model/buckets.ts'
import { endpointTitle } from '../model/endpoint-title.ts'
import { iso } from '../model/times.ts'
import { announce } from './announce.ts'
import { watchChart } from './crosshair.ts'
import { byId, endpointKey, frameAt, links, main, nameTab, range, readView, siteTitle } from './page.ts'
import { needTexts } from './texts.ts'
import { ageTimes, serverNow } from './times.ts'
import { currentIndex, forget, moveAlong } from './tooltip.ts'

const leastMs = 1_000

let model: EndpointModel | undefined
let loading: Promise<EndpointModel> | undefined
let loadedAt = Number.NEGATIVE_INFINITY
let again = 0

/** The endpoint's model, fetched when something first needs it. */
export const needModel = (): Promise<EndpointModel> => (model === undefined ? load() : Promise.resolve(model))

/** Fetches the model and draws it, at most once a second; calls in between are answered by one more at its end. */
export async function refresh(): Promise<void> {
  const wait = loadedAt + leastMs - performance.now()
  if (wait <= 0) {
    await load()
    return
  }
  if (again !== 0) return
  again = window.setTimeout(() => {
    again = 0
    load().catch(() => {})
  }, wait)
}

function load(): Promise<EndpointModel> {
  loadedAt = performance.now()
  loading ??= fetchModel().finally(() => {
    loading = undefined
  })
  return loading
}

async function fetchModel(): Promise<EndpointModel> {
  const [response] = await Promise.all([fetch(links.endpointData(endpointKey, range, readView().at)), needTexts()])
  if (!response.ok) throw new Error(`endpoint: status ${response.status}`)
  const next: EndpointModel = await response.json()
  const before = model?.row.state ?? document.querySelector('#hero .ic')?.classList.item(1)?.slice(2)
  model = next
  forget()
  draw(next)
  if (before !== next.row.state) announce([next.row], () => [next.row])
  return next
}

function draw(next: EndpointModel): void {
  const now = serverNow()
  const { row } = next
  const [hero, asOf, body] = [byId('hero'), byId('as-of'), byId('detail')]
  if (hero !== null) render(<EndpointHero model={next} />, hero)
  if (asOf !== null && row.lastCheckAt !== undefined) {
    render(<Moment at={row.lastCheckAt} now={now} format="checked" />, asOf)
  }
  if (body !== null)
    render(<EndpointBody model={next} view={readView()} frame={frameAt(now)} slider={sliderNow()} />, body)
  nameTab(endpointTitle(row, siteTitle), row.state)
  ageTimes()
}

const sliderNow = (): number => currentIndex() ?? Number(main.dataset['bars'] ?? 90) - 1

export function start(): void {
  slide()
  watchChart(needModel)
  main.addEventListener('keydown', onKey)
  main.addEventListener('click', pin)
}

/** Until the model is there, what can be said of the bar without it. */
function slide(): void {
  const lane = byId('lane')
  if (lane === null || lane.hasAttribute('role')) return
  const last = String(Number(main.dataset['bars'] ?? 90) - 1)
  const attributes = {
    role: 'slider',
    tabindex: '0',
    'aria-readonly': 'true',
    'aria-label': lane.dataset['label'] ?? '',
  }
  const values = { 'aria-valuemin': '0', 'aria-valuemax': last, 'aria-valuenow': last }
  for (const [name, value] of Object.entries({ ...attributes, ...values })) lane.setAttribute(name, value)
}

function tellValue(known: EndpointModel, lane: HTMLElement, index: number): void {
  for (const [name, value] of Object.entries(sliderAttributes(index, namedBuckets(known), known))) {
    lane.setAttribute(name, String(value))
  }
}

function onKey(event: KeyboardEvent): void {
  const lane = event.target instanceof Element ? event.target.closest<HTMLElement>('#lane') : null
  if (lane === null || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.key === 'Enter') pin(event)
  if (!['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) return
  event.preventDefault()
  const { key, shiftKey } = event
  needTexts()
    .then(() => moveAlong(lane, key, shiftKey))
    .then(async (index) => {
      if (index !== undefined) tellValue(await needModel(), lane, index)
    })
    .catch(() => {})
}

/** Choosing a bucket is an address of its own, so that it can be sent to somebody. */
function pin(event: Event): void {
  const index = currentIndex()
  if (!(event.target instanceof Element) || event.target.closest('#lane') === null || index === undefined) return
  void needModel().then((known) => {
    const bucket = known.buckets[index - (Number(main.dataset['bars'] ?? 0) - known.buckets.length)]
    if (bucket !== undefined)
      location.assign(links.endpoint(endpointKey, { range, at: iso(bucket.startAt) }, '#history'))
  })
}
