import { main, readView } from './page.ts'

/** Loads what search and filters need with the first sign of their use. */
export function watchTools(): void {
  const search = () => import('./search.ts')
  const field = document.querySelector<HTMLInputElement>('.tools input[type=search]')
  const typed = () => field && void search().then(({ type }) => type(field.value))
  field?.addEventListener('focus', () => void search(), { once: true })
  field?.addEventListener('input', typed)
  // What was typed before this module was there.
  if (field?.value.trim() !== readView().search) typed()
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
