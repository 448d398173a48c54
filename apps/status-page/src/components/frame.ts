import type { BarRange } from '../contract.ts'
import type { Links } from '../links.ts'

/** What every component of one page shares. */
export interface Frame {
  readonly links: Links
  readonly range: BarRange
  /** When the model was made, ms since 1970: the server's clock, so that cached text stays true. */
  readonly now: number
}

/** How many bars a row of the range has. */
export const barCounts: Readonly<Record<BarRange, number>> = { checks: 60, '24h': 96, '7d': 84, '30d': 90, '90d': 90 }
