import type { PageLinks } from '../page-links.ts'
import type { Site } from '../site.ts'
import { say } from '../text/say.ts'
import { Icon } from './icons.tsx'

interface Props {
  readonly site: Site
  readonly links: PageLinks
  /** Whether the page has a script: settings are of no use without. */
  readonly live: boolean
  /** The page, or the one it belongs to. */
  readonly section: Section | undefined
}

const sections = ['status', 'history', 'subscribe'] as const
export type Section = (typeof sections)[number]

export function Header({ site, links, live, section }: Props) {
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
        {live && <Settings />}
      </div>
    </header>
  )
}

/** The menu comes with the script that makes it work: see `client/settings-menu.tsx`. */
function Settings() {
  return (
    <details class="settings js-only">
      <summary aria-label={say('settings')} title={say('settings')}>
        <Icon name="more" />
      </summary>
      <div class="menu" />
    </details>
  )
}
