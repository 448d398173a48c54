import { rangeCookie, themeCookie } from '../site.ts'
import { setCookie } from './page.ts'

const shortcutsKey = 'vedette-shortcuts'
const themes = ['system', 'light', 'dark'] as const
type Choice = (typeof themes)[number]

const root = document.documentElement
const menu = (): HTMLDetailsElement | null => document.querySelector('details.settings')

/** Storage may be forbidden; then the choice holds for this page only. */
function stored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

let shortcuts = stored(shortcutsKey) !== 'off'
export const shortcutsOn = (): boolean => shortcuts

export function nextTheme(): void {
  const now = themes.find((theme) => theme === root.dataset['theme']) ?? 'system'
  chooseTheme(themes[(themes.indexOf(now) + 1) % themes.length] ?? 'system')
}

function chooseTheme(theme: Choice): void {
  if (theme === 'system') delete root.dataset['theme']
  else root.dataset['theme'] = theme
  setCookie(themeCookie, theme === 'system' ? undefined : theme)
  const radio = document.querySelector<HTMLInputElement>(`.settings input[value="${theme}"]`)
  if (radio !== null) radio.checked = true
}

export function closeSettings(): boolean {
  const details = menu()
  if (!details?.open) return false
  details.open = false
  details.querySelector('summary')?.focus()
  return true
}

export function watchSettings(): void {
  const box = document.querySelector<HTMLInputElement>('.settings input[name=shortcuts]')
  if (box !== null) box.checked = shortcuts
  menu()?.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return
    if (target.name === 'shortcuts') {
      shortcuts = target.checked
      try {
        localStorage.setItem(shortcutsKey, shortcuts ? 'on' : 'off')
      } catch {
        // Forbidden storage: nothing to keep it in.
      }
    } else chooseTheme(themes.find((theme) => theme === target.value) ?? 'system')
  })
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return
    if (target.closest('[data-do="help"]') !== null) {
      closeSettings()
      void import('./help.ts').then(({ showHelp }) => showHelp())
    } else if (target.closest('details.settings') === null) {
      const details = menu()
      if (details !== null) details.open = false
    }
    const range = target.closest<HTMLElement>('.range a')?.dataset['r']
    if (range !== undefined) setCookie(rangeCookie, range)
  })
}
