import { compareDecimals, type Decimal, decimal, integerDecimal } from './decimal.ts'
import {
  afterDigits,
  afterSign,
  isDigit,
  isNegative,
  prefixedBase,
  readExponent,
  withoutUnderscores,
} from './digits.ts'
import { durationNanoseconds } from './duration.ts'
import { integerOf, integerSyntax } from './integer.ts'

/**
 * A double where its shortest decimal text is exactly the number meant, otherwise a Decimal.
 * Such doubles are in the order of their decimals, which keeps the common comparisons cheap.
 */
export type Numeric = number | Decimal

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`; NaN with NaN. */
export function compareNumerics(a: Numeric, b: Numeric): number {
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : a < b ? -1 : a > b ? 1 : Number.NaN
  if (typeof a === 'number' && !Number.isFinite(a)) return a
  if (typeof b === 'number' && !Number.isFinite(b)) return -b
  return compareDecimals(toDecimal(a), toDecimal(b))
}

/** The value that `<`, `<=`, `>` and `>=` give a text: its number, or its duration in milliseconds. */
export function parseQuantity(text: string): Numeric | undefined {
  const first = text.charCodeAt(0)
  // Digits, signs, a point, and the letters of infinity and NaN: nothing else begins a number or a duration.
  if (!(first >= 43 && first <= 57) && !'iInN'.includes(text.charAt(0))) return undefined
  return parseNumber(text) ?? parseMilliseconds(text)
}

/** Integers in any base, decimals, scientific and hexadecimal floating-point numbers, infinities and NaN. */
export function parseNumber(text: string): Numeric | undefined {
  const integer = integerSyntax(text)
  if (integer?.base === 10) return simplest(decimal(integer.negative, integer.digits, integer.digits.length))
  if (integer !== undefined && integer.digits.length <= convertibleDigits)
    return simplest(integerDecimal(integerOf(integer)))
  return parseDecimal(text) ?? parseHexFloat(text) ?? (text.length < 10 ? specials.get(text.toLowerCase()) : undefined)
}

/** Longer numerals in bases other than ten are no numbers: converting them takes more than linear time. */
const convertibleDigits = 1024

const specials: ReadonlyMap<string, number> = new Map([
  ...['inf', '+inf', 'infinity', '+infinity'].map((name) => [name, Infinity] as const),
  ...['-inf', '-infinity'].map((name) => [name, -Infinity] as const),
  ['nan', Number.NaN],
])

/** A plain or scientific decimal, such as `1`, `-0.5`, `.5`, `5.` or `1.2e+06`; underscores may stand between digits. */
export function parseDecimal(text: string): Numeric | undefined {
  const source = withoutUnderscores(text)
  const value = source === undefined ? undefined : decimalSyntax(source)
  return value === undefined ? undefined : simplest(value)
}

/** Whether the text is a decimal or scientific number, less the integers that a leading zero makes octal. */
export function isDecimalText(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    if (!isDigit(text.charCodeAt(i)) && !'+-.eE'.includes(text.charAt(i))) return false
  }
  const start = afterSign(text)
  const octal = text.charCodeAt(start) === 48 && text.length > start + 1 && afterDigits(text, start) === text.length
  return !octal && decimalSyntax(text) !== undefined
}

function parseMilliseconds(text: string): Numeric | undefined {
  const nanoseconds = durationNanoseconds(text)
  if (nanoseconds === undefined) return undefined
  const value = integerDecimal(nanoseconds)
  return simplest({ ...value, magnitude: value.magnitude - 6 })
}

/** `0x1.8p3`. */
function parseHexFloat(text: string): Numeric | undefined {
  const source = withoutUnderscores(text)
  if (source === undefined || source.length > convertibleDigits) return undefined
  const start = afterSign(source)
  if (prefixedBase(source, start) !== 16) return undefined
  const point = afterDigits(source, start + 2, 16)
  const fraction = source.charCodeAt(point) === 46 ? point + 1 : point
  const mantissa = afterDigits(source, fraction, 16)
  const digits = source.slice(start + 2, point) + source.slice(fraction, mantissa)
  const exponent = mantissa === source.length ? undefined : readExponent(source, mantissa, 'p')
  if (digits === '' || exponent === undefined) return undefined
  return timesPowerOfTwo(isNegative(source), BigInt(`0x${digits}`), exponent - 4 * (mantissa - fraction))
}

/** Far beyond the range of a double, and still quick to write out. */
const maximumPower = 8_192

function timesPowerOfTwo(negative: boolean, significand: bigint, power: number): Numeric | undefined {
  if (Math.abs(power) > maximumPower) return undefined
  // n / 2^k = n × 5^k / 10^k
  const scaled = power >= 0 ? significand << BigInt(power) : significand * 5n ** BigInt(-power)
  const value = integerDecimal(negative ? -scaled : scaled)
  return simplest({ ...value, magnitude: value.magnitude + Math.min(power, 0) })
}

function decimalSyntax(text: string): Decimal | undefined {
  const start = afterSign(text)
  const point = afterDigits(text, start)
  const fraction = text.charCodeAt(point) === 46 ? point + 1 : point
  const mantissa = afterDigits(text, fraction)
  const digits = text.slice(start, point) + text.slice(fraction, mantissa)
  const exponent = digits === '' ? undefined : readExponent(text, mantissa, 'e')
  return exponent === undefined ? undefined : decimal(isNegative(text), digits, point - start + exponent)
}

const zero: Decimal = { sign: 0, digits: '', magnitude: 0 }

const toDecimal = (value: Numeric) => (typeof value === 'number' ? (decimalSyntax(String(value)) ?? zero) : value)

/** Up to 15 digits, and well inside the range of doubles, a decimal and its double say the same. */
function simplest(value: Decimal): Numeric {
  if (value.sign === 0) return 0
  if (value.digits.length > 15 || Math.abs(value.magnitude) > 290) return value
  return value.sign * Number(`0.${value.digits}e${value.magnitude}`)
}
