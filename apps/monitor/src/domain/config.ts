import type { Endpoint } from './endpoint.ts'
import type { MaintenanceWindow } from './maintenance.ts'
import type { Colours, ThemeName } from './theme.ts'

export interface WebSettings {
  readonly address: string
  /** 0 takes any free port; only tests use that. */
  readonly port: number
  /** Largest request header, in bytes. */
  readonly readBufferSize: number
  /** Empty, or a path such as `/status` without a trailing slash, under which everything is served. */
  readonly basePath: string
  /** PEM texts. */
  readonly tls?: { readonly certificate: string; readonly privateKey: string }
}

export interface UiSettings {
  readonly title: string
  readonly description: string
  readonly header: string
  readonly dashboardHeading: string
  readonly dashboardSubheading: string
  readonly logo: string
  /** Empty for the same. */
  readonly logoDark: string
  readonly link: string
  readonly customCss: string
  /** As Gatus has it; `defaultTheme` is what follows from it. */
  readonly darkMode: boolean
  readonly defaultTheme: 'system' | 'light' | 'dark'
  readonly defaultRange: 'auto' | 'checks' | '24h' | '7d' | '30d' | '90d'
  readonly theme: Readonly<Record<ThemeName, Colours>>
  /** As Gatus has it; `sortBy` is what follows from it: nothing unless it is set. */
  readonly defaultSortBy: 'name' | 'group' | 'health'
  readonly sortBy: 'name' | 'group' | 'health'
  readonly defaultFilterBy: 'none' | 'failing' | 'unstable'
  readonly defaultView: 'auto' | 'list' | 'compact' | 'wall'
  /** Names of groups that come first. */
  readonly groupOrder: readonly string[]
  readonly openGroups: 'auto' | 'all' | 'failing'
  readonly loginSubtitle: string
  readonly favicon: { readonly default: string; readonly size16x16: string; readonly size32x32: string }
  readonly buttons: readonly { readonly name: string; readonly link: string }[]
}

export interface StorageSettings {
  readonly type: 'sqlite' | 'memory'
  /** The database file; empty in memory. */
  readonly path: string
  /** Raw results kept per endpoint. */
  readonly maximumNumberOfResults: number
  /** Events per endpoint in the API. */
  readonly maximumNumberOfEvents: number
  /** How long buckets of each resolution are kept, in milliseconds. */
  readonly retention: { readonly fiveMinutesMs: number; readonly hoursMs: number; readonly daysMs: number }
}

export interface MaintenanceSettings {
  /** Windows for all endpoints. */
  readonly windows: readonly MaintenanceWindow[]
  /** Leave results inside a maintenance window out of uptime. */
  readonly excludeFromUptime: boolean
}

/** A configuration, checked, with every default filled in. Never changes: a reload makes another one. */
export interface Config {
  readonly endpoints: readonly Endpoint[]
  /** Whether `alerting` was configured at all: without it, alerts do not even count. */
  readonly alerting: boolean
  /** Types of the providers that are configured and valid, sorted. */
  readonly alertProviders: readonly string[]
  /** Serve `/metrics`. */
  readonly metrics: boolean
  /** Most checks at once; 0 means no limit. */
  readonly concurrency: number
  readonly skipInvalidConfigUpdate: boolean
  readonly web: WebSettings
  readonly ui: UiSettings
  readonly storage: StorageSettings
  readonly maintenance: MaintenanceSettings
}
