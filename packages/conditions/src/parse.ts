import type {
  BodyPathOperand,
  Call,
  Condition,
  Literal,
  Need,
  Operand,
  Options,
  Test,
  UnknownOperand,
} from './condition.ts'
import { missingOperator } from './diagnose.ts'
import { type FactName, factNames } from './facts.ts'
import { parseInteger } from './integer.ts'
import { parseJsonPath } from './json-path.ts'
import { lex, type Operator } from './lex.ts'
import { isDecimalText, type Numeric, parseDecimal, parseQuantity } from './number.ts'
import { parsePattern } from './pattern.ts'
import { trim } from './text.ts'

/** Throws ConditionError if there is no operator with a space on each side; every other text means something. */
export function parseCondition(source: string): Condition {
  const tokens = lex(source)
  if (tokens === undefined) throw missingOperator(source)
  const left = parseOperand(tokens.left.text)
  const right = parseOperand(tokens.right.text)
  return {
    source,
    needs: placeholderNeeds(source),
    operator: tokens.operator,
    left,
    right,
    test: parseTest(tokens.operator, left, right),
    passed: Object.freeze({ condition: source, success: true }),
    failed: Object.freeze({ condition: source, success: false }),
  }
}

const needs: readonly (readonly [string, Need])[] = [
  ['[BODY]', 'body'],
  ['[IP]', 'ip'],
  ['[DOMAIN_EXPIRATION]', 'domainExpiration'],
]

/** What a check must find out for the text's sake: any placeholder in it counts, in any letter case. */
export function placeholderNeeds(text: string): ReadonlySet<Need> {
  const upper = text.toUpperCase()
  return new Set(needs.filter(([placeholder]) => upper.includes(placeholder)).map(([, need]) => need))
}

function parseTest(operator: Operator, left: Operand, right: Operand): Test {
  if (operator !== '==' && operator !== '!=') return { type: 'order', operator, left, right }
  const negated = operator === '!='
  const patterns = { left: innerText(left, 'pat'), right: innerText(right, 'pat') }
  const alternatives = { left: innerText(left, 'any'), right: innerText(right, 'any') }
  const pattern = onlyOne(patterns.left, patterns.right)
  if (pattern !== undefined) {
    const subject = patterns.left === undefined ? left : right
    return { type: 'pattern', negated, subject, pattern: parsePattern(pattern) }
  }
  const options = onlyOne(alternatives.left, alternatives.right)
  if (options !== undefined) {
    const subject = alternatives.left === undefined ? left : right
    return { type: 'any', negated, subject, options: parseOptions(options) }
  }
  const inner = patterns.left === undefined ? alternatives : patterns
  if (inner.left === undefined || inner.right === undefined) return { type: 'equal', negated, left, right }
  return { type: 'equal', negated, left: parseLiteral(inner.left), right: parseLiteral(inner.right) }
}

/** What stands between the parentheses of a literal `pat(...)` or `any(...)`. */
function innerText(operand: Operand, name: 'pat' | 'any'): string | undefined {
  return operand.type === 'literal' ? argumentOf(operand.source, name) : undefined
}

export const argumentOf = (text: string, name: 'pat' | 'any' | Call) =>
  text.startsWith(`${name}(`) && text.endsWith(')') ? text.slice(name.length + 1, -1) : undefined

function onlyOne(left: string | undefined, right: string | undefined): string | undefined {
  if (left === undefined) return right
  return right === undefined ? left : undefined
}

function parseOptions(text: string): Options {
  const texts = new Set<string>()
  const values: Numeric[] = []
  for (const option of text.split(',').map(trim)) {
    texts.add(option)
    const value = decimalValue(option)
    if (value !== undefined) values.push(value)
  }
  return { texts, values }
}

/** An operand without white space around it. */
export function parseOperand(source: string): Operand {
  for (const call of ['len', 'has'] as const) {
    const inner = argumentOf(source, call)
    if (inner !== undefined) return parseLookup(source, inner, call) ?? { type: 'unknown', source, call }
  }
  return parseLookup(source, source, undefined) ?? parseLiteral(source)
}

function parseLookup(source: string, text: string, call: Call | undefined): Operand | undefined {
  if (text.charAt(0) !== '[') return undefined
  const name = factNamed.get(text.slice(0, longestFact).toUpperCase())
  if (name !== undefined) return { type: 'fact', source, name, call }
  if (startsWithName(text, '[CONTEXT]')) {
    const keys = text.charAt(9) === '.' ? text.slice(10).split('.') : undefined
    const otherwise: Literal | UnknownOperand =
      call === undefined ? parseLiteral(source) : { type: 'unknown', source, call }
    return { type: 'context', source, keys, call, otherwise }
  }
  if (startsWithName(text, '[BODY].')) return bodyPath(source, text.slice(7), call)
  return startsWithName(text, '[BODY][') ? bodyPath(source, text.slice(6), call) : undefined
}

const factNamed: ReadonlyMap<string, FactName> = new Map(factNames.map((name) => [`[${name}]`, name]))

const longestFact = Math.max(...[...factNamed.keys()].map(({ length }) => length)) + 1

const startsWithName = (text: string, name: string) => text.slice(0, name.length).toUpperCase() === name

function bodyPath(source: string, path: string, call: Call | undefined): BodyPathOperand {
  return { type: 'path', source, call, path: path === '' ? undefined : parseJsonPath(path) }
}

export function parseLiteral(source: string): Literal {
  const integer = parseInteger(source)
  const safeInteger = integer !== undefined && Number.isSafeInteger(Number(integer)) ? Number(integer) : undefined
  return {
    type: 'literal',
    source,
    integer,
    safeInteger,
    decimal: decimalValue(source),
    quantity: parseQuantity(source),
  }
}

const decimalValue = (text: string) => (isDecimalText(text) ? parseDecimal(text) : undefined)
