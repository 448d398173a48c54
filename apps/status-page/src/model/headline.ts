import type { EndpointRow, State } from '../contract.ts'
import { dateLocale, parts, say } from '../text/say.ts'
import { allStale, type Counts, countStates } from './states.ts'

export interface Headline {
  /** What the icon shows. */
  readonly state: State
  /** Pieces of the sentence; names are objects, so that they can be kept apart from the words around them. */
  readonly pieces: readonly (string | { readonly name: string })[]
  /** Set when it looks as if the monitor, not everything else, is down. */
  readonly offlineHint: boolean
}

const togetherMs = 60_000

/** The first rule that fits, worst first. */
export function headline(rows: readonly EndpointRow[]): Headline {
  const counts = countStates(rows)
  if (rows.length === 0) return plain('pending', say('headline.empty'))
  if (counts.down > 0) return trouble(rows, 'down', counts)
  if (counts.degraded > 0) return trouble(rows, 'degraded', counts)
  if (counts.maintenance > 0) return plain('maintenance', say('headline.maintenance'))
  if (counts.pending === rows.length) return plain('pending', say('headline.pending'))
  return plain('up', say(allStale(rows) ? 'headline.stale' : 'headline.up'))
}

export const headlineText = ({ pieces }: Headline): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : piece.name)).join('')

const plain = (state: State, text: string): Headline => ({ state, pieces: [text], offlineHint: false })

function trouble(rows: readonly EndpointRow[], state: 'down' | 'degraded', counts: Counts): Headline {
  const affected = rows.filter((row) => row.state === state)
  const total = rows.length
  const n = affected.length
  const [a, b] = affected
  if (state === 'down' && n === total && n > 1) {
    return { state, pieces: [say('headline.down.all', { n })], offlineHint: lookOffline(affected) }
  }
  if (a !== undefined && n === 1) {
    return { state, pieces: parts(`headline.${state}.one`, { a: { name: a.name } }), offlineHint: false }
  }
  if (a !== undefined && b !== undefined && n === 2) {
    const names = { a: { name: a.name }, b: { name: b.name } }
    return { state, pieces: parts(`headline.${state}.two`, names), offlineHint: false }
  }
  return plain(state, say(`headline.${state}.many`, { n: counts[state], total }))
}

/** Everything began to fail within a minute, and no answer came back that a condition could judge. */
function lookOffline(rows: readonly EndpointRow[]): boolean {
  const times = rows.flatMap((row) => (row.sinceAt === undefined ? [] : [row.sinceAt]))
  if (times.length < rows.length || Math.max(...times) - Math.min(...times) > togetherMs) return false
  return rows.every((row) => row.reason !== undefined && !row.reason.startsWith('['))
}

/** `a`, `a and b`, `a, b and c`, `a, b, c and 2 more`; `total` when more are meant than are given. */
export function listText(names: readonly string[], total = names.length): string {
  const named = names.slice(0, 3)
  const more = total > named.length ? [say('list.rest', { n: total - named.length })] : []
  return new Intl.ListFormat(dateLocale()).format([...named, ...more])
}

/** The document's title: what is wrong first, then whose page it is. */
export function pageTitle(rows: readonly EndpointRow[], siteTitle: string): string {
  const counts = countStates(rows)
  if (counts.down > 0) return `✕ ${say('attention.down', { n: counts.down })} – ${siteTitle}`
  return counts.degraded > 0 ? `▲ ${say('attention.degraded', { n: counts.degraded })} – ${siteTitle}` : siteTitle
}
