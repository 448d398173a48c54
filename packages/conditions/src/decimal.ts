/**
 * An exact decimal: sign × 0.digits × 10^magnitude. The digits begin and end with something other than 0 (zero has none),
 * so that two of them compare as text, in linear time and without big integers, however long or far apart they are.
 */
export interface Decimal {
  readonly sign: -1 | 0 | 1
  readonly digits: string
  readonly magnitude: number
}

/** `point` counts the digits before the decimal point; zeros at either end are dropped. */
export function decimal(negative: boolean, digits: string, point: number): Decimal {
  let start = 0
  let end = digits.length
  while (digits.charCodeAt(start) === 48) start++
  while (end > start && digits.charCodeAt(end - 1) === 48) end--
  if (start === end) return { sign: 0, digits: '', magnitude: 0 }
  return { sign: negative ? -1 : 1, digits: digits.slice(start, end), magnitude: point - start }
}

export function integerDecimal(value: bigint): Decimal {
  const digits = String(value < 0n ? -value : value)
  return decimal(value < 0n, digits, digits.length)
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.sign !== b.sign) return a.sign - b.sign
  if (a.magnitude !== b.magnitude) return a.magnitude < b.magnitude ? -a.sign : a.sign
  if (a.digits === b.digits) return 0
  return a.digits < b.digits ? -a.sign : a.sign
}
