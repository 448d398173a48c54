export type ScalarValue = string | number | bigint | boolean | undefined

const nulls = new Set(['', '~', 'null', 'Null', 'NULL'])
const booleans = new Map([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
])
const integer = /^[-+]?(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]+|[1-9][\d_]*|0)$/
const float = /^[-+]?(?:\.\d[\d_]*|\d[\d_]*(?:\.[\d_]*)?)(?:[eE][-+]?\d+)?$/

function integerOf(text: string): number | bigint {
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '')
  const size = BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits)
  const value = text.startsWith('-') ? -size : size
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

/** What an unquoted YAML scalar means where nothing says which type is wanted. */
function resolved(text: string): ScalarValue {
  if (nulls.has(text)) return undefined
  const boolean = booleans.get(text)
  if (boolean !== undefined) return boolean
  if (integer.test(text)) return integerOf(text)
  if (float.test(text)) return Number(text.replaceAll('_', ''))
  const special = /^([-+]?)\.(?:(inf|Inf|INF)|nan|NaN|NAN)$/.exec(text)
  if (special === null) return text
  if (special[2] === undefined) return Number.NaN
  return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

/**
 * A YAML scalar that still knows how it was written: fields of text keep their source (`1.10`, `0x1F`, `yes`), and
 * numbers in quotes are no numbers.
 */
export class Scalar {
  /** The text, with quotes and escapes resolved. */
  readonly text: string
  /** In quotes, a block scalar, or tagged as text: then `value` is the text. */
  readonly quoted: boolean
  readonly value: ScalarValue
  /** Some of the text was filled in from the environment, so that it must not be repeated in messages. */
  readonly fromEnvironment: boolean

  constructor(text: string, { quoted = false, fromEnvironment = false } = {}) {
    this.text = text
    this.quoted = quoted
    this.value = quoted ? text : resolved(text)
    this.fromEnvironment = fromEnvironment
  }

  /** How a message names it; at most 60 characters. */
  shown(): string {
    if (this.fromEnvironment) return 'the value from the environment'
    return JSON.stringify(this.text.length > 60 ? `${this.text.slice(0, 59)}…` : this.text)
  }
}

/** The scalar in `input`: one of a YAML tree, or a plain value, which reads as if it had been written that way. */
export function scalarOf(input: unknown): Scalar | undefined {
  if (input instanceof Scalar) return input
  if (typeof input === 'string') return new Scalar(input, { quoted: true })
  if (typeof input === 'number' || typeof input === 'bigint' || typeof input === 'boolean') {
    return new Scalar(String(input))
  }
  return undefined
}
