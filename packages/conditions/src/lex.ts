import { trimmedRange } from './text.ts'

/** Indexes into the source: from `start`, to before `end`. */
export interface Span {
  readonly start: number
  readonly end: number
}

export interface Token {
  readonly text: string
  readonly span: Span
}

/** In the order in which they are looked for: the first one that occurs anywhere divides the condition. */
export const operators = ['==', '!=', '<=', '>=', '>', '<'] as const

export type Operator = (typeof operators)[number]

export interface Tokens {
  readonly left: Token
  readonly operator: Operator
  readonly right: Token
  /** A second occurrence of the operator and everything after it, which means nothing. */
  readonly ignored?: Span
}

/** Undefined without an operator that has a space on each side. Operands have no quotes; they are whatever is around it. */
export function lex(source: string): Tokens | undefined {
  for (const operator of operators) {
    const separator = ` ${operator} `
    const first = source.indexOf(separator)
    if (first === -1) continue
    const start = first + separator.length
    const second = source.indexOf(separator, start)
    const left = token(source, 0, first)
    const right = token(source, start, second === -1 ? source.length : second)
    return { left, operator, right, ...(second !== -1 && { ignored: { start: second, end: source.length } }) }
  }
  return undefined
}

function token(source: string, from: number, to: number): Token {
  const { start, end } = trimmedRange(source.slice(from, to))
  const span = { start: from + start, end: from + end }
  return { text: source.slice(span.start, span.end), span }
}
