import { afterCharacter } from './text.ts'

/**
 * A glob: `*` any run of characters, `?` one character, `[a-z]` and `[^a-z]` classes, a backslash quotes what follows.
 * It is the text between its stars; without parts it is malformed, and matches nothing.
 */
export interface Pattern {
  readonly parts: readonly Part[] | undefined
}

type Part = readonly Piece[]

type Piece =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'one' }
  | { readonly type: 'class'; readonly negated: boolean; readonly ranges: readonly CharacterRange[] }

interface CharacterRange {
  readonly from: number
  readonly to: number
}

/** Slashes are taken out of a pattern and of what it is matched with, so that they never matter. */
export function parsePattern(source: string): Pattern {
  const text = withoutSlashes(source)
  const parts: Piece[][] = []
  let part: Piece[] = []
  let quoted = ''
  const endText = () => {
    if (quoted !== '') part.push({ type: 'text', text: quoted })
    quoted = ''
  }
  for (let index = 0; index < text.length; ) {
    const char = text.charAt(index)
    if (char === '*') {
      endText()
      parts.push(part)
      part = []
      index++
    } else if (char === '?') {
      endText()
      part.push({ type: 'one' })
      index++
    } else if (char === '[') {
      endText()
      const found = parseClass(text, index + 1)
      if (found === undefined) return { parts: undefined }
      part.push(found.piece)
      index = found.end
    } else {
      const start = char === '\\' ? index + 1 : index
      if (start === text.length) return { parts: undefined }
      index = afterCharacter(text, start)
      quoted += text.slice(start, index)
    }
  }
  endText()
  return { parts: [...parts, part] }
}

function parseClass(text: string, start: number): { piece: Piece; end: number } | undefined {
  const negated = text.charAt(start) === '^'
  const ranges: CharacterRange[] = []
  let index = negated ? start + 1 : start
  while (ranges.length === 0 || text.charAt(index) !== ']') {
    const from = parseClassCharacter(text, index)
    if (from === undefined) return undefined
    index = from.end
    const to = text.charAt(index) === '-' ? parseClassCharacter(text, index + 1) : from
    if (to === undefined) return undefined
    index = to.end
    ranges.push({ from: from.code, to: to.code })
  }
  return { piece: { type: 'class', negated, ranges }, end: index + 1 }
}

function parseClassCharacter(text: string, index: number): { code: number; end: number } | undefined {
  const char = text.charAt(index)
  if (char === '' || char === '-' || char === ']') return undefined
  const start = char === '\\' ? index + 1 : index
  const code = text.codePointAt(start)
  return code === undefined ? undefined : { code, end: afterCharacter(text, start) }
}

/** Whether the pattern matches the whole text. */
export function matches({ parts }: Pattern, text: string): boolean {
  const [first, ...rest] = parts ?? []
  if (first === undefined) return false
  const subject = withoutSlashes(text)
  const start = afterPieces(subject, 0, first)
  const last = rest.pop()
  if (start === undefined || last === undefined) return start === subject.length
  // Only a part made to fit almost everywhere, in a text made for it, can exhaust this; it then counts as no match.
  const effort = { left: 64 * subject.length + 1_000_000 }
  let index: number | undefined = start
  // Taking the earliest place for each part leaves the most room for those after it, so nothing is ever tried again.
  for (const part of rest) {
    index = afterEarliest(subject, index, part, effort)
    if (index === undefined) return false
  }
  return endsWithPieces(subject, index, last)
}

/** Whether `pattern`, the argument of `pat(...)`, matches the whole text. A malformed pattern matches nothing. */
export const matchesPattern = (pattern: string, text: string) => matches(parsePattern(pattern), text)

const withoutSlashes = (text: string) => text.replaceAll('/', '')

/** The index after the first place from `start` on where the part fits. */
function afterEarliest(text: string, start: number, part: Part, effort: { left: number }): number | undefined {
  if (part.length === 0) return start
  const anchor = part.findIndex(({ type }) => type === 'text')
  const piece = part[anchor]
  if (piece?.type !== 'text') return afterEarliestClasses(text, start, part, effort)
  // Every piece before the anchor is one character.
  let found = text.indexOf(piece.text, start + anchor)
  for (; found !== -1 && effort.left > 0; found = text.indexOf(piece.text, found + 1)) {
    let begin = found
    for (let i = 0; i < anchor; i++) begin = beforeCharacter(text, begin)
    const end = begin < start ? undefined : afterPieces(text, begin, part)
    if (end !== undefined) return end
    effort.left -= part.length + piece.text.length
  }
  return undefined
}

function afterEarliestClasses(text: string, start: number, part: Part, effort: { left: number }): number | undefined {
  for (let index = start; index < text.length && effort.left > 0; index = afterCharacter(text, index)) {
    const end = afterPieces(text, index, part)
    if (end !== undefined) return end
    effort.left -= part.length
  }
  return undefined
}

function endsWithPieces(text: string, start: number, part: Part): boolean {
  let begin = text.length
  for (const piece of part.toReversed()) {
    begin = piece.type === 'text' ? begin - piece.text.length : beforeCharacter(text, begin)
  }
  return begin >= start && afterPieces(text, begin, part) === text.length
}

/** The index where the code point that ends at `index` begins. */
function beforeCharacter(text: string, index: number): number {
  return index >= 2 && afterCharacter(text, index - 2) === index ? index - 2 : index - 1
}

/** The index after the pieces if they all fit one after another from `start` on. */
function afterPieces(text: string, start: number, part: Part): number | undefined {
  let index = start
  for (const piece of part) {
    const end = afterPiece(text, index, piece)
    if (end === undefined) return undefined
    index = end
  }
  return index
}

function afterPiece(text: string, index: number, piece: Piece): number | undefined {
  if (piece.type === 'text') return text.startsWith(piece.text, index) ? index + piece.text.length : undefined
  if (index >= text.length) return undefined
  if (piece.type === 'class' && !inClass(text.codePointAt(index) ?? 0, piece)) return undefined
  return afterCharacter(text, index)
}

function inClass(code: number, { negated, ranges }: Extract<Piece, { type: 'class' }>): boolean {
  for (const { from, to } of ranges) {
    if (code >= from && code <= to) return !negated
  }
  return negated
}
