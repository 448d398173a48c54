import { ranges } from '../model/view.ts'
import { foldAll } from './groups.ts'
import { needTooltip } from './need-tooltip.ts'
import { byId, kind, links } from './page.ts'
import { closeSettings, nextTheme } from './settings.ts'
import { shortcutsOn } from './stored.ts'

let leaderAt = 0
const leaderMs = 1_000

/** Single keys work while they are switched on and nobody is typing. Arrows and Esc always do. */
export function watchKeys(): void {
  document.addEventListener('keydown', onKey)
}

function onKey(event: KeyboardEvent): void {
  if (!event.defaultPrevented) doKey(event)
}

/** Does what a key asks for, where the focus is by now: keys may have waited for each other. */
export function doKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  const { target } = event
  if (!(target instanceof HTMLElement)) return
  const focused = document.activeElement
  const done = typing(target)
    ? inField(event, target)
    : onPage(event, focused instanceof HTMLElement ? focused : target)
  if (done) event.preventDefault()
}

const typing = (target: HTMLElement): boolean =>
  target.isContentEditable ||
  (target.matches('input, select, textarea') && !target.matches('[type=radio], [type=checkbox]'))

function inField(event: KeyboardEvent, target: HTMLElement): boolean {
  if (event.key !== 'Escape' || !(target instanceof HTMLInputElement) || target.type !== 'search') return false
  if (target.value === '') target.blur()
  else {
    target.value = ''
    target.dispatchEvent(new Event('input', { bubbles: true }))
  }
  return true
}

function onPage(event: KeyboardEvent, target: HTMLElement): boolean {
  if (document.querySelector('dialog[open]') !== null) return false
  const { key } = event
  if (key === 'Escape') return closeTop()
  const tile = target.closest<HTMLElement>('li.tile')
  if (tile !== null && key.startsWith('Arrow')) {
    void import('./tiles.ts').then(({ move }) => move(tile, key))
    return true
  }
  const row = target.closest<HTMLElement>('li.row')
  if (row !== null && barKey(event, row)) return true
  if (row !== null && (key === 'ArrowDown' || key === 'ArrowUp')) return step(row, key === 'ArrowDown' ? 1 : -1)
  return shortcutsOn() && single(event, target, row ?? tile)
}

function closeTop(): boolean {
  const tip = byId('tip')
  if (tip !== null && !tip.hidden) {
    void needTooltip().then(({ hide }) => hide())
    return true
  }
  return closeSettings()
}

function barKey(event: KeyboardEvent, row: HTMLElement): boolean {
  if (!['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) return false
  void needTooltip().then(({ moveAlong }) => moveAlong(row, event.key, event.shiftKey))
  return true
}

/** The link of the next row that can be seen, across groups. */
function step(row: HTMLElement | null, by: number): boolean {
  const seen = [...document.querySelectorAll<HTMLElement>('li.row:not([hidden]), li.tile:not([hidden])')].filter(
    (item) => item.checkVisibility(),
  )
  const at = row === null ? (by > 0 ? -1 : seen.length) : seen.indexOf(row)
  const next = seen[at + by]
  next?.querySelector<HTMLElement>('a')?.focus()
  return next !== undefined
}

function single(event: KeyboardEvent, target: HTMLElement, row: HTMLElement | null): boolean {
  const { key } = event
  const number = Number(key)
  const link = Number.isInteger(number) ? ranges[number - 1] : undefined
  if (link !== undefined) return press(`.range a[data-r="${link}"]`)
  const led = leaderAt > 0 && performance.now() - leaderAt < leaderMs
  if (led && (key === 's' || key === 'h')) {
    location.assign(key === 's' ? links.home() : `${links.base}/history`)
    return true
  }
  leaderAt = key === 'g' ? performance.now() : 0
  if (key === '/') return focusSearch()
  if (key === 'j') return step(row, 1)
  if (key === 'k') return step(row, -1)
  if (key === 'f') return next('.chips a:not([hidden])')
  if (key === 't') nextTheme()
  else if (key === 'v') return next('.density a')
  else if (key === 'o') return toggleGroup(target)
  else if (key === 'O' && kind === 'overview') foldAll(anyClosed())
  else if (key === '?') void import('./help.ts').then(({ showHelp }) => showHelp())
  else return false
  return true
}

const anyClosed = (): boolean => document.querySelector('details[data-g]:not([open])') !== null

function press(selector: string): boolean {
  const element = document.querySelector<HTMLElement>(selector)
  element?.click()
  return element !== null
}

/** The focus goes to what stays: the head of the group. */
function toggleGroup(target: HTMLElement): boolean {
  const summary = target.closest('details[data-g]')?.querySelector('summary')
  summary?.focus()
  summary?.click()
  return summary !== null && summary !== undefined
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('input[type=search]')
  field?.focus()
  field?.select()
  return field !== null
}

/** Follows the link after the current one. */
function next(selector: string): boolean {
  const links = [...document.querySelectorAll<HTMLElement>(selector)]
  const at = links.findIndex((link) => link.hasAttribute('aria-current'))
  links[(at + 1) % links.length]?.click()
  return links.length > 0
}
