import type { ComponentChildren } from 'preact'
import type { State } from '../contract.ts'
import type { Links } from '../links.ts'
import { faviconOf } from '../model/favicon.ts'
import type { Site, Theme } from '../site.ts'
import { language, say } from '../text/say.ts'
import { Header } from './Header.tsx'
import { shapeOf, sprite } from './sprite.ts'

interface Props {
  readonly site: Site
  readonly links: Links
  readonly css: string
  /** Address of the boot module; undefined for pages that do without. */
  readonly script: string | undefined
  readonly theme: Theme | undefined
  readonly title: string
  readonly description: string
  readonly state: State
  /** Attributes of `main` that the client reads. */
  readonly page: Readonly<Record<`data-${string}`, string | number | undefined>>
  readonly children: ComponentChildren
}

export function Document(props: Props) {
  const { site, links, theme, title, description } = props
  return (
    <html lang={language} dir="ltr" data-theme={theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <meta name="description" content={site.description} />
        <meta property="og:title" content={title} />
        <meta property="og:description" content={description} />
        <Favicons site={site} state={props.state} />
        <style dangerouslySetInnerHTML={{ __html: props.css }} />
        {site.customCss && <link rel="stylesheet" href={links.customCss} />}
        {props.script !== undefined && <script type="module" src={links.asset(props.script)} />}
      </head>
      <body>
        <div dangerouslySetInnerHTML={{ __html: sprite }} hidden />
        <a class="skip" href="#main">
          {say('skip')}
        </a>
        <Header site={site} links={links} theme={theme} live={props.script !== undefined} />
        <main id="main" data-base={links.base} data-build={site.build} data-title={site.title} {...props.page}>
          {props.children}
        </main>
        <footer>
          <span id="zone">{say('footer.zone', { zone: 'UTC' })}</span>
          <span>{say('footer.powered', { version: site.version })}</span>
        </footer>
        <p id="said" class="vh" role="status" />
      </body>
    </html>
  )
}

function Favicons({ site, state }: { site: Site; state: State }) {
  const { default: main, size16x16, size32x32 } = site.favicon
  if (main === '' && size16x16 === '' && size32x32 === '') {
    return <link rel="icon" type="image/svg+xml" href={faviconOf(state, shapeOf(state))} data-live />
  }
  return (
    <>
      {main !== '' && <link rel="icon" href={main} />}
      {size16x16 !== '' && <link rel="icon" sizes="16x16" href={size16x16} />}
      {size32x32 !== '' && <link rel="icon" sizes="32x32" href={size32x32} />}
    </>
  )
}
