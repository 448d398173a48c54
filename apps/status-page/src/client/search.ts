import type { View } from '../model/view.ts'
import { markFound } from './found.ts'
import { currentView, needModel, setView } from './overview.tsx'
import { byId, links, readView } from './page.ts'

let wanted = 0

/** Filters as the reader types, after the keystroke has been painted; the last one wins. */
export function type(text: string): void {
  const turn = ++wanted
  requestAnimationFrame(() =>
    setTimeout(() => {
      if (turn === wanted) show({ ...currentView(), search: text.trim().slice(0, 200) }, false)
    }),
  )
}

/** Does what following a filter link would do, without leaving the page. */
export function follow(link: HTMLAnchorElement): void {
  const view = readView(link.href)
  const field = document.querySelector<HTMLInputElement>('.tools input[type=search]')
  if (field !== null && link.hasAttribute('data-clear')) {
    field.value = ''
    field.focus()
  }
  show({ ...view, open: currentView().open }, true)
}

/** The reader went back or forth between two filters. */
export function back(): void {
  const view = readView()
  const field = document.querySelector<HTMLInputElement>('.tools input[type=search]')
  if (field !== null) field.value = view.search
  apply(view, () => location.reload())
}

function show(view: View, entry: boolean): void {
  const address = `${links.home({ ...view, open: [] })}`
  // A list that was sorted by the server and had no match has no place for rows.
  if (view.sort !== 'order' && byId('list')?.querySelector('[data-flat]') === null) {
    location.assign(address)
    return
  }
  if (entry) history.pushState(null, '', address)
  else history.replaceState(null, '', address)
  apply(view, () => location.assign(address))
}

/** Without the snapshot the server can still answer: its page for this view is the same. */
function apply(view: View, failed: () => void): void {
  carry(view)
  markFound(view.search)
  needModel()
    .then(() => setView(view))
    .catch(failed)
}

/** Range, density and sort keep the filter and the search that are on now. */
function carry({ filter, search }: View): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.tools .range a, .tools .density a')) {
    const own = readView(link.href)
    link.href = links.home({ ...own, filter, search })
  }
  const form = document.querySelector('.tools form')
  form?.querySelector('input[type=hidden][name=f]')?.remove()
  if (filter === (links.defaults?.filter ?? 'all')) return
  const field = document.createElement('input')
  field.type = 'hidden'
  field.name = 'f'
  field.value = filter
  form?.append(field)
}
