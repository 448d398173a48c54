import { afterSign, digitValue, isDigit, isNegative, prefixedBase, withoutUnderscores } from './digits.ts'

/** An integer as written: the digits without sign, prefix, underscores or leading zeros; none for zero. */
export interface IntegerSyntax {
  readonly negative: boolean
  readonly base: 2 | 8 | 10 | 16
  readonly digits: string
}

/** Decimal, `0x`, `0o`, `0b`, or octal after a leading `0`: Go's literals, https://go.dev/ref/spec#Integer_literals. */
export function integerSyntax(text: string): IntegerSyntax | undefined {
  const source = withoutUnderscores(text)
  if (source === undefined) return undefined
  const start = afterSign(source)
  const prefixed = prefixedBase(source, start)
  const octal = source.charCodeAt(start) === 48 && source.length > start + 1
  const base = prefixed ?? (octal ? 8 : 10)
  const from = prefixed === undefined ? start : start + 2
  if (from === source.length) return undefined
  let significant = from
  for (let i = from; i < source.length; i++) {
    const code = source.charCodeAt(i)
    if (!(digitValue(code) < base)) return undefined
    if (code === 48 && significant === i) significant++
  }
  return { negative: isNegative(source), base, digits: source.slice(significant) }
}

/** An integer of 64 bits. */
export function parseInteger(text: string): bigint | undefined {
  const first = text.charCodeAt(0)
  if (!isDigit(first) && first !== 43 && first !== 45) return undefined
  const integer = integerSyntax(text)
  if (integer === undefined || integer.digits.length > 64) return undefined
  const value = integerOf(integer)
  return value >= -(2n ** 63n) && value < 2n ** 63n ? value : undefined
}

const prefixes = { 2: '0b', 8: '0o', 10: '', 16: '0x' } as const

/** More than linear in the digits: limit them first. */
export function integerOf({ negative, base, digits }: IntegerSyntax): bigint {
  const value = digits === '' ? 0n : BigInt(prefixes[base] + digits)
  return negative ? -value : value
}
