import { themes } from '../components/SettingsMenu.tsx'
import { languageCookie, rangeCookie, themeCookie } from '../site.ts'
import { darkMedia } from '../theme-media.ts'
import { links } from './page.ts'
import { drawMenu } from './settings-menu.tsx'
import { keepShortcuts } from './stored.ts'
import { chooseZone } from './times.ts'

type Choice = (typeof themes)[number]

const root = document.documentElement
const menu = (): HTMLDetailsElement | null => document.querySelector('details.settings')

export function nextTheme(): void {
  const now = themes.find((theme) => theme === root.dataset['theme']) ?? 'system'
  chooseTheme(themes[(themes.indexOf(now) + 1) % themes.length] ?? 'system')
}

function chooseTheme(theme: Choice): void {
  if (theme === 'system') delete root.dataset['theme']
  else root.dataset['theme'] = theme
  setCookie(themeCookie, theme)
  document.querySelector('header picture source')?.setAttribute('media', darkMedia[theme])
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
  const place = document.querySelector('.settings .menu')
  if (place !== null) drawMenu(place).catch(() => {})
  menu()?.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLSelectElement) return chooseLanguage(target.value)
    if (!(target instanceof HTMLInputElement)) return
    if (target.name === 'shortcuts') keepShortcuts(target.checked)
    else if (target.name === 'zone') chooseZone(target.value === 'utc' ? 'utc' : 'own')
    else chooseTheme(themes.find((theme) => theme === target.value) ?? 'system')
  })
  document.addEventListener('click', (event) => {
    const { target } = event
    if (!(target instanceof Element)) return
    if (target.closest('[data-do="help"]') !== null) {
      closeSettings()
      void import('./help.ts').then(({ showHelp }) => showHelp())
    } else if (target.closest('details.settings') === null) {
      const details = menu()
      if (details !== null) details.open = false
    }
    const range = target.closest<HTMLElement>('.range a')?.dataset['r']
    const language = target.closest<HTMLElement>('.languages a')?.lang
    if (language !== undefined) {
      event.preventDefault()
      chooseLanguage(language)
    }
    if (range !== undefined) setCookie(rangeCookie, range)
  })
}

/** The same page again, in the language that the cookie now asks for. */
function chooseLanguage(language: string): void {
  setCookie(languageCookie, language)
  const address = new URL(location.href)
  address.searchParams.delete('lang')
  if (address.href === location.href) location.reload()
  else location.replace(address)
}

function setCookie(name: string, value: string | undefined): void {
  const age = value === undefined ? 0 : 31_536_000
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox releases still in use.
  document.cookie = `${name}=${value ?? ''}; path=${links.base}/; max-age=${age}; samesite=lax`
}
