import type { Links } from '../links.ts'
import type { Site, Theme } from '../site.ts'
import { say } from '../text/say.ts'
import { Icon } from './icons.tsx'

interface Props {
  readonly site: Site
  readonly links: Links
  readonly theme: Theme | undefined
  /** Whether the page has a script: settings are of no use without. */
  readonly live: boolean
}

export function Header({ site, links, theme, live }: Props) {
  const name = site.header === '' ? site.title : site.header
  return (
    <header>
      <div class="bar-in">
        <a class="brand" href={site.link === '' ? links.home() : site.link}>
          {site.logo !== '' && <img src={site.logo} alt="" height="28" />}
          <span>{name === '' ? say('brand') : name}</span>
        </a>
        {site.buttons.length > 0 && (
          <nav class="links" aria-label={say('nav.label')}>
            {site.buttons.map(({ name, link }) => (
              <a key={link} href={link}>
                {name}
              </a>
            ))}
          </nav>
        )}
        {live && <Settings theme={theme} />}
      </div>
    </header>
  )
}

const themes = ['system', 'light', 'dark'] as const

/** Needs a script to be of use, so it is only there with one. */
function Settings({ theme }: { theme: Theme | undefined }) {
  return (
    <details class="settings js-only">
      <summary aria-label={say('settings')} title={say('settings')}>
        <Icon name="more" />
      </summary>
      <div class="menu">
        <fieldset>
          <legend>{say('settings.theme')}</legend>
          {themes.map((choice) => (
            <label key={choice}>
              <input type="radio" name="theme" value={choice} checked={choice === (theme ?? 'system')} />
              {say(`settings.theme.${choice}`)}
            </label>
          ))}
        </fieldset>
        <label>
          <input type="checkbox" name="shortcuts" checked />
          {say('settings.shortcuts')}
        </label>
        <button type="button" data-do="help">
          {say('settings.help')}{' '}
          <span class="kbd" aria-hidden="true">
            ?
          </span>
        </button>
      </div>
    </details>
  )
}
