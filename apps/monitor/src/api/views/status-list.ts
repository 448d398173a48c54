import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BoardEntry } from '../../domain/board.ts'
import type { Page } from '../pagination.ts'
import { statusJson } from './status-json.ts'

/** So many results are written at a time, some milliseconds of work; checks and other requests have their turn between. */
const resultsPerTurn = 4_000

/** The lists of so many page sizes are remembered. */
const listsKept = 2

/** Where the page of one endpoint stands in the list made last, in bytes. */
interface Piece {
  readonly version: number
  readonly from: number
  readonly to: number
}

interface List {
  readonly body: Buffer
  readonly pieces: WeakMap<BoardEntry, Piece>
}

const comma = Buffer.from(',')

/** Makes lists of the pages of endpoints. What has not changed since the list made before is taken from it. */
export function createStatusLists() {
  const lists = new Map<string, List>()

  return async (entries: readonly BoardEntry[], page: Page): Promise<Buffer<ArrayBuffer>> => {
    const id = `${page.page} ${page.pageSize}`
    const before = lists.get(id)
    const parts: Buffer[] = []
    const pieces = new WeakMap<BoardEntry, Piece>()
    let length = 1
    let written = 0
    for (const entry of entries) {
      const { version } = entry
      const known = before?.pieces.get(entry)
      const isKnown = before !== undefined && known?.version === version
      if (!isKnown) written += Math.min(page.pageSize, entry.results.length)
      const part = isKnown ? before.body.subarray(known.from, known.to) : Buffer.from(statusJson(entry, page, false))
      if (parts.length > 0) parts.push(comma)
      const from = length + (parts.length > 0 ? 1 : 0)
      parts.push(part)
      length = from + part.length
      pieces.set(entry, { version, from, to: length })
      if (written >= resultsPerTurn) {
        written = 0
        await nextTurn()
      }
    }
    const body = Buffer.concat([Buffer.from('['), ...parts, Buffer.from(']')])
    lists.delete(id)
    lists.set(id, { body, pieces })
    for (const oldest of lists.keys()) {
      if (lists.size <= listsKept) break
      lists.delete(oldest)
    }
    return body
  }
}
