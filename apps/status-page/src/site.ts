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
  /** Whether `custom.css` is served. */
  readonly customCss: boolean
  /** Taken for compatibility: the reader's operating system and own choice come first, and both are always known. */
  readonly darkMode: boolean
  /** Empty, or like `/status`. */
  readonly basePath: string
  readonly version: string
  /** Changes with every release of page or monitor; an open page of another build offers to reload. */
  readonly build: string
}

export type Theme = 'light' | 'dark'

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

/** Names of the cookies in which a browser keeps its choices. Values: `light` or `dark`; a `BarRange`; a `Language`. */
export const themeCookie = 'vedette-theme'
export const rangeCookie = 'vedette-range'
export const languageCookie = 'vedette-lang'
