import { createHash } from 'node:crypto'
import { render } from 'preact-render-to-string'
import { Document } from './components/Document.tsx'
import { EndpointPage } from './components/EndpointPage.tsx'
import { barCounts, type Frame } from './components/frame.ts'
import { Overview } from './components/Overview.tsx'
import { Failure, NotFound } from './components/Plain.tsx'
import type { EndpointModel, EndpointRow, OverviewModel } from './contract.ts'
import { detailCss, overviewCss } from './css.ts'
import { createLinks } from './links.ts'
import { endpointTitle } from './model/endpoint-title.ts'
import { headline, headlineText, pageTitle } from './model/headline.ts'
import { parseView } from './model/view.ts'
import { createRowCache } from './row-cache.tsx'
import type { ClientAssets, Site, Visit } from './site.ts'
import { served } from './text/en.ts'
import { detail } from './text/en-detail.ts'
import { addTexts, say } from './text/say.ts'

export type { ClientAssets, Site, Theme, Visit } from './site.ts'
export { rangeCookie, themeCookie } from './site.ts'

addTexts(served)
addTexts(detail)

export interface Renderer {
  overview(model: OverviewModel, visit: Visit): string
  endpoint(model: EndpointModel, visit: Visit): string
  notFound(closest: readonly EndpointRow[], visit: Visit): string
  /** For when nothing else can be made: no script, no data. */
  failure(): string
  /** Value of the header that belongs to each of these documents. */
  readonly contentSecurityPolicy: string
}

export function createRenderer(site: Site, assets: ClientAssets): Renderer {
  const links = createLinks(site.basePath)
  const rowsHtmlOf = createRowCache()
  const frame = (model: { range: Frame['range']; now: number }): Frame => ({
    links,
    range: model.range,
    now: model.now,
  })
  const common = { site, links, script: assets.script }

  return {
    contentSecurityPolicy: policy(site),

    overview(model, { query, theme }) {
      const view = parseView(query)
      const shared = frame(model)
      return documentOf(
        <Document
          {...common}
          css={overviewCss}
          theme={theme}
          title={pageTitle(model.rows, site.title)}
          description={headlineText(headline(model.rows))}
          state={headline(model.rows).state}
          page={{
            'data-page': 'overview',
            'data-range': model.range,
            'data-now': model.now,
            'data-seq': model.sequence,
            'data-start': model.axis?.startAt,
            'data-bucket': model.axis?.bucketMs,
            'data-end': model.axis && model.axis.endAt + model.axis.bucketMs,
          }}
        >
          <Overview site={site} model={model} view={view} frame={shared} rowsHtml={rowsHtmlOf(shared)} />
        </Document>,
      )
    },

    endpoint(model, { query, theme }) {
      const { row } = model
      return documentOf(
        <Document
          {...common}
          css={detailCss}
          theme={theme}
          title={endpointTitle(row, site.title)}
          description={`${row.name}: ${say(`state.${row.state}`)}`}
          state={row.state}
          page={{
            'data-page': 'endpoint',
            'data-key': row.key,
            'data-range': model.range,
            'data-bars': barCounts[model.range],
            'data-start': axisStart(model),
            'data-bucket': model.range === 'checks' ? undefined : model.buckets[0]?.lengthMs,
            'data-now': model.now,
            'data-seq': model.sequence,
          }}
        >
          <EndpointPage model={model} view={parseView(query)} frame={frame(model)} />
        </Document>,
      )
    },

    notFound(closest, { theme }) {
      const title = say('notFound.title')
      return documentOf(
        <Document
          {...common}
          css={detailCss}
          script={undefined}
          theme={theme}
          title={`${title} – ${site.title}`}
          description={title}
          state="pending"
          page={{ 'data-page': 'not-found' }}
        >
          <NotFound closest={closest} frame={{ links, range: '90d', now: 0 }} />
        </Document>,
      )
    },

    failure: () => documentOf(<Failure css={failureCss} />),
  }
}

/** When the first bar begins, should fewer buckets than bars be known. */
function axisStart({ range, buckets }: EndpointModel): number | undefined {
  const [first] = buckets
  if (range === 'checks' || first === undefined) return undefined
  return first.startAt - (barCounts[range] - buckets.length) * first.lengthMs
}

const documentOf = (page: Parameters<typeof render>[0]): string => `<!doctype html>${render(page)}`

/** All that the failure page needs, in itself. */
const failureCss =
  ':root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:20vh auto;padding:0 1.5rem}h1{font-size:1.5rem;line-height:1.25}'

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

function policy(site: Site): string {
  const addresses = [site.logo, ...Object.values(site.favicon)].filter((address) => URL.canParse(address))
  const images = [...new Set(addresses.map((address) => new URL(address).origin))]
  return [
    "default-src 'self'",
    "script-src 'self'",
    ['style-src', "'self'", ...[overviewCss, detailCss, failureCss].map(hashOf)].join(' '),
    ['img-src', "'self'", 'data:', ...images].join(' '),
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join('; ')
}
