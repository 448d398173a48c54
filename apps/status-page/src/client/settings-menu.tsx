import { render } from 'preact'
import { SettingsMenu, themes } from '../components/SettingsMenu.tsx'
import { keptZone, shortcutsOn } from './stored.ts'
import { needTexts } from './texts.ts'

/** Fills the menu with the choices as they are now. */
export async function drawMenu(menu: Element): Promise<void> {
  await needTexts()
  const { lang, dataset } = document.documentElement
  const theme = themes.find((choice) => choice === dataset['theme']) ?? 'system'
  render(<SettingsMenu theme={theme} zone={keptZone()} language={lang} shortcuts={shortcutsOn()} />, menu)
}
