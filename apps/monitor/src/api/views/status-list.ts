import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BoardEntry, RecentResults } from '../../domain/board.ts'
import type { Result } from '../../domain/result.ts'
import type { Page } from '../pagination.ts'
import { pageSpan } from '../pagination.ts'
import { resultJson, statusHead, statusTail } from './status-json.ts'

/** So much is done at a time, some milliseconds of work; checks and other requests have their turn between. */
const resultsPerTurn = 4_000
const bytesPerTurn = 4 * 1024 * 1024

/** The lists of so many page sizes are remembered. */
const listsKept = 2

/** Results that follow one another: how many had been before the first of them, and where in `starts` they begin. */
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

  const make = (results: readonly Result[]) => {
    for (const result of results) {
      starts.push(text.length)
      text.add(`${resultJson(result)},`)
    }
    made += results.length
  }

  /** Takes the results `from` up to, not including, `to` out of the list before. */
  const take = (list: List, { first, at }: Piece, from: number, to: number) => {
    const begins = list.starts.slice(at + from - first, at + to - first + 1)
    const end = begins.pop() ?? 0
    const [begin = 0] = begins
    const shift = text.length - begin
    for (const start of begins) starts.push(start + shift)
    // Behind the last one of a piece there is no comma.
    text.copy(list.body, begin, end - 1)
    text.add(',')
  }

  text.add('[')
  for (const [index, { endpoint, results }] of entries.entries()) {
    const span = pageSpan(results.length, page)
    const gone = results.total - results.length
    const [first, end] = [gone + span.from, gone + span.to]
    const known = before?.pieces.get(results)
    const { from, to } = overlap(known, first, end)
    const at = starts.length

    text.add(`${index === 0 ? '' : ','}${statusHead(endpoint)}`)
    make(results.slice(first - gone, from - gone))
    if (before !== undefined && known !== undefined && from < to) take(before, known, from, to)
    make(results.slice(to - gone, end - gone))
    starts.push(text.length)
    if (first < end) text.dropLast()
    text.add(statusTail([]))
    pieces.set(results, { first, count: end - first, at })

    if (made < resultsPerTurn && text.length < turnEndsAt) continue
    made = 0
    turnEndsAt = text.length + bytesPerTurn
    await nextTurn()
  }
  text.add(']')
  return { body: text.whole(), pieces, starts }
}

/** What of `first` up to, not including, `end` is in a piece; nothing at the end of it, if nothing is. */
function overlap(piece: Piece | undefined, first: number, end: number): { readonly from: number; readonly to: number } {
  const from = Math.max(first, piece?.first ?? end)
  const to = Math.min(end, piece === undefined ? end : piece.first + piece.count)
  return from < to ? { from, to } : { from: end, to: end }
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
