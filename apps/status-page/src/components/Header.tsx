import type { PageLinks } from '../page-links.ts'
import type { Site, Theme } from '../site.ts'
import { say } from '../text/say.ts'
import { darkMedia } from '../theme-media.ts'
import { Icon } from './icons.tsx'

interface Props {
  readonly site: Site
  readonly links: PageLinks
  readonly theme: Theme | undefined
  /** Whether the page has a script: settings are of no use without. */
  readonly live: boolean
  /** The page, or the one it belongs to. */
  readonly section: Section | undefined
}

const sections = ['status', 'history', 'subscribe'] as const
export type Section = (typeof sections)[number]

export function Header({ site, links, theme, live, section }: Props) {
  const name = site.header === '' ? site.title : site.header
  return (
    <header>
      <div class="bar-in">
        <a class="brand" href={site.link === '' ? links.home() : site.link}>
          <Logo site={site} theme={theme} />
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

function Logo({ site: { logo, logoDark = '' }, theme = 'system' }: Pick<Props, 'site' | 'theme'>) {
  if (logo === '') return null
  const image = <img src={logo} alt="" height="28" />
  if (logoDark === '') return image
  return (
    <picture>
      <source srcset={logoDark} media={darkMedia[theme]} />
      {image}
    </picture>
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
