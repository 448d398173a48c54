import type { ResultEntry } from '../contract.ts'
import { readEntries } from '../model/live.ts'
import { showState } from './badge.ts'
import { barAt } from './items.ts'
import { needTooltip } from './need-tooltip.ts'
import { axisEndsAt, loadModel, takeResults } from './overview.tsx'
import { build, byId, documentSequence, endpointKey, isLive, kind, links, main, readView, touch } from './page.ts'
import { shortcutsOn } from './stored.ts'
import { keepStream } from './stream.ts'
import { ageTimes, currentZone, nameZone, serverNow, setServerClock } from './times.ts'

const overview = kind === 'overview'
/** Asked for after so long without a result: whether it is the endpoints that are silent, only the server knows. */
const silentMs = 60_000
let sequence = documentSequence
let began: unknown
let heardAt = performance.now()
/** The first snapshot that was asked for, and any later one, may fail: the stream's own recovery asks again. */
const resync = (): void => {
  const done = overview ? loadModel() : pageOfKind().then(({ refresh }) => refresh())
  done.catch(() => {})
}

const pageOfKind = () =>
  kind === 'endpoint'
    ? import('./detail.tsx')
    : kind === 'maintenance'
      ? import('./planned.ts')
      : import('./renewal.ts')

if (isLive)
  keepStream(links.events, () => sequence, {
    state: showState,
    missing: resync,
    message(event, data, id) {
      if (event === 'hello') return greet(data)
      if (event === 'ping') return
      heardAt = performance.now()
      if (id !== undefined) {
        // Another tab may have had less, and was told again.
        if (id <= sequence) return
        const gap = id !== sequence + 1
        sequence = id
        if (gap) return resync()
      }
      if (event === 'c') return resync()
      const entries = readEntries(data)
      if (entries.length === 0) return
      if (overview) {
        takeResults(entries)
        ageTimes()
      } else if (entries.some(concerns)) resync()
    },
  })

/** The pages of outages and maintenances tell of other endpoints too, so far as these change. */
function concerns([key, , , , , changed]: ResultEntry): boolean {
  return key === endpointKey || (kind !== 'endpoint' && changed === 1)
}

function greet(data: unknown): void {
  if (typeof data !== 'object' || data === null) return
  if ('now' in data && typeof data.now === 'number') setServerClock(data.now)
  if ('build' in data && data.build !== build) void import('./newer.ts').then(({ offerReload }) => offerReload())
  // A server that started anew counts anew, perhaps to the same number.
  const anew = 'began' in data && began !== undefined && data.began !== began
  if ('began' in data) began = data.began
  // What is missing follows.
  const follows = !anew && 'from' in data && data.from === sequence
  if (!follows && 'seq' in data && typeof data.seq === 'number' && (anew || data.seq !== sequence)) {
    sequence = data.seq
    resync()
  }
  ageTimes()
}

// Apart from the rest and each other: the first words about time take a browser long, and until then the server's hold.
for (const step of [currentZone, nameZone, ageTimes]) setTimeout(step)
needControls()
if (overview) {
  setInterval(() => {
    const silent = performance.now() - heardAt > silentMs
    if ((serverNow() >= axisEndsAt() || silent) && !document.hidden) resync()
  }, 30_000)
}
watchBars()
const { search } = readView()
if (overview && search !== '') void import('./found.ts').then(({ markFound }) => markFound(search))
if (kind === 'endpoint') void import('./detail.tsx').then((detail) => detail.start())
// Here, and not with the other controls: the first tap of all may be on such a button.
addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-copy]') : null
  if (button !== null) void import('./copy.ts').then(({ copy }) => copy(button))
})
if (kind === 'maintenance') void import('./planned.ts').then(({ start }) => start())

/** Loads the tooltip with the first pointer or arrow key that needs it. */
function watchBars(): void {
  main.addEventListener('pointermove', (event) => {
    if (!lies(event)) touch()
    if (event.target instanceof Element && event.target.closest('li.row, .lane') !== null) {
      void needTooltip().then(({ point }) => point(event))
    }
  })
  main.addEventListener('click', (event) => {
    // Fingers follow no link there: the bar is for asking what it shows.
    if (!(event instanceof PointerEvent) || event.pointerType !== 'touch' || barAt(event) === undefined) return
    event.preventDefault()
    void needTooltip().then(({ point }) => point(event))
  })
  main.addEventListener('pointerleave', (event) => {
    if (byId('tip') !== null) void needTooltip().then(({ leave }) => leave(event))
  })
  for (const name of ['pointerdown', 'keydown', 'wheel']) addEventListener(name, touch, { passive: true })
}

/** Browsers also report a pointer that only lies where a page appeared: no sign of anybody. */
const lies = (event: Event): boolean =>
  event instanceof PointerEvent && event.type === 'pointermove' && event.movementX === 0 && event.movementY === 0

/** Rows and tiles take these keys, which would scroll the page. */
const isForRow = ({ key, target, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean =>
  /^Arrow|^Home$|^End$/.test(key) &&
  !(altKey || ctrlKey || metaKey) &&
  target instanceof Element &&
  target.closest('li.row, li.tile') !== null

/** Keys, settings and groups: loaded with the first sign of somebody who may use them. */
function needControls(): void {
  const signs = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const
  const keys: KeyboardEvent[] = []
  let loading = false
  const keep = (event: KeyboardEvent): void => {
    if (event.key === '/' && event.target === document.body && shortcutsOn()) {
      // What is typed after it must already go into the field.
      document.querySelector<HTMLElement>('input[type=search]')?.focus()
    } else {
      keys.push(event)
      if (!isForRow(event)) return
    }
    event.preventDefault()
  }
  const load = (event: Event): void => {
    if (event instanceof KeyboardEvent) keep(event)
    if (loading || lies(event)) return
    loading = true
    void import('./controls.ts').then(({ start }) => {
      for (const name of signs) removeEventListener(name, load)
      start(keys)
    })
  }
  for (const name of signs) addEventListener(name, load)
}
