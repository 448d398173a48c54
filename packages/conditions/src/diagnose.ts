import { ConditionError } from './error.ts'
import { operators, type Span } from './lex.ts'
import { trimmedRange } from './text.ts'

const expected = 'expected a comparison such as =='
const example = 'write for example [STATUS] == 200'

/** What people write for the operators there are. */
const corrections: ReadonlyMap<string, string> = new Map([
  ['=', 'use == to compare'],
  ['===', 'use =='],
  ['!==', 'use !='],
  ['<>', 'use !='],
  ['≠', 'use !='],
  ['=>', 'use >='],
  ['≥', 'use >='],
  ['=<', 'use <='],
  ['≤', 'use <='],
  ['=~', 'use == pat(...), where * stands for any text'],
  ['~', 'use == pat(...), where * stands for any text'],
  ['!~', 'use != pat(...), where * stands for any text'],
  ['&&', 'write each comparison as a condition of its own: all of them must hold'],
  ['||', 'for alternatives use == any(a, b)'],
])

/** Why a text without a usable operator is no condition. */
export function missingOperator(source: string): ConditionError {
  const { start, end } = trimmedRange(source)
  if (start === end) return new ConditionError(source, 'the condition is empty', { start: 0, end: 0 }, example)
  const span = findOperator(source)
  if (span === undefined) return withoutSymbol(source, { start, end })
  const symbol = source.slice(span.start, span.end)
  const correction = corrections.get(symbol)
  if (correction !== undefined) return new ConditionError(source, expected, span, correction)
  if (!isOperator(symbol))
    return new ConditionError(source, expected, span, `the operators are ${operators.join(', ')}`)
  if (span.end === end) return missingValue(source, symbol, span)
  if (span.start === start) return new ConditionError(source, `expected a value before ${symbol}`, span, example)
  return missingSpace(source, symbol, span)
}

function missingValue(source: string, symbol: string, span: Span): ConditionError {
  const hint =
    source.length === span.end && source.charAt(span.start - 1) === ' '
      ? `for the empty text, quote the condition and end it with a space: '${source.trim().slice(-40)} '`
      : example
  return new ConditionError(source, `expected a value after ${symbol}`, { start: span.end, end: span.end }, hint)
}

function missingSpace(source: string, symbol: string, span: Span): ConditionError {
  const before = source.charAt(span.start - 1) !== ' '
  const place = before ? { start: span.start - 1, end: span.start } : { start: span.end, end: span.end + 1 }
  const side = before ? 'before' : 'after'
  const tab = source.charAt(place.start) === '\t' ? ', not a tab,' : ''
  const hint = `put a space on each side: ${example.slice('write for example '.length).replace('==', symbol)}`
  return new ConditionError(source, `expected a space${tab} ${side} ${symbol}`, tab === '' ? span : place, hint)
}

function withoutSymbol(source: string, span: Span): ConditionError {
  const word = /\s(equals?|is|contains|matches|and|or)\s/i.exec(source.slice(0, 1_000))
  if (word === null) {
    const place = { start: span.end, end: span.end }
    return new ConditionError(source, expected, place, `${example}; the operators are ${operators.join(', ')}`)
  }
  const name = (word[1] ?? '').toLowerCase()
  const start = word.index + 1
  const hint = name === 'contains' || name === 'matches' ? 'use == pat(*...*)' : example
  return new ConditionError(source, expected, { start, end: start + name.length }, hint)
}

const isOperator = (symbol: string) => operators.some((operator) => operator === symbol)

const symbolCharacters = '=!<>≠≥≤~&|?'

/** The first run of operator characters outside parentheses, or else inside. */
function findOperator(source: string): Span | undefined {
  let inside: Span | undefined
  let depth = 0
  for (let i = 0; i < source.length; i++) {
    const char = source.charAt(i)
    if (char === '(') depth++
    else if (char === ')') depth--
    else if (symbolCharacters.includes(char)) {
      const span = { start: i, end: afterSymbol(source, i) }
      if (depth <= 0) return span
      inside ??= span
      i = span.end - 1
    }
  }
  return inside
}

function afterSymbol(source: string, start: number): number {
  let end = start
  while (end < source.length && symbolCharacters.includes(source.charAt(end))) end++
  return end
}
