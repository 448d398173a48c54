import type { EndpointName } from '../contract.ts'
import type { PageLinks } from '../page-links.ts'
import { say } from '../text/say.ts'
import { Icon } from './icons.tsx'
import { CopyLink, Snippet } from './Snippet.tsx'

interface Props {
  readonly endpoint: EndpointName
  readonly links: PageLinks
  /** Turns a path of this page into an address for the outside. */
  readonly absolute: (path: string) => string
}

/** What an endpoint can be shown with elsewhere. */
export function Share({ endpoint: { key, name }, links, absolute }: Props) {
  const page = absolute(links.endpoint(key))
  const health = absolute(links.badges.health(key))
  return (
    <div class="actions">
      <CopyLink url={page} />
      <details class="share">
        <summary class="button">
          {say('share.title')} <Icon name="chevron" class="chevron" />
        </summary>
        <div class="menu">
          <Snippet name={say('share.link')} text={page} />
          <Snippet name={say('share.markdown')} text={markdownBadge(name, health, page)} />
          <Snippet name={say('share.html')} text={htmlBadge(name, health, page)} />
          <Snippet name={say('share.frame')} text={frameOf(name, absolute(links.embedEndpoint(key)))} />
          <Snippet name={say('share.json')} text={absolute(links.endpointFigures(key))} />
          <Snippet name={say('share.curl')} text={`curl ${quoted(absolute(links.endpointFigures(key)))}`} />
          <a href={links.subscribe(key)}>{say('share.more')}</a>
        </div>
      </details>
    </div>
  )
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const html = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character] ?? '')

/** For a shell: nothing in an address can end the quotes but a quote. */
export const quoted = (address: string): string => `'${address.replaceAll("'", '%27')}'`

export const markdownBadge = (name: string, badge: string, page: string): string =>
  `[![${name.replace(/[\\[\]`*_<>]/g, '\\$&')}](${addressInMarkdown(badge)})](${addressInMarkdown(page)})`

const addressInMarkdown = (address: string): string => address.replaceAll('(', '%28').replaceAll(')', '%29')

export const htmlBadge = (name: string, badge: string, page: string): string =>
  `<a href="${html(page)}"><img src="${html(badge)}" alt="${html(name)}"></a>`

/** As wide as most headlines; the text of the widget is cut with dots where it does not fit. */
export const frameOf = (name: string, address: string): string =>
  `<iframe src="${html(address)}" title="${html(name)}" width="320" height="36" style="border:0" loading="lazy"></iframe>`
