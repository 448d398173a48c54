import type { Condition, ConditionResult, Literal, Operand, Options, Test } from './condition.ts'
import type { FactSheet } from './facts.ts'
import { conditionText } from './format.ts'
import { parseInteger } from './integer.ts'
import { LongNumber } from './json.ts'
import { compareNumerics, type Numeric, parseDecimal, parseQuantity } from './number.ts'
import { matches } from './pattern.ts'
import { isByValue, resolve, type Value } from './resolve.ts'

/** When to show the values that a condition met: by default where it failed. */
export interface Display {
  readonly dontResolveFailed?: boolean
  readonly resolveSuccessful?: boolean
}

const byDefault: Display = {}

/** Whether the condition holds, and the text to show for it. Never throws. */
export function evaluate(condition: Condition, facts: FactSheet, display: Display = byDefault): ConditionResult {
  const success = holds(condition.test, facts)
  if (success && display.resolveSuccessful !== true) return condition.passed
  if (!success && display.dontResolveFailed === true) return condition.failed
  return { condition: conditionText(condition, facts), success }
}

function holds(test: Test, facts: FactSheet): boolean {
  switch (test.type) {
    case 'order':
      return ordered(test.operator, compareNumerics(quantity(test.left, facts), quantity(test.right, facts)))
    case 'equal':
      return equal(test.left, test.right, facts) !== test.negated
    case 'pattern':
      return matches(test.pattern, String(resolve(test.subject, facts))) !== test.negated
    case 'any':
      return isAnyOf(test.subject, test.options, facts) !== test.negated
  }
}

function ordered(operator: '<' | '<=' | '>' | '>=', order: number): boolean {
  switch (operator) {
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
  }
}

/** Whatever is no number and no duration counts as 0, and so does a path that leads nowhere. */
function quantity(operand: Operand, facts: FactSheet): Numeric {
  if (operand.type === 'literal') return operand.quantity ?? 0
  const value = resolve(operand, facts)
  return (typeof value === 'string' ? parseQuantity(value) : numeric(value)) ?? 0
}

function equal(left: Operand, right: Operand, facts: FactSheet): boolean {
  if (right.type === 'literal') return equalsLiteral(left, resolve(left, facts), right)
  if (left.type === 'literal') return equalsLiteral(right, resolve(right, facts), left)
  const a = resolve(left, facts)
  const b = resolve(right, facts)
  if (typeof a === 'number' && typeof b === 'number') return a === b
  if (isByValue(left) && isByValue(right) && typeof a !== 'string' && typeof b !== 'string') return sameValue(a, b)
  return equalTexts(String(a), String(b))
}

function equalsLiteral(operand: Operand, value: Value, literal: Literal): boolean {
  if (typeof value === 'number' && literal.safeInteger !== undefined) return value === literal.safeInteger
  if (typeof value !== 'string' && literal.decimal !== undefined && isByValue(operand)) {
    if (compareNumerics(numeric(value), literal.decimal) === 0) return true
  }
  const text = String(value)
  return text === literal.source || (literal.integer !== undefined && literal.integer === parseInteger(text))
}

function isAnyOf(subject: Operand, { texts, values }: Options, facts: FactSheet): boolean {
  const value = resolve(subject, facts)
  if (texts.has(String(value))) return true
  if (typeof value === 'string' || !isByValue(subject)) return false
  const number = numeric(value)
  return values.some((option) => compareNumerics(number, option) === 0)
}

/** Integers by value, everything else as text. */
function equalTexts(a: string, b: string): boolean {
  if (a === b) return true
  const integer = parseInteger(a)
  return integer !== undefined && integer === parseInteger(b)
}

const sameValue = (a: Exclude<Value, string>, b: Exclude<Value, string>) =>
  compareNumerics(numeric(a), numeric(b)) === 0 || String(a) === String(b)

/** The exact number: a double means the decimal that it prints as. */
function numeric(value: Exclude<Value, string>): Numeric {
  if (typeof value === 'number') return value
  return (value instanceof LongNumber ? parseDecimal(value.source) : parseDecimal(String(value))) ?? 0
}
