import type { ComponentChildren } from 'preact'
import type { State } from '../contract.ts'
import { faviconOf } from '../model/favicon.ts'
import { addressOf, type PageLinks } from '../page-links.ts'
import type { Site, Visit } from '../site.ts'
import { directionOf, type Language } from '../text/languages.ts'
import { say } from '../text/say.ts'
import { themeCss } from '../theme-css.ts'
import { Header, type Section } from './Header.tsx'
import { LanguageLinks } from './Languages.tsx'
import { overviewSprite, shapeOf, sprite } from './sprite.ts'

interface Props {
  readonly site: Site
  readonly links: PageLinks
  readonly css: string
  /** Styles that go with them. */
  readonly more?: readonly string[]
  /** Address of the boot module; undefined for pages that do without. */
  readonly script: string | undefined
  readonly visit: Visit
  /** JSON of what the script says before it has loaded any texts, unless it knows. Read, never run. */
  readonly startTexts: (language: Language) => string | undefined
  readonly title: string
  readonly description: string
  readonly state: State
  /** Which of the pages in the header this is, or belongs to. */
  readonly section?: Section
  /** Whether moments stay in UTC, as the days they are told under. */
  readonly utc?: boolean
  /** Attributes of `main` that the client reads. */
  readonly page: Readonly<Record<`data-${string}`, string | number | undefined>>
  readonly children: ComponentChildren
}

export function Document(props: Props) {
  const { site, links, visit, title, description } = props
  const { language = 'en' } = visit
  const { theme = site.defaultTheme } = visit
  const colours = themeCss(site)
  const live = props.script !== undefined
  const texts = live ? props.startTexts(language) : undefined
  return (
    <html lang={language} dir={directionOf(language)} data-theme={theme === 'system' ? undefined : theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <title>{title}</title>
        {site.description !== '' && <meta name="description" content={site.description} />}
        <meta property="og:title" content={title} />
        <meta property="og:description" content={description} />
        {visit.url !== undefined && (
          <meta property="og:image" content={addressOf(links, visit)(links.asset('assets/card-1.png'))} />
        )}
        <Favicons site={site} state={props.state} />
        <style dangerouslySetInnerHTML={{ __html: props.css }} />
        {props.more?.map((css) => (
          <style key={css} dangerouslySetInnerHTML={{ __html: css }} />
        ))}
        {colours !== '' && <style dangerouslySetInnerHTML={{ __html: colours }} />}
        <link rel="alternate" type="application/atom+xml" title={site.title} href={links.atom} />
        {site.customCss && <link rel="stylesheet" href={links.customCss(site.customCss)} />}
        {props.script !== undefined && <script type="module" src={links.asset(props.script)} />}
      </head>
      <body>
        <div
          dangerouslySetInnerHTML={{ __html: props.page['data-page'] === 'overview' ? overviewSprite : sprite }}
          hidden
        />
        <a class="skip" href="#main">
          {say('skip')}
        </a>
        <Header site={site} links={links} theme={theme} live={live} section={props.section} />
        <main id="main" data-base={links.base} data-build={site.build} data-title={site.title} {...props.page}>
          {props.children}
        </main>
        <footer>
          {props.utc ? (
            <span>{say('footer.zone.utc')}</span>
          ) : (
            <span id="zone">{say('footer.zone', { zone: 'UTC' })}</span>
          )}
          <nav aria-label={say('footer.more')}>
            <a href={links.history()}>{say('footer.history')}</a>
            <a href={links.atom}>Atom</a>
            <a href={links.jsonFeed}>JSON</a>
          </nav>
          <span>{say('footer.powered', { version: site.version })}</span>
          <LanguageLinks visit={visit} />
        </footer>
        <p id="said" class="vh" role="status" />
        {texts !== undefined && (
          <script id="texts" type="application/json" dangerouslySetInnerHTML={{ __html: texts }} />
        )}
      </body>
    </html>
  )
}

function Favicons({ site, state }: { site: Site; state: State }) {
  const { default: main, size16x16, size32x32 } = site.favicon
  if (main === '' && size16x16 === '' && size32x32 === '') {
    return <link rel="icon" type="image/svg+xml" href={faviconOf(state, shapeOf(state))} data-live="" />
  }
  return (
    <>
      {main !== '' && <link rel="icon" href={main} />}
      {size16x16 !== '' && <link rel="icon" sizes="16x16" href={size16x16} />}
      {size32x32 !== '' && <link rel="icon" sizes="32x32" href={size32x32} />}
    </>
  )
}
