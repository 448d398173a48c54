import type { Condition, Operand } from './condition.ts'
import { factNames } from './facts.ts'
import { lex, type Span } from './lex.ts'

/** Something that is no error and yet seldom what was meant. */
export interface ConditionWarning {
  readonly span: Span
  readonly problem: string
  readonly hint: string
}

/** At load: what in a condition is probably a slip, in the order of the text. */
export function conditionWarnings(condition: Condition): readonly ConditionWarning[] {
  const tokens = lex(condition.source)
  if (tokens === undefined) return []
  const { left, operator, right, ignored } = tokens
  return [
    ...operandWarnings(condition, condition.left, left.span),
    ...operandWarnings(condition, condition.right, right.span),
    ...(ignored === undefined ? [] : [ignoredWarning(operator, ignored)]),
  ]
}

function operandWarnings({ test }: Condition, operand: Operand, span: Span): ConditionWarning[] {
  const name = unknownName(operand.source)
  if (name !== undefined) {
    const guess = nearest(name.toUpperCase())
    const hint = guess === undefined ? `the placeholders are ${placeholders.join(', ')}` : `did you mean ${guess}?`
    return [{ span, problem: `[${name}] is no placeholder and is compared as it stands`, hint }]
  }
  if (operand.type === 'unknown') {
    return [{ span, problem: `${operand.call}(...) takes a placeholder`, hint: `write ${operand.call}([BODY].name)` }]
  }
  if (operand.type !== 'literal') return []
  if (test.type === 'order' && operand.quantity === undefined) {
    const hint = 'write a number such as 200 or 0.75, or a duration such as 500ms, 1h30m or 14d'
    return [{ span, problem: 'this is neither a number nor a duration and counts as 0', hint }]
  }
  if (test.type === 'pattern' && test.subject !== operand && test.pattern.parts === undefined) {
    return [{ span, problem: 'the pattern is malformed and matches nothing', hint: 'write \\[ for a plain [' }]
  }
  const call = /^(len|has|pat|any)\(.*\)$/is.exec(operand.source)?.[1]
  if (call === undefined || call === call.toLowerCase()) return []
  return [{ span, problem: `${call}(...) is compared as it stands`, hint: `write ${call.toLowerCase()}(...)` }]
}

function ignoredWarning(operator: string, span: Span): ConditionWarning {
  const problem = `everything from the second ${operator} on is ignored`
  return { span, problem, hint: 'write each comparison as a condition of its own: all of them must hold' }
}

const placeholders = [...factNames, 'CONTEXT'].map((name) => `[${name}]`)

/** The name in brackets that an operand begins with, or that its function is given, if there is no such placeholder. */
function unknownName(source: string): string | undefined {
  const name = /^(?:len\(|has\()?\[([A-Za-z_-]{1,40})\]/.exec(source)?.[1]
  if (name === undefined || placeholders.includes(`[${name.toUpperCase()}]`)) return undefined
  // Lists are written in brackets too, so a word in small letters has to resemble a placeholder.
  return name === name.toUpperCase() || (name.length > 3 && nearest(name.toUpperCase()) !== undefined)
    ? name
    : undefined
}

function nearest(name: string): string | undefined {
  let best: string | undefined
  let least = Math.floor(name.length / 3) + 1
  for (const placeholder of placeholders) {
    const steps = distance(name.replaceAll('-', '_'), placeholder.slice(1, -1))
    if (steps < least) {
      best = placeholder
      least = steps
    }
  }
  return best
}

/** Letters to insert, delete, replace or swap with their neighbour. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const inserted = Math.min(previous[j] ?? 0, current[j - 1] ?? 0) + 1
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : Infinity
      current.push(Math.min(replaced, inserted, swapped))
    }
    before = previous
    previous = current
  }
  return previous[b.length] ?? 0
}
