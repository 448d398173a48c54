import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type {
  EndpointModel,
  HistoryModel,
  IncidentModel,
  OverviewModel,
  SubscribeModel,
} from '../../apps/monitor/src/api/contract.ts'
import { createRenderer, languageCookie, type Site, themeCookie } from '../../apps/status-page/src/server.tsx'
import { overview } from './fixtures.ts'

export const site: Site = {
  title: 'Acme status',
  description: 'How the services of Acme are doing',
  header: 'Acme status',
  heading: '',
  subheading: '',
  logo: '',
  link: '',
  buttons: [{ name: 'Docs', link: 'https://docs.acme.example' }],
  favicon: { default: '', size16x16: '', size32x32: '' },
  customCss: false,
  basePath: '',
  version: '0.1.0',
  build: 'test',
}

const built = new URL('../../apps/status-page/dist/client/', import.meta.url)

export interface Models {
  readonly overview?: OverviewModel
  readonly endpoint?: EndpointModel
  readonly history?: HistoryModel
  readonly incident?: IncidentModel
  readonly subscribe?: SubscribeModel
}

/** The page with its built modules, over models and a live feed that the test writes. */
export interface PageServer extends AsyncDisposable {
  url(path: string): string
  /** What documents and data hold from now on. */
  show(models: Models): void
  /** Sends one message to every open feed. */
  send(event: string, data: unknown, id?: number): void
  /** Ends the open feeds; while `refuse` is set, new ones and data requests get 503, or only new feeds do. */
  drop(refuse: boolean | 'feeds'): void
  readonly feeds: number
  /** Paths asked for so far. */
  readonly requests: readonly string[]
  /** Parts of the site, changed for one test. */
  readonly basePath: string
}

export async function servePage(over: Partial<Site> = {}): Promise<PageServer> {
  const own = { ...site, ...over }
  const manifest: Record<string, { file: string }> = JSON.parse(await readFile(new URL('manifest.json', built), 'utf8'))
  const renderer = createRenderer(own, { script: manifest['src/client/boot.ts']?.file ?? '' })
  const feeds = new Set<ServerResponse>()
  const requests: string[] = []
  /** Numbered messages, for those who come back. */
  const sent: { readonly id: number; readonly text: string }[] = []
  let models: Models = { overview: overview([]) }
  let refusing: boolean | 'feeds' = false

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    requests.push(url.pathname + url.search)
    const path = url.pathname.startsWith(own.basePath) ? url.pathname.slice(own.basePath.length) : url.pathname
    const language = renderer.language({
      query: url.searchParams.get('lang'),
      cookie: new RegExp(`${languageCookie}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1],
      accept: request.headers['accept-language'],
    })
    const address = `http://${request.headers.host}${own.basePath}`
    const visit = { query: url.searchParams, language, url: address, ...themeOf(request) }
    if (path.startsWith('/assets/')) {
      response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'max-age=31536000, immutable' })
      response.end(await readFile(new URL(`.${path}`, built)))
    } else if (path === '/api/v1/events') {
      follow(response, Number(url.searchParams.get('since')))
    } else if (path === '/api/v1/overview') {
      json(response, models.overview)
    } else if (path.endsWith('/badge.svg')) {
      response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(renderer.badge({ kind: 'health', state: 'up' }))
    } else if (path.endsWith('/bucket')) {
      const from = Date.parse(url.searchParams.get('from') ?? '')
      const bucket = models.endpoint?.buckets.find(({ startAt }) => startAt === from)
      const reason = models.endpoint?.row.reason ?? '[STATUS] (502) == 200'
      json(response, bucket && { ...bucket, ...(bucket.failures > 0 && { firstFailure: { at: from, reason } }) })
    } else if (path.startsWith('/api/v1/endpoints/')) {
      json(response, models.endpoint)
    } else if (path === '/failure') {
      html(response, 500, renderer.failure(language))
    } else if (path === '/embed/status') {
      embed(response, renderer.embedStatus(models.overview ?? overview([]), visit))
    } else if (path.startsWith('/embed/endpoint/')) {
      const key = decodeURIComponent(path.split('/').at(-1) ?? '')
      embed(
        response,
        renderer.embedEndpoint(
          models.overview?.rows.find((row) => row.key === key),
          visit,
        ),
      )
    } else if (path.startsWith('/history') && models.history !== undefined) {
      html(response, 200, renderer.history(models.history, visit))
    } else if (path.startsWith('/incidents/') && models.incident !== undefined) {
      html(response, 200, renderer.incident(models.incident, visit))
    } else if (path === '/subscribe' && models.subscribe !== undefined) {
      html(response, 200, renderer.subscribe(models.subscribe, visit))
    } else if (path === '/' && models.overview !== undefined) {
      html(response, 200, renderer.overview(models.overview, visit))
    } else if (models.endpoint !== undefined && path === `/endpoints/${encodeURIComponent(models.endpoint.row.key)}`) {
      html(response, 200, renderer.endpoint(models.endpoint, visit))
    } else {
      html(response, 404, renderer.notFound(models.overview?.rows.slice(0, 3) ?? [], visit))
    }
  }

  function follow(response: ServerResponse, since: number): void {
    if (refusing) {
      response.writeHead(503).end()
      return
    }
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' })
    const { incident } = models
    const model = incident?.sequence === undefined ? (models.endpoint ?? models.overview) : incident
    const seq = model?.sequence ?? 0
    const missed = sent.filter(({ id }) => id > since && id <= seq)
    const from = missed.length === seq - since ? since : undefined
    const hello = { seq, from, now: model?.now ?? 0, began: 1, build: own.build }
    response.write(`retry: 3000\n\nevent: hello\ndata: ${JSON.stringify(hello)}\n\n`)
    if (from !== undefined) for (const { text } of missed) response.write(text)
    feeds.add(response)
    response.on('close', () => feeds.delete(response))
  }

  function json(response: ServerResponse, model: unknown): void {
    if (refusing === true || model === undefined) response.writeHead(refusing === true ? 503 : 404).end()
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(model))
  }

  function embed(response: ServerResponse, text: string): void {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': renderer.embedSecurityPolicy,
    })
    response.end(text)
  }

  function html(response: ServerResponse, status: number, text: string): void {
    response.writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': renderer.contentSecurityPolicy,
      'cache-control': 'no-cache',
    })
    response.end(text)
  }

  return {
    url: (path) => `http://127.0.0.1:${port}${own.basePath}${path}`,
    basePath: own.basePath,
    show(next) {
      models = next
    },
    send(event, data, id) {
      const text = `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
      if (id !== undefined) sent.push({ id, text })
      for (const feed of feeds) feed.write(text)
    },
    drop(refuse) {
      refusing = refuse
      for (const feed of feeds) feed.destroy()
    },
    get feeds() {
      return feeds.size
    },
    requests,
    async [Symbol.asyncDispose]() {
      for (const feed of feeds) feed.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function themeOf(request: IncomingMessage) {
  const value = new RegExp(`${themeCookie}=(system|light|dark)`).exec(request.headers.cookie ?? '')?.[1]
  return value === 'system' || value === 'light' || value === 'dark' ? ({ theme: value } as const) : {}
}
