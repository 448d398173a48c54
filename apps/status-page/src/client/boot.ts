import { readEntries } from '../model/live.ts'
import { touch } from './attention.tsx'
import { offerReload, showState } from './badge.ts'
import { axisEndsAt, loadModel, takeResults } from './overview.tsx'
import { build, byId, documentSequence, endpointKey, kind, links, main } from './page.ts'
import { shortcutsOn } from './stored.ts'
import { keepStream } from './stream.ts'
import { ageTimes, nameZone, serverNow, setServerClock } from './times.ts'

const overview = kind === 'overview'
let sequence = documentSequence
/** The first snapshot that was asked for, and any later one, may fail: the stream's own recovery asks again. */
const resync = (): void => {
  const done = overview ? loadModel() : import('./detail.tsx').then((detail) => detail.refresh())
  done.catch(() => {})
}

keepStream(links.events, {
  state: showState,
  missing: resync,
  message(event, data, id) {
    if (event === 'hello') return greet(data)
    if (id !== undefined) {
      const gap = id !== sequence + 1
      sequence = id
      if (gap) return resync()
    }
    if (event === 'c') return resync()
    const entries = readEntries(data)
    if (entries.length === 0) return
    if (overview) {
      if (takeResults(entries)) resync()
      ageTimes()
    } else if (entries.some(([key]) => key === endpointKey)) resync()
  },
})

function greet(data: unknown): void {
  if (typeof data !== 'object' || data === null) return
  if ('now' in data && typeof data.now === 'number') setServerClock(data.now)
  if ('build' in data && data.build !== build) offerReload()
  const missed = 'seq' in data && typeof data.seq === 'number' && data.seq !== sequence
  if ('seq' in data && typeof data.seq === 'number') sequence = data.seq
  if (missed) resync()
  ageTimes()
}

nameZone()
ageTimes()
needControls()
if (overview) {
  watchTools()
  setInterval(() => {
    if (serverNow() >= axisEndsAt() && !document.hidden) resync()
  }, 30_000)
}
watchBars()
if (kind === 'endpoint') void import('./detail.tsx').then((detail) => detail.start())

/** Loads what search and filters need with the first sign of their use. */
function watchTools(): void {
  const search = () => import('./search.ts')
  const field = document.querySelector<HTMLInputElement>('.tools input[type=search]')
  field?.addEventListener('focus', () => void search(), { once: true })
  field?.addEventListener('input', () => void search().then(({ type }) => type(field.value)))
  document.querySelector('.tools select')?.addEventListener('change', (event) => {
    if (event.target instanceof HTMLSelectElement) event.target.form?.requestSubmit()
  })
  main.addEventListener('click', (event) => {
    const link =
      event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('.chips a, a[data-clear]') : null
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    void search().then(({ follow }) => follow(link))
  })
  addEventListener('popstate', () => void search().then(({ back }) => back()))
}

/** Loads the tooltip with the first pointer or arrow key that needs it. */
function watchBars(): void {
  const tooltip = () => import('./tooltip.ts')
  main.addEventListener('pointermove', (event) => {
    touch()
    if (event.target instanceof Element && event.target.closest('li.row, .lane') !== null) {
      void tooltip().then(({ point }) => point(event))
    }
  })
  main.addEventListener('pointerleave', () => {
    if (byId('tip') !== null) void tooltip().then(({ leave }) => leave())
  })
  for (const name of ['pointerdown', 'keydown', 'wheel']) addEventListener(name, touch, { passive: true })
}

/** Keys, settings and groups: loaded with the first sign of somebody who may use them. */
function needControls(): void {
  const signs = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const
  const load = (event: Event): void => {
    for (const name of signs) removeEventListener(name, load)
    // What is typed after it must already go into the field.
    if (event instanceof KeyboardEvent && event.key === '/' && event.target === document.body && shortcutsOn()) {
      event.preventDefault()
      document.querySelector<HTMLElement>('input[type=search]')?.focus()
    }
    void import('./controls.ts').then(({ start }) => start(event))
  }
  for (const name of signs) addEventListener(name, load)
}
