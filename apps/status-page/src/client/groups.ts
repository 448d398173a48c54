import { say } from '../text/say.ts'
import { draw, needModel, setOpen } from './overview.tsx'
import { main } from './page.ts'

/** Groups that were sent closed are filled when somebody opens them. */
export function watchGroups(): void {
  main.addEventListener('click', (event) => {
    if (!(event.target instanceof Element)) return
    const details = event.target.closest<HTMLDetailsElement>('details[data-g]')
    const fill = event.target.closest('a[data-fill]')
    if (details !== null && fill !== null && !event.ctrlKey && !event.metaKey && event.button === 0) {
      event.preventDefault()
      opened(details)
    } else if (details !== null && event.target.closest('summary') !== null) {
      if (details.open) setOpen(nameOf(details), false)
      else opened(details)
    }
    const action = event.target.closest<HTMLElement>('[data-do]')?.dataset['do']
    if (action === 'expand' || action === 'collapse') foldAll(action === 'expand')
  })
  // Opened before this module was there.
  for (const details of document.querySelectorAll<HTMLDetailsElement>('details[data-g][open]')) {
    if (details.querySelector('li') === null) opened(details)
  }
}

const nameOf = (details: HTMLDetailsElement): string => details.dataset['g'] ?? ''

function opened(details: HTMLDetailsElement): void {
  setOpen(nameOf(details), true)
  const list = details.querySelector('ul')
  const missing = Number(details.dataset['n'] ?? 0) - (list?.childElementCount ?? 0)
  if (missing > 0) fill(details)
}

function fill(details: HTMLDetailsElement): void {
  const list = details.querySelector('ul')
  list?.setAttribute('aria-busy', 'true')
  const failed = details.querySelector('.failed')
  // Whoever pressed its button goes on from what stays.
  if (failed?.contains(document.activeElement)) details.querySelector('summary')?.focus()
  failed?.remove()
  needModel()
    .then(() => {
      // The click that opened the group takes effect after its handlers.
      details.open = true
      draw()
    })
    .catch(() => {
      const message = document.createElement('p')
      message.className = 'rest failed'
      const again = document.createElement('button')
      again.className = 'linklike'
      again.textContent = say('group.retry')
      again.addEventListener('click', () => fill(details))
      message.append(`${say('group.failed')} `, again)
      const asked = details.querySelector('.under')?.contains(document.activeElement)
      list?.after(message)
      // It stands for the link that asked, which styles hide.
      if (asked) again.focus()
    })
    .finally(() => list?.removeAttribute('aria-busy'))
}

export function foldAll(open: boolean): void {
  needModel()
    .then(() => {
      for (const details of document.querySelectorAll<HTMLDetailsElement>('details[data-g]')) {
        const healthy = details.querySelector('summary .s-down, summary .s-degraded') === null
        if (!open && !healthy) continue
        setOpen(nameOf(details), open)
        if (!open && details.contains(document.activeElement)) details.querySelector('summary')?.focus()
        details.open = open
      }
      draw()
    })
    .catch(() => {})
}
