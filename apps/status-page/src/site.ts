import type { Language } from './text/languages.ts'

/** What the operator set for the page. */
export interface Site {
  readonly title: string
  readonly description: string
  /** Beside the logo. */
  readonly header: string
  /** Above the headline, when set. */
  readonly heading: string
  readonly subheading: string
  /** Address of an image, or empty. */
  readonly logo: string
  /** Where logo and header lead; empty for the overview. */
  readonly link: string
  readonly buttons: readonly { readonly name: string; readonly link: string }[]
  /** Addresses; empty for an icon that shows the state. */
  readonly favicon: { readonly default: string; readonly size16x16: string; readonly size32x32: string }
  /** Address of the logo on dark ground; empty or absent for the same. */
  readonly logoDark?: string
  /** Version of the operator's own rules; false when there are none. */
  readonly customCss: string | false
  /** Colours instead of those of `tokens.css`, by the names of its variables. */
  readonly theme?: Readonly<Record<'light' | 'dark', Readonly<Record<string, string>>>>
  /** For visitors who have not chosen. */
  readonly defaultTheme?: Theme
  /** What the overview shows them, such as `sort=status&f=down&view=wall&groups=all`; see `parseDefaults`. */
  readonly defaultView?: string
  /** Empty, or like `/status`. */
  readonly basePath: string
  readonly version: string
  /** Changes with every release of page or monitor; an open page of another build offers to reload. */
  readonly build: string
}

/** `system` follows the visitor's device. */
export type Theme = 'system' | 'light' | 'dark'

/** One request for a page. */
export interface Visit {
  readonly query: URLSearchParams
  readonly theme?: Theme
  /** From `Renderer.language`; English when absent. */
  readonly language?: Language
  /** Where the visitor reached the page, without a trailing slash: for addresses to copy. */
  readonly url?: string
}

export interface ClientAssets {
  /** Path of the hashed boot module, relative to the base. */
  readonly script: string
}

/** Names of the cookies in which a browser keeps its choices. Values: a `Theme`; a `BarRange`; a `Language`. */
export const themeCookie = 'vedette-theme'
export const rangeCookie = 'vedette-range'
export const languageCookie = 'vedette-lang'
