import type { ContextValue } from './context.ts'
import { createFacts, type FactSheet } from './facts.ts'
import { LongNumber } from './json.ts'
import { parseOperand } from './parse.ts'
import { invalidText, lookUp, type Value } from './resolve.ts'
import { trim } from './text.ts'

export interface Resolved {
  /** The text that the placeholder becomes; marked `(INVALID)` if it leads nowhere. */
  readonly text: string
  readonly found: boolean
}

/** Any operand of a condition by itself. What is no placeholder is found, and stays as it is. */
export function resolvePlaceholder(text: string, facts: FactSheet): Resolved {
  const operand = parseOperand(trim(text))
  const value = lookUp(operand, facts)
  return { text: String(value ?? invalidText(operand)), found: value !== undefined }
}

/**
 * What `store` keeps of a check under a placeholder, undefined if that leads nowhere. Texts that read as integers, decimals
 * or booleans become such; integers keep all their digits. The context is not looked at: its placeholders stay as they are.
 */
export function storeValue(text: string, facts: FactSheet): ContextValue | undefined {
  const { context: _, ...seen } = facts.facts
  const value = lookUp(parseOperand(trim(text)), createFacts(seen))
  return value === undefined ? undefined : converted(value)
}

function converted(value: Value): ContextValue {
  const text = value instanceof LongNumber && integer.test(value.source) ? value.source : String(value)
  if (integer.test(text) && text.length <= maximumDigits) return integerValue(text)
  if (decimal.test(text) && Number.isFinite(Number(text))) return Number(text)
  return booleans.get(text) ?? text
}

/** Longer ones stay text. */
const maximumDigits = 1_024

const integer = /^[+-]?\d+$/
const decimal = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/

function integerValue(text: string): number | bigint {
  const number = Number(text) + 0
  return Number.isSafeInteger(number) ? number : BigInt(text.replace('+', ''))
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ...['t', 'T', 'true', 'TRUE', 'True'].map((word) => [word, true] as const),
  ...['f', 'F', 'false', 'FALSE', 'False'].map((word) => [word, false] as const),
])
