import { createHash } from 'node:crypto'
import { render } from 'preact-render-to-string'
import { drawBadge } from './badge-svg.ts'
import { Document } from './components/Document.tsx'
import { EndpointPage } from './components/EndpointPage.tsx'
import { barCounts, type Frame } from './components/frame.ts'
import { Overview } from './components/Overview.tsx'
import { Failure, NotFound } from './components/Plain.tsx'
import type {
  BadgeFacts,
  EndpointModel,
  EndpointRow,
  HistoryModel,
  IncidentModel,
  OverviewModel,
  SubscribeModel,
} from './contract.ts'
import {
  detailCss,
  embedCss,
  eyebrowCss,
  latelyCss,
  listCss,
  noticesCss,
  overviewCss,
  panelCss,
  pastCss,
  wallCss,
} from './css.ts'
import { endpointTitle } from './model/endpoint-title.ts'
import { headline, headlineText, pageTitle } from './model/headline.ts'
import { select } from './model/select.ts'
import { allStale } from './model/states.ts'
import { densityOf, fewRows, parseDefaults, parseView, type View } from './model/view.ts'
import { addressOf, createPageLinks } from './page-links.ts'
import { createPastPages } from './past-pages.tsx'
import { createRowCache } from './row-cache.tsx'
import type { ClientAssets, Site, Visit } from './site.ts'
import { speakIn, textsIn } from './text/catalogues.ts'
import { pickPart } from './text/client-parts.ts'
import type { Language } from './text/languages.ts'
import { type LanguageWish, negotiateLanguage } from './text/negotiate.ts'
import { language, say } from './text/say.ts'
import { themeCss } from './theme-css.ts'
import './text/english.ts'

export type { ClientAssets, Site, Theme, Visit } from './site.ts'
export { languageCookie, rangeCookie, themeCookie } from './site.ts'
export type { Language } from './text/languages.ts'
export { isLanguage } from './text/languages.ts'

export interface Renderer {
  /** The language to answer a wish in. */
  language(wish: LanguageWish): Language
  overview(model: OverviewModel, visit: Visit): string
  endpoint(model: EndpointModel, visit: Visit): string
  history(model: HistoryModel, visit: Visit): string
  incident(model: IncidentModel, visit: Visit): string
  subscribe(model: SubscribeModel, visit: Visit): string
  /** Documents of one line for other people's pages. Their theme comes from the address alone. */
  embedStatus(model: OverviewModel, visit: Visit): string
  embedEndpoint(row: EndpointRow | undefined, visit: Visit): string
  /** An image. */
  badge(facts: BadgeFacts): string
  notFound(closest: readonly EndpointRow[], visit: Visit): string
  /** For when nothing else can be made: no script, no data. */
  failure(language: Language): string
  /** Value of the header that belongs to each of these documents. */
  readonly contentSecurityPolicy: string
  /** The same for embeds, which any page may frame. */
  readonly embedSecurityPolicy: string
}

export function createRenderer(site: Site, assets: ClientAssets): Renderer {
  const links = createPageLinks(site.basePath, parseDefaults(site.defaultView ?? ''))
  const rowCaches = new Map<string, ReturnType<typeof createRowCache>>()
  const rowsHtmlOf: ReturnType<typeof createRowCache> = (frame) => {
    const rowsHtml = rowCaches.get(language()) ?? createRowCache()
    rowCaches.set(language(), rowsHtml)
    return rowsHtml(frame)
  }
  const frame = (model: { range: Frame['range']; now: number }): Frame => ({
    links,
    range: model.range,
    now: model.now,
  })
  const common = { site, links, script: assets.script, startTexts: startTextsOf }

  const past = createPastPages(common)
  /** Texts, too, are made only after the language is set. */
  const written =
    <M,>(make: (model: M, visit: Visit) => Parameters<typeof render>[0]) =>
    (model: M, visit: Visit): string => {
      begin(visit)
      return documentOf(make(model, visit))
    }

  return {
    contentSecurityPolicy: policy(site),
    embedSecurityPolicy: embedPolicy,
    history: written(past.history),
    incident: written(past.incident),
    subscribe: written(past.subscribe),
    embedStatus: written(past.embedStatus),
    embedEndpoint: written(past.embedEndpoint),
    language: negotiateLanguage,
    badge: drawBadge,

    overview(model, visit) {
      const { query } = visit
      begin(visit)
      const view = parseView(query, links.defaults)
      const shared = frame(model)
      return documentOf(
        <Document
          {...common}
          css={cssOf(model, view)}
          more={moreCss(site, model, view)}
          visit={visit}
          section="status"
          title={pageTitle(model.rows, site.title)}
          description={headlineText(headline(model.rows))}
          state={headline(model.rows).state}
          page={{
            'data-page': 'overview',
            'data-range': model.range,
            'data-seq': model.sequence,
            'data-start': model.axis?.startAt,
            'data-bucket': model.axis?.bucketMs,
            'data-view': site.defaultView || undefined,
          }}
        >
          <Overview site={site} model={model} view={view} frame={shared} rowsHtml={rowsHtmlOf(shared)} links={links} />
        </Document>,
      )
    },

    endpoint(model, visit) {
      begin(visit)
      const { row } = model
      return documentOf(
        <Document
          {...common}
          css={detailCss}
          visit={visit}
          title={endpointTitle(row, site.title)}
          description={say('summary', { name: row.name, state: say(`state.${row.state}`) })}
          state={row.state}
          page={{
            'data-page': 'endpoint',
            'data-key': row.key,
            'data-range': model.range,
            'data-bars': barCounts[model.range],
            'data-start': axisStart(model),
            'data-bucket': model.range === 'checks' ? undefined : model.buckets[0]?.lengthMs,
            'data-seq': model.sequence,
          }}
        >
          <EndpointPage
            model={model}
            view={parseView(visit.query)}
            frame={frame(model)}
            links={links}
            absolute={addressOf(links, visit)}
          />
        </Document>,
      )
    },

    notFound(closest, visit) {
      begin(visit)
      const title = say('notFound.title')
      return documentOf(
        <Document
          {...common}
          css={detailCss}
          script={undefined}
          visit={visit}
          title={`${title} – ${site.title}`}
          description={title}
          state="pending"
          page={{ 'data-page': 'not-found' }}
        >
          <NotFound closest={closest} frame={{ links, range: '90d', now: 0 }} />
        </Document>,
      )
    },

    failure(language) {
      speakIn(language)
      return documentOf(<Failure css={failureCss} language={language} />)
    },
  }
}

