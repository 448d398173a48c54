import type { Span } from './lex.ts'

/** A condition that cannot be read, with where and why. Its message is the one line that monitors of this family give. */
export class ConditionError extends Error {
  override readonly name = 'ConditionError'
  readonly source: string
  /** What is wrong, in a few words. */
  readonly problem: string
  readonly span: Span
  /** What to write instead. */
  readonly hint: string | undefined

  constructor(source: string, problem: string, span: Span, hint?: string) {
    super(`invalid condition: ${source}`)
    this.source = source
    this.problem = problem
    this.span = span
    this.hint = hint
  }
}

/**
 * The problem, the condition with a caret under the place, and the hint:
 *
 *     expected a comparison such as == at column 10
 *       [STATUS] = 200
 *                ^
 *       hint: write == to compare
 */
export function explain({ source, problem, span, hint }: ConditionError): string {
  const { line, caret } = excerpt(source, span)
  const column = characters(source.slice(0, span.start)) + 1
  const lines = [`${problem} at column ${column}`, `  ${line}`, `  ${caret}`]
  return [...lines, ...(hint === undefined ? [] : [`  hint: ${hint}`])].join('\n')
}

/** Enough of the source to find the place in, on one line. */
function excerpt(source: string, span: Span): { line: string; caret: string } {
  const from = span.start > 60 ? span.start - 40 : 0
  const to = Math.min(source.length, from + 100)
  const before = (from > 0 ? '…' : '') + visible(source.slice(from, span.start))
  const after = visible(source.slice(span.start, to)) + (to < source.length ? '…' : '')
  const marked = Math.max(1, characters(source.slice(span.start, Math.min(span.end, to))))
  return { line: before + after, caret: ' '.repeat(characters(before)) + '^'.repeat(marked) }
}

/** Control characters as the pictures that Unicode has of them, each as wide as it is in the source. */
const visible = (text: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  text.replace(/[\u0000-\u001f]/g, (char) => String.fromCharCode(0x2400 + char.charCodeAt(0)))

const characters = (text: string) => [...text].length
