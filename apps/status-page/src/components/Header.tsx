import type { PageLinks } from '../page-links.ts'
import type { Site, Visit } from '../site.ts'
import { say } from '../text/say.ts'
import { Icon } from './icons.tsx'
import { LanguageSelect } from './Languages.tsx'

interface Props {
  readonly site: Site
  readonly links: PageLinks
  readonly visit: Visit
  /** Whether the page has a script: settings are of no use without. */
  readonly live: boolean
  /** The page, or the one it belongs to. */
  readonly section: Section | undefined
}

const sections = ['status', 'history', 'subscribe'] as const
export type Section = (typeof sections)[number]

export function Header({ site, links, visit, live, section }: Props) {
  const name = site.header === '' ? site.title : site.header
  return (
    <header>
      <div class="bar-in">
        <a class="brand" href={site.link === '' ? links.home() : site.link}>
          {site.logo !== '' && <img src={site.logo} alt="" height="28" />}
          <span>{name === '' ? say('brand') : name}</span>
        </a>
        <nav class="pages" aria-label={say('nav.pages')}>
          {sections.map((name) => (
            <a
              key={name}
              href={name === 'status' ? links.home() : links[name]()}
              aria-current={name === section ? 'page' : undefined}
            >
              {say(`nav.${name}`)}
            </a>
          ))}
        </nav>
        {site.buttons.length > 0 && (
          <nav class="links" aria-label={say('nav.label')}>
            {site.buttons.map(({ name, link }) => (
              <a key={link} href={link}>
                {name}
              </a>
            ))}
          </nav>
        )}
        {live && <Settings visit={visit} />}
      </div>
    </header>
  )
}

const themes = ['system', 'light', 'dark'] as const
const zones = ['own', 'utc'] as const

/** Needs a script to be of use, so it is only there with one. */
function Settings({ visit: { theme, language = 'en' } }: Pick<Props, 'visit'>) {
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
        <fieldset>
          <legend>{say('settings.zone')}</legend>
          {zones.map((choice) => (
            <label key={choice}>
              <input type="radio" name="zone" value={choice} checked={choice === 'own'} />
              {say(`settings.zone.${choice}`)}
            </label>
          ))}
        </fieldset>
        <LanguageSelect language={language} />
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
