import type { Condition, Literal, Operand } from './condition.ts'
import { formatShortDuration } from './duration.ts'
import type { FactSheet } from './facts.ts'
import { invalidText, lookUp } from './resolve.ts'
import { byteLength, firstCharacters } from './text.ts'

/** How an operand's value is shown: as text, as what a pattern is matched with, or as a number. */
type Style = 'text' | 'matched' | 'quantity'

/** The condition with the values that it met, as in `[STATUS] (500) == 200`. */
export function conditionText({ left, operator, right, test }: Condition, facts: FactSheet): string {
  const style = test.type === 'order' ? 'quantity' : test.type === 'pattern' ? 'matched' : 'text'
  return `${operandText(left, style, facts)} ${operator} ${operandText(right, style, facts)}`
}

function operandText(operand: Operand, style: Style, facts: FactSheet): string {
  const literal = asLiteral(operand, facts)
  if (literal !== undefined) return style === 'quantity' ? literalQuantityText(literal) : literal.source
  const value = lookUp(operand, facts)
  if (value === undefined && style !== 'matched') return invalidText(operand)
  const shown = cut(
    style === 'quantity' ? quantityText(operand, String(value)) : String(value ?? invalidText(operand)),
    style,
  )
  return shown === operand.source || shown === invalidText(operand) ? shown : `${operand.source} (${shown})`
}

/** Literals stand as they are, and so does a context path outside a suite. */
function asLiteral(operand: Operand, { facts }: FactSheet): Literal | undefined {
  const meant = operand.type === 'context' && facts.context === undefined ? operand.otherwise : operand
  return meant.type === 'literal' ? meant : undefined
}

/** What is no number was compared as 0, which the reader should see. */
const literalQuantityText = ({ source, quantity }: Literal) => (quantity === undefined ? `${source} (0)` : source)

function quantityText(operand: Operand, text: string): string {
  const expiration = operand.type === 'fact' && operand.name.endsWith('_EXPIRATION') && operand.call === undefined
  return expiration ? formatShortDuration(Number(text)) : text
}

const maximumCharacters = 1_024
const matchedBytes = 25

/** Bodies can be long. What a pattern is matched with is only recalled by its beginning. */
function cut(text: string, style: Style): string {
  if (style === 'matched') return fits(text, matchedBytes) ? text : cutTo(text, matchedBytes)
  const start = firstCharacters(text, maximumCharacters)
  return start.length === text.length ? text : cutTo(text, maximumCharacters)
}

const fits = (text: string, bytes: number) => text.length <= bytes && byteLength(text) <= bytes

const cutTo = (text: string, characters: number) => `${firstCharacters(text, characters)}...(truncated)`
