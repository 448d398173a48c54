import type { Document, ErrorCode, ParsedNode, YAMLError } from 'yaml'
import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, Parser } from 'yaml'
import { Scalar } from '../lib/scalar.ts'
import type { Issues } from './issues.ts'
import type { Entry, Mark, Node, Source } from './tree.ts'
import { isNull, list, mapping, placeOf } from './tree.ts'

/** Deeper than any configuration, and shallow enough for the stack. */
const deepest = 100

/** Aliases of aliases grow without measure; 10,000 endpoints with everything set are a tenth of this. */
const largest = 5_000_000

/** A problem at a place, which ends the reading of its file. */
class Unreadable extends Error {
  readonly offset: number
  readonly hint: string | undefined

  constructor(offset: number, message: string, hint?: string) {
    super(message)
    this.offset = offset
    this.hint = hint
  }
}

/** The tree of the first document of a file; `undefined` when it is empty, or when it was reported as unreadable. */
export function readYaml(source: Source, issues: Issues): Node | undefined {
  try {
    const document = firstDocument(source.expanded.text)
    const contents = document?.contents
    return contents === undefined || contents === null ? undefined : new Reader(source, issues).read(contents, 0)
  } catch (error) {
    const { offset, message, hint } = asUnreadable(error)
    issues.add({
      severity: 'error',
      place: source.placeOf(offset),
      path: '',
      reason: `invalid YAML: ${message}`,
      ...(hint !== undefined && { hint }),
    })
    return undefined
  }
}

function asUnreadable(error: unknown): Unreadable {
  if (error instanceof Unreadable) return error
  // The parser recurses, so deep nesting exhausts the stack before the tree gets here.
  if (error instanceof RangeError) return new Unreadable(0, 'nested too deeply')
  throw error
}

function firstDocument(text: string): Document.Parsed | undefined {
  // `failsafe` leaves every scalar as it is written: what it means depends on the field that reads it.
  const composer = new Composer({
    schema: 'failsafe',
    strict: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  })
  for (const document of composer.compose(new Parser().parse(text), true, text.length)) {
    // Only this document is used: what is wrong behind it does not matter.
    const error = document.errors.find(({ pos }) => pos[0] <= document.range[2])
    if (error !== undefined) throw unreadable(error)
    return document
  }
  return undefined
}

/** Our own words for the parser's: some of its messages repeat the text, in which there may be secrets. */
const explanations: Readonly<Partial<Record<ErrorCode, readonly [reason: string, hint?: string]>>> = {
  ALIAS_PROPS: ['an alias can have no tag and no anchor of its own'],
  BAD_ALIAS: ['this alias or anchor has no usable name'],
  BAD_DIRECTIVE: ['unknown % directive'],
  BAD_DQ_ESCAPE: ['unknown escape in a double-quoted text', 'write \\\\ for a backslash, or use single quotes'],
  BAD_INDENT: ['wrong indentation'],
  BAD_SCALAR_START: ['a text cannot start with this character', 'put it in quotes'],
  BLOCK_AS_IMPLICIT_KEY: ['a mapping or a list cannot start here', 'a text that contains ": " needs quotes'],
  BLOCK_IN_FLOW: ['inside [ ] and { } there can be no indented list, mapping or block text'],
  KEY_OVER_1024_CHARS: ['this key is too long'],
  MULTILINE_IMPLICIT_KEY: ['a key must be on one line', 'is a ":" or a closing quote missing?'],
  TAB_AS_INDENT: ['tabs cannot indent', 'use spaces'],
  RESOURCE_EXHAUSTION: ['nested too deeply'],
}

function unreadable({ code, message, pos }: YAMLError): Unreadable {
  const [reason, hint] = explanations[code] ?? (code === 'MISSING_CHAR' ? missing(message) : unexpected)
  if (code !== 'BAD_INDENT' || !message.startsWith('Flow')) return new Unreadable(pos[0], reason, hint)
  return new Unreadable(pos[0], 'a list or mapping in brackets is not closed', 'add ] or }, or indent this line more')
}

const unexpected = [
  'unexpected text here',
  'a text that begins with a bracket, a quote or an asterisk needs quotes',
] as const

function missing(message: string): readonly [reason: string, hint?: string] {
  if (message.includes('quote')) return ['the closing quote is missing', 'lines of a quoted text must be indented']
  if (message.includes('between')) return ['a comma is missing between two items']
  if (message.includes('map value')) return ['a ":" is missing after this key']
  if (message.includes('- indicator')) return ['a "-" is missing before this item']
  if (message.startsWith('Comments')) return ['a comment needs a space before its #']
  return ['a bracket, a comma or a ":" is missing here']
}

class Reader {
  readonly #source: Source
  readonly #issues: Issues
  /** What anchors stand for, by their last definition; `undefined` while it is being read. */
  readonly #anchors = new Map<string, Node | undefined>()

