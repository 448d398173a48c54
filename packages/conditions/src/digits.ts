export const isDigit = (code: number) => code >= 48 && code <= 57

/** 0 to 15, or NaN for what is no hexadecimal digit. */
export function digitValue(code: number): number {
  if (isDigit(code)) return code - 48
  const letter = code | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : Number.NaN
}

export function afterSign(text: string): number {
  const first = text.charCodeAt(0)
  return first === 43 || first === 45 ? 1 : 0
}

export const isNegative = (text: string) => text.charCodeAt(0) === 45

export function afterDigits(text: string, index: number, base = 10): number {
  let end = index
  while (digitValue(text.charCodeAt(end)) < base) end++
  return end
}

/** The exponent that begins at `index`, 0 at the end of the text, undefined if anything else stands there. */
export function readExponent(text: string, index: number, letter: 'e' | 'p'): number | undefined {
  if (index === text.length) return 0
  if (text.charAt(index).toLowerCase() !== letter) return undefined
  const sign = text.charAt(index + 1)
  const digits = sign === '+' || sign === '-' ? index + 2 : index + 1
  if (digits === text.length || afterDigits(text, digits) !== text.length) return undefined
  // Far beyond anything to compare with, and far below where adding a count of digits would round.
  const size = Math.min(Number(text.slice(digits)), 1e15)
  return sign === '-' ? -size : size
}

export const basePrefixes: ReadonlyMap<string, 2 | 8 | 16> = new Map([
  ['b', 2],
  ['o', 8],
  ['x', 16],
])

/** The base that `0b`, `0o` or `0x` at `index` announces. */
export function prefixedBase(text: string, index: number): 2 | 8 | 16 | undefined {
  return text.charCodeAt(index) === 48 ? basePrefixes.get(text.charAt(index + 1).toLowerCase()) : undefined
}

/** The text less its underscores; undefined unless each stands between digits or after a base prefix. */
export function withoutUnderscores(text: string): string | undefined {
  if (!text.includes('_')) return text
  const start = afterSign(text)
  const prefixed = prefixedBase(text, start)
  const base = prefixed === 16 ? 16 : 10
  for (let i = start; i < text.length; i++) {
    if (text.charCodeAt(i) !== 95) continue
    const follows = digitValue(text.charCodeAt(i - 1)) < base || (prefixed !== undefined && i === start + 2)
    const precedes = digitValue(text.charCodeAt(i + 1)) < base
    if (!follows || !precedes) return undefined
  }
  return text.replaceAll('_', '')
}