function cssOf({ rows }: OverviewModel, view: View): string {
  const density = densityOf(view, rows.length)
  if (density === 'wall') return wallCss
  const few = density === 'list' && rows.length <= fewRows && rows.some(({ group }) => group !== '')
  const plain = view.groups === 'auto' && view.sort === 'order' && select(rows, view).length > 0
  return few && plain ? listCss : overviewCss
}

function moreCss(site: Site, model: OverviewModel, view: View): string[] {
  const { rows, operatorNotices, upcoming = [], recent = [] } = model
  return [
    ...(site.heading + site.subheading === '' ? [] : [eyebrowCss]),
    ...(operatorNotices.length > 0 || allStale(rows) ? [noticesCss] : []),
    ...(upcoming.length + recent.length > 0 ? [latelyCss] : []),
    ...(select(rows, view).length === 0 ? [panelCss] : []),
  ]
}

/** A document is written in one go, so that the language holds to its end. */
const begin = (visit: Visit): void => speakIn(visit.language ?? 'en')

/** When the first bar begins, should fewer buckets than bars be known. */
function axisStart({ range, buckets }: EndpointModel): number | undefined {
  const [first] = buckets
  if (range === 'checks' || first === undefined) return undefined
  return first.startAt - (barCounts[range] - buckets.length) * first.lengthMs
}

/** JSON of what the page says before it has loaded any texts, in the order in which the script knows it in English. */
const startTexts = new Map<string, string>()
function startTextsOf(language: Language): string | undefined {
  if (language === 'en') return undefined
  const json =
    startTexts.get(language) ??
    JSON.stringify(Object.values(pickPart(textsIn(language), 'start'))).replaceAll('<', '\\u003c')
  startTexts.set(language, json)
  return json
}

const documentOf = (page: Parameters<typeof render>[0]): string => `<!doctype html>${render(page)}`

/** All that the failure page needs, in itself. */
const failureCss =
  ':root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:20vh auto;padding:0 1.5rem}h1{font-size:1.5rem;line-height:1.25}'

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

function policy(site: Site): string {
  const addresses = [site.logo, site.logoDark ?? '', ...Object.values(site.favicon)].filter((address) =>
    URL.canParse(address),
  )
  const images = [...new Set(addresses.map((address) => new URL(address).origin))]
  return [
    "default-src 'self'",
    "script-src 'self'",
    [
      'style-src',
      "'self'",
      ...[
        listCss,
        eyebrowCss,
        noticesCss,
        latelyCss,
        panelCss,
        overviewCss,
        wallCss,
        detailCss,
        pastCss,
        failureCss,
        themeCss(site),
      ].map(hashOf),
    ].join(' '),
    ['img-src', "'self'", 'data:', ...images].join(' '),
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join('; ')
}

const embedPolicy = [
  "default-src 'none'",
  `style-src ${hashOf(embedCss)}`,
  "base-uri 'none'",
  "form-action 'none'",
  'frame-ancestors *',
].join('; ')
