import type { JSX } from 'preact'
import type { EndpointName, SubscribeModel } from '../contract.ts'
import type { PageLinks } from '../page-links.ts'
import { say } from '../text/say.ts'
import { EndpointSelect } from './HistoryPage.tsx'
import { frameOf, htmlBadge, markdownBadge, quoted } from './Share.tsx'
import { Snippet } from './Snippet.tsx'

interface Props {
  readonly model: SubscribeModel
  readonly links: PageLinks
  readonly title: string
  readonly absolute: (path: string) => string
}

/** Every way to hear of what happens without opening the page. */
export function SubscribePage({ model, links, title, absolute }: Props) {
  const calendar = absolute(links.calendar)
  return (
    <>
      <section class="hero">
        <h1>{say('subscribe.title')}</h1>
        <p class="meta">{say('subscribe.text')}</p>
      </section>
      <div class="ways">
        <Way name={say('subscribe.feeds')} text={say('subscribe.feeds.text')}>
          <Snippet name={say('subscribe.atom')} text={absolute(links.atom)} />
          <Snippet name={say('subscribe.json')} text={absolute(links.jsonFeed)} />
        </Way>
        <Way name={say('subscribe.calendar')} text={say('subscribe.calendar.text')}>
          <Snippet name={say('subscribe.calendar.address')} text={calendar} />
          <p>
            <a class="button" href={calendar.replace(/^https?:/, 'webcal:')}>
              {say('subscribe.calendar.open')}
            </a>
          </p>
        </Way>
        <Way name={say('subscribe.terminal')} text={say('subscribe.terminal.text')}>
          <Snippet name={say('subscribe.terminal.command')} text={`curl ${quoted(absolute(links.statusText))}`} />
        </Way>
        <Way name={say('subscribe.embed')} text={say('subscribe.embed.text')}>
          <Preview title={title} src={links.embedStatus} />
          <Snippet name={say('subscribe.embed.status')} text={frameOf(title, absolute(links.embedStatus))} />
        </Way>
      </div>
      {model.endpoints.length > 0 && (
        <>
          <h2 class="choice" id="endpoint">
            {say('subscribe.endpoint')}
          </h2>
          <form class="seek choose" action={`${links.subscribe()}#endpoint`} method="get">
            <EndpointSelect
              endpoints={model.endpoints}
              chosen={model.endpoint?.key}
              label={say('subscribe.endpoint')}
            />
            <button type="submit">{say('history.show')}</button>
          </form>
        </>
      )}
      {model.endpoint !== undefined && (
        <OfEndpoint endpoint={model.endpoint} badges={model.badges} links={links} absolute={absolute} />
      )}
    </>
  )
}

function Way({ name, text, children }: { name: string; text: string; children: JSX.Element | JSX.Element[] }) {
  return (
    <section class="card pad">
      <h2>{name}</h2>
      <p class="quiet">{text}</p>
      {children}
    </section>
  )
}

/** The widget as other pages show it. */
const Preview = ({ title, src }: { title: string; src: string }) => (
  <iframe class="widget" src={src} title={title} width="320" height="36" loading="lazy" />
)

const kinds = ['health', 'uptime', 'latency'] as const

interface OfEndpointProps extends Pick<Props, 'links' | 'absolute'> {
  readonly endpoint: EndpointName
  readonly badges: boolean
}

function OfEndpoint({ endpoint: { key, name }, badges, links, absolute }: OfEndpointProps) {
  const page = absolute(links.endpoint(key))
  return (
    <div class="ways own">
      <section class="card pad">
        <h2>{say('subscribe.badges', { name })}</h2>
        {!badges && <p class="quiet">{say('subscribe.badges.none')}</p>}
        {badges &&
          kinds.map((kind) => {
            const badge = links.badges[kind](key)
            return (
              <div class="badge-kind" key={kind}>
                <h3>
                  {say(`badge.${kind}`)} <img src={badge} alt="" height="20" />
                </h3>
                <Snippet name={say('share.markdown')} text={markdownBadge(name, absolute(badge), page)} />
                <Snippet name={say('share.html')} text={htmlBadge(name, absolute(badge), page)} />
              </div>
            )
          })}
      </section>
      <section class="card pad">
        <h2>{say('subscribe.embed.endpoint', { name })}</h2>
        <Preview title={name} src={links.embedEndpoint(key)} />
        <Snippet name={say('share.frame')} text={frameOf(name, absolute(links.embedEndpoint(key)))} />
        <h2>{say('subscribe.figures')}</h2>
        <Snippet name={say('share.json')} text={absolute(links.endpointFigures(key))} />
        <Snippet name={say('share.curl')} text={`curl ${quoted(absolute(links.endpointFigures(key)))}`} />
      </section>
    </div>
  )
}
