import type { Board } from '../domain/board.ts'
import type { Config } from '../domain/config.ts'
import type { Clock, Log, Store } from '../domain/ports.ts'
import type {
  BadgeFacts,
  EndpointModel,
  EndpointRow,
  HistoryModel,
  IncidentModel,
  OverviewModel,
  SubscribeModel,
} from './contract.ts'
import type { Document, DocumentCache } from './document.ts'
import type { LiveFeed } from './live.ts'
import type { HistorySource } from './views/history.ts'
import type { RowOptions, Rows } from './views/row.ts'

/** How the monitor is doing. `degraded` parts say why, without secrets. */
export interface Health {
  readonly status: 'UP'
  /** Only present when something is degraded. */
  readonly degraded?: readonly { readonly part: 'storage' | 'delivery' | 'configuration'; readonly reason: string }[]
}

export interface Visit {
  readonly query: URLSearchParams
  readonly theme?: 'system' | 'light' | 'dark'
  /** From `PageRenderer.language`. */
  readonly language?: string
  /** Where the visitor reached the page, without a trailing slash: for addresses to copy. */
  readonly url?: string
}

/** The page: models in, documents out. */
export interface PageRenderer {
  /** The language to answer in, after the address, the cookie and `Accept-Language`. */
  language(wish: { query?: string; cookie?: string; accept?: string }): string
  overview(model: OverviewModel, visit: Visit): string
  endpoint(model: EndpointModel, visit: Visit): string
  history(model: HistoryModel, visit: Visit): string
  incident(model: IncidentModel, visit: Visit): string
  subscribe(model: SubscribeModel, visit: Visit): string
  embedStatus(model: OverviewModel, visit: Visit): string
  /** Without a row: there is no such endpoint. */
  embedEndpoint(row: EndpointRow | undefined, visit: Visit): string
  /** An image that other people's pages show. */
  badge(facts: BadgeFacts): string
  notFound(closest: readonly EndpointRow[], visit: Visit): string
  failure(language: string): string
  readonly contentSecurityPolicy: string
  readonly embedSecurityPolicy: string
}

/** A file of the built page, by its path under the base, such as `/assets/boot-1a2b3c.js`. */
export type Assets = ReadonlyMap<string, { readonly document: Document; readonly type: string }>

/** All that the HTTP interface stands on. */
export interface ApiDeps {
  readonly config: Config
  readonly board: Board
  readonly rows: Rows
  readonly rowOptions: RowOptions
  readonly history: HistorySource
  readonly store: Pick<Store, 'eventsBetween'>
  readonly clock: Clock
  readonly log: Log
  readonly live: LiveFeed
  readonly documents: DocumentCache
  readonly page: PageRenderer
  readonly assets: Assets
  readonly metrics: { render(): Promise<string> }
  readonly health: () => Health
  /** False while starting and while stopping: a reverse proxy should send requests elsewhere. */
  readonly ready: () => boolean
  readonly parseDuration: (text: string) => number | undefined
  /** Names of the cookies that keep a visitor's choices. */
  readonly cookies: { readonly theme: string; readonly range: string; readonly language: string }
}
