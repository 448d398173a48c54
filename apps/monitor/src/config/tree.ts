import type { Scalar } from '../lib/scalar.ts'
import type { Expanded } from './environment.ts'
import type { Place } from './issues.ts'

const longestCounted = 2_000

/** A file of the configuration: its text as the user wrote it, and as YAML read it. */
export class Source {
  readonly file: string
  readonly expanded: Expanded
  readonly #text: string
  readonly #lineStarts: number[] = [0]

  constructor(file: string, text: string, expanded: Expanded) {
    this.file = file
    this.expanded = expanded
    this.#text = text
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#lineStarts.push(at + 1)
  }

  /** Where an offset of the expanded text stands in the file. */
  placeOf(offset: number): Place {
    const at = Math.min(this.expanded.sourceOffset(offset), this.#text.length)
    let low = 0
    let high = this.#lineStarts.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#lineStarts[middle] ?? 0) <= at) low = middle + 1
      else high = middle
    }
    const before = this.#text.slice(this.#lineStarts[low - 1], at).replace('\ufeff', '')
    // Characters, not UTF-16 units, but for lines that nobody reads: counting them again and again would take long.
    const count = before.length > longestCounted ? before.length : [...before].length
    return { file: this.file, line: low, column: count + 1 }
  }
}

/** A point in a file, cheap to keep for every node. */
export interface Mark {
  readonly source: Source
  readonly offset: number
}

export const placeOf = ({ source, offset }: Mark): Place => source.placeOf(offset)

interface Located {
  readonly mark: Mark
  /** Nodes in it, itself included, with aliases written out. */
  readonly size: number
}

export interface Entry {
  readonly keyMark: Mark
  readonly value: Node
}

export interface MapNode extends Located {
  readonly kind: 'mapping'
  readonly entries: ReadonlyMap<string, Entry>
}

export interface ListNode extends Located {
  readonly kind: 'list'
  readonly items: readonly Node[]
}

export interface ScalarNode extends Located {
  readonly kind: 'scalar'
  readonly scalar: Scalar
}

/** A YAML tree that knows where each of its nodes stands; aliases and merge keys are resolved. */
export type Node = MapNode | ListNode | ScalarNode

export const isNull = (node: Node): boolean => node.kind === 'scalar' && node.scalar.value === undefined

/**
 * Plain objects and lists with `Scalar` leaves, as the fields of a schema read them; a null is `undefined`. Without
 * the keys `leftOut` of a mapping.
 */
export function plain(node: Node, leftOut: readonly string[] = []): unknown {
  if (node.kind === 'list') return node.items.map((item) => plain(item))
  if (node.kind === 'scalar') return isNull(node) ? undefined : node.scalar
  const entries: [string, unknown][] = []
  for (const [key, { value }] of node.entries) if (!leftOut.includes(key)) entries.push([key, plain(value)])
  return Object.fromEntries(entries)
}

export const mapping = (mark: Mark, entries: ReadonlyMap<string, Entry>): MapNode => {
  let size = 1
  for (const { value } of entries.values()) size += value.size
  return { kind: 'mapping', mark, size, entries }
}

export const list = (mark: Mark, items: readonly Node[]): ListNode => {
  let size = 1
  for (const item of items) size += item.size
  return { kind: 'list', mark, size, items }
}
