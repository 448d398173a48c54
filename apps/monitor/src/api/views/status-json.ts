import type { BoardEntry } from '../../domain/board.ts'
import type { Result } from '../../domain/result.ts'
import { rfc3339 } from '../../lib/timestamp.ts'
import type { GatusResult, GatusStatus } from '../contract.ts'
import type { Page } from '../pagination.ts'
import { pageSpan } from '../pagination.ts'

const nsPerMs = 1_000_000

/** A result as the Gatus API shows it: nanoseconds, RFC 3339, empty members left out. */
export const gatusResult = (result: Result): GatusResult => ({
  ...(result.status ? { status: result.status } : {}),
  ...(result.hostname ? { hostname: result.hostname } : {}),
  duration: Math.round(result.durationMs * nsPerMs),
  ...(result.errors.length > 0 ? { errors: result.errors } : {}),
  ...(result.conditions.length > 0 ? { conditionResults: result.conditions } : {}),
  success: result.success,
  timestamp: rfc3339(result.at),
})

function gatusStatus(entry: BoardEntry, page: Page): GatusStatus {
  const { name, group, key } = entry.endpoint
  const { from, to } = pageSpan(entry.results.length, page)
  return {
    name,
    ...(group === '' ? {} : { group }),
    key,
    results: entry.results.slice(from, to).map(gatusResult),
  }
}

/** JSON of one endpoint's page of results; its events too, when asked for. */
export function statusJson(entry: BoardEntry, page: Page, withEvents: boolean): string {
  const status = gatusStatus(entry, page)
  const events = withEvents ? entry.events.slice().map(({ type, at }) => ({ type, timestamp: rfc3339(at) })) : []
  return JSON.stringify(events.length > 0 ? { ...status, events } : status)
}

/** So many page sizes of one endpoint are kept serialised. */
const pagesKept = 4

/** Serialised pages per endpoint, kept until its next result. */
export function createStatusPieces() {
  const kept = new WeakMap<BoardEntry, { version: number; pages: Map<string, Buffer> }>()

  return (entry: BoardEntry, page: Page): Buffer => {
    let pieces = kept.get(entry)
    if (pieces?.version !== entry.version) {
      pieces = { version: entry.version, pages: new Map() }
      kept.set(entry, pieces)
    }
    const id = `${page.page} ${page.pageSize}`
    const known = pieces.pages.get(id)
    if (known !== undefined) return known
    const piece = Buffer.from(statusJson(entry, page, false))
    if (pieces.pages.size < pagesKept) pieces.pages.set(id, piece)
    return piece
  }
}
