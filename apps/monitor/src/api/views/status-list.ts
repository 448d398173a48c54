import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BoardEntry, RecentResults } from '../../domain/board.ts'
import type { Page } from '../pagination.ts'
import { pageSpan } from '../pagination.ts'
import { resultJson, statusHead, statusTail } from './status-json.ts'

/** So much is done at a time, some milliseconds of work; checks and other requests have their turn between. */
const resultsPerTurn = 4_000
const bytesPerTurn = 4 * 1024 * 1024

/** The lists of so many page sizes are remembered. */
const listsKept = 2

/** Results that follow one another, the first of them being the `first` that there ever was, and where in `starts` they begin. */
interface Piece {
  readonly first: number
  readonly count: number
  readonly at: number
}

interface List {
  readonly body: Buffer<ArrayBuffer>
  readonly pieces: WeakMap<RecentResults, Piece>
  /** Where in the body each result begins, piece by piece, and where in each a further one would. */
  readonly starts: readonly number[]
}

/** Makes lists of the pages of endpoints. Results that are in the list made before are taken from it. */
export function createStatusLists() {
  const lists = new Map<string, List>()

  return async (entries: readonly BoardEntry[], page: Page): Promise<Buffer<ArrayBuffer>> => {
    const id = `${page.page} ${page.pageSize}`
    const list = await listAfter(lists.get(id), entries, page)
    lists.delete(id)
    lists.set(id, list)
    for (const oldest of lists.keys()) {
      if (lists.size <= listsKept) break
      lists.delete(oldest)
    }
    return list.body
  }
}

async function listAfter(before: List | undefined, entries: readonly BoardEntry[], page: Page): Promise<List> {
  const text = createText(before?.body.length ?? 0)
  const pieces: List['pieces'] = new WeakMap()
  const starts: number[] = []
  let made = 0
  let turnEndsAt = bytesPerTurn

  const make = (results: RecentResults, from: number, to: number) => {
    for (const result of results.slice(from, to)) {
      starts.push(text.length)
      text.add(`${resultJson(result)},`)
      made += 1
    }
  }

  /** Takes the results `from` up to, not including, `to` of a piece. */
  const take = (list: List, { at }: Piece, from: number, to: number) => {
    const begin = list.starts[at + from] ?? 0
    const shift = text.length - begin
    // Behind the last one of a piece there is no comma.
    text.copy(list.body, begin, (list.starts[at + to] ?? 0) - 1)
    text.add(',')
    for (let index = from; index < to; index += 1) starts.push((list.starts[at + index] ?? 0) + shift)
  }

  text.add('[')
  for (const [index, { endpoint, results }] of entries.entries()) {
    const { from, to } = pageSpan(results.length, page)
    const gone = results.total - results.length
    const piece = { first: gone + from, count: to - from, at: starts.length }
    const known = before?.pieces.get(results)
    const knownFrom = Math.max(known?.first ?? to, gone + from) - gone
    const knownTo = Math.min(known === undefined ? 0 : known.first + known.count, gone + to) - gone

    text.add(index === 0 ? '' : ',')
    text.add(statusHead(endpoint))
    if (before !== undefined && known !== undefined && knownFrom < knownTo) {
      make(results, from, knownFrom)
      take(before, known, knownFrom + gone - known.first, knownTo + gone - known.first)
      make(results, knownTo, to)
    } else {
      make(results, from, to)
    }
    starts.push(text.length)
    if (to > from) text.dropLast()
    text.add(statusTail([]))
    pieces.set(results, piece)

    if (made < resultsPerTurn && text.length < turnEndsAt) continue
    made = 0
    turnEndsAt = text.length + bytesPerTurn
    await nextTurn()
  }
  text.add(']')
  return { body: text.whole(), pieces, starts }
}

/** A text put together as bytes; `expected` is about how many. */
function createText(expected: number) {
  let bytes = Buffer.allocUnsafeSlow(Math.max(Math.ceil(expected * 1.1), 64 * 1024))
  let length = 0

  const reserve = (further: number) => {
    if (length + further <= bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(bytes.length * 2, length + further))
    bytes.copy(larger, 0, 0, length)
    bytes = larger
  }

  return {
    get length() {
      return length
    },
    add(text: string) {
      // No unit of UTF-16 takes more than three bytes.
      reserve(text.length * 3)
      length += bytes.write(text, length)
    },
    copy(source: Buffer, from: number, to: number) {
      reserve(to - from)
      length += source.copy(bytes, length, from, to)
    },
    dropLast() {
      length -= 1
    },
    whole: () => bytes.subarray(0, length),
  }
}