  constructor(source: Source, issues: Issues) {
    this.#source = source
    this.#issues = issues
  }

  read(node: ParsedNode, depth: number): Node {
    const offset = node.range[0]
    if (depth > deepest) throw new Unreadable(offset, 'nested too deeply')
    if (isAlias(node)) return this.#aliased(node.source, offset)
    const { anchor } = node
    if (anchor !== undefined) this.#anchors.set(anchor, undefined)
    const read = this.#readFresh(node, depth)
    if (read.size > largest) throw new Unreadable(offset, 'aliases make this far too large')
    if (anchor !== undefined) this.#anchors.set(anchor, read)
    return read
  }

  #aliased(name: string, offset: number): Node {
    const target = this.#anchors.get(name)
    if (target !== undefined) return target
    if (this.#anchors.has(name)) throw new Unreadable(offset, `*${name} is part of what it stands for`)
    throw new Unreadable(offset, `*${name} has no anchor before it`, `mark what it stands for with &${name}`)
  }

  #mark(offset: number): Mark {
    return { source: this.#source, offset }
  }

  #readFresh(node: ParsedNode, depth: number): Node {
    const mark = this.#mark(node.range[0])
    if (isMap(node)) return mapping(mark, this.#entriesOf(node.items, depth))
    if (isSeq(node))
      return list(
        mark,
        node.items.map((item) => this.read(item, depth + 1)),
      )
    if (!isScalar(node)) throw new Unreadable(node.range[0], 'unexpected text here')
    const [from, to] = node.range
    const fromEnvironment = this.#source.expanded.isFilledIn(from, to)
    const quoted = node.type !== 'PLAIN' || node.tag === 'tag:yaml.org,2002:str'
    const typed = node.tag?.startsWith('tag:yaml.org,2002:') && node.tag !== 'tag:yaml.org,2002:str'
    const scalar = new Scalar(String(node.value ?? ''), { quoted: quoted && !typed, fromEnvironment })
    return { kind: 'scalar', mark, size: 1, scalar }
  }

  #entriesOf(
    pairs: readonly { readonly key: ParsedNode; readonly value: ParsedNode | null }[],
    depth: number,
  ): Map<string, Entry> {
    const entries = new Map<string, Entry>()
    const merged: Node[] = []
    for (const { key, value } of pairs) {
      const offset = key.range[0]
      if (isScalar(key) && key.type === 'PLAIN' && key.value === '<<') {
        if (value !== null) merged.push(this.read(value, depth + 1))
        continue
      }
      const keyNode = this.read(key, depth + 1)
      if (keyNode.kind !== 'scalar') throw new Unreadable(offset, 'a key must be a text')
      const name = keyNode.scalar.text
      const first = entries.get(name)
      if (first !== undefined) {
        const place = this.#source.placeOf(offset)
        const reason = `mapping key ${keyNode.scalar.shown()} already defined at line ${placeOf(first.keyMark).line}`
        this.#issues.add({ severity: 'error', place, path: '', reason })
        continue
      }
      const empty: Node = { kind: 'scalar', mark: this.#mark(offset), size: 1, scalar: new Scalar('') }
      entries.set(name, { keyMark: this.#mark(offset), value: value === null ? empty : this.read(value, depth + 1) })
    }
    for (const node of merged) this.#merge(entries, node)
    return entries
  }

  /** `<<`: entries of other mappings, where there are none of that name yet. */
  #merge(entries: Map<string, Entry>, node: Node): void {
    if (isNull(node)) return
    if (node.kind === 'scalar') throw new Unreadable(node.mark.offset, '<< takes a mapping, or a list of mappings')
    if (node.kind === 'list') {
      for (const item of node.items) this.#merge(entries, item)
      return
    }
    for (const [name, entry] of node.entries) if (!entries.has(name)) entries.set(name, entry)
  }
}

/** Which of some offsets of a YAML text lie in a comment. */
export function commentedOut(text: string, offsets: ReadonlySet<number>): ReadonlySet<number> {
  const found = new Set<number>()
  const comments: [number, number][] = []
  let at = 0
  let previous = ''
  for (const token of new Lexer().lex(text)) {
    // The lexer marks modes with single control characters that are not in the text; the last announces a scalar.
    const isMark = token === '\x02' || token === '\x18' || token === '\x1f'
    if (token.startsWith('#') && previous !== '\x1f') comments.push([at, at + token.length])
    if (!isMark) at += token.length
    previous = token
  }
  const sorted = [...offsets].sort((a, b) => a - b)
  let index = 0
  for (const offset of sorted) {
    while (index < comments.length && (comments[index]?.[1] ?? 0) < offset) index++
    const comment = comments[index]
    if (comment !== undefined && comment[0] <= offset) found.add(offset)
  }
  return found
}
