import type { ComponentProps, JSX } from 'preact'
import { Document } from './components/Document.tsx'
import { Embed } from './components/Embed.tsx'
import { HistoryPage, historyTitle } from './components/HistoryPage.tsx'
import { IncidentPage } from './components/IncidentPage.tsx'
import { MaintenancePage } from './components/MaintenancePage.tsx'
import { maintenanceText, outageText } from './components/past-titles.tsx'
import { SubscribePage } from './components/SubscribePage.tsx'
import type {
  BarRange,
  EndpointRow,
  HistoryModel,
  IncidentModel,
  OverviewModel,
  State,
  SubscribeModel,
} from './contract.ts'
import { embedCss, pastCss } from './css.ts'
import { headline } from './model/headline.ts'
import { addressOf, type PageLinks } from './page-links.ts'
import type { Site, Visit } from './site.ts'
import { parts, say } from './text/say.ts'

/** What all documents of a site have in common. */
type Common = Pick<ComponentProps<typeof Document>, 'script' | 'startTexts'> & {
  readonly site: Site
  readonly links: PageLinks
}

interface Shown {
  readonly visit: Visit
  readonly section: 'history' | 'subscribe'
  readonly title: string
  readonly state: State
  /** What the script does on the page, if anything of its own. */
  readonly kind?: string
  /** Whether its moments stay in UTC. */
  readonly utc?: boolean
  /** The endpoint whose results change the page, if a single one, and up to which message of the feed it has them. */
  readonly live?: { readonly key?: string; readonly sequence: number }
  /** What the bars of the page are of. */
  readonly range?: BarRange
  readonly children: JSX.Element
}

/** Pages that tell what was and what will be. But for that of an outage or a maintenance to its end, they stay as they are. */
export function createPastPages(common: Common) {
  const { site, links } = common

  const absolute = (visit: Visit) => addressOf(links, visit)

  const document = ({ visit, section, title, state, kind = section, utc = false, live, range, children }: Shown) => (
    <Document
      {...common}
      css={pastCss}
      visit={visit}
      section={section}
      title={`${title} – ${site.title}`}
      description={title}
      state={state}
      utc={utc}
      page={{ 'data-page': kind, 'data-key': live?.key, 'data-seq': live?.sequence, 'data-range': range }}
    >
      {children}
    </Document>
  )

  const embed = (visit: Visit, state: State, pieces: ComponentProps<typeof Embed>['pieces'], path: string) => {
    const asked = visit.query.get('theme')
    const theme = asked === 'light' || asked === 'dark' ? asked : undefined
    return <Embed css={embedCss} theme={theme} state={state} pieces={pieces} href={absolute(visit)(path)} />
  }

  return {
    history: (model: HistoryModel, visit: Visit) =>
      document({
        visit,
        section: 'history',
        title: historyTitle(model),
        state: 'up',
        utc: true,
        children: <HistoryPage model={model} links={links} />,
      }),

    incident(model: IncidentModel, visit: Visit) {
      const shared = { links, absolute: absolute(visit) }
      if (model.kind === 'maintenance') {
        const { maintenance, sequence, now } = model
        return document({
          visit,
          section: 'history',
          kind: 'maintenance',
          title: maintenanceText(maintenance),
          state: 'maintenance',
          ...(now < maintenance.endAt && sequence !== undefined && { live: { sequence } }),
          children: <MaintenancePage model={model} {...shared} />,
        })
      }
      const { incident, sequence } = model
      const lasts = incident.endAt === undefined
      return document({
        visit,
        section: 'history',
        kind: 'outage',
        title: outageText(incident),
        state: lasts ? 'down' : 'up',
        range: '24h',
        ...(lasts && sequence !== undefined && { live: { key: incident.key, sequence } }),
        children: <IncidentPage model={model} {...shared} />,
      })
    },

    subscribe: (model: SubscribeModel, visit: Visit) =>
      document({
        visit,
        section: 'subscribe',
        title: say('subscribe.title'),
        state: 'up',
        children: <SubscribePage model={model} links={links} title={site.title} absolute={absolute(visit)} />,
      }),

    embedStatus(model: OverviewModel, visit: Visit) {
      const { state, pieces } = headline(model.rows)
      return embed(visit, state, pieces, links.home())
    },

    /** Without an endpoint: the one asked for is not known. */
    embedEndpoint(row: EndpointRow | undefined, visit: Visit) {
      if (row === undefined) return embed(visit, 'pending', [say('embed.unknown')], links.home())
      const { name, state } = row
      const pieces = parts('summary', { name: { name }, state: say(`state.${state}`) })
      return embed(visit, state, pieces, links.endpoint(row.key))
    },
  }
}
