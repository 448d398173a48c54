import { LongNumber } from './json.ts'
import { byCodePoint, wellFormed } from './text.ts'

/** A value to be written: from a JSON text, or from the context of a suite. */
export type Writable = Scalar | readonly Writable[] | WritableObject

type Scalar = null | boolean | number | bigint | string | Date | LongNumber

export interface WritableObject {
  readonly [key: string]: Writable
}

/** How values, and those inside them, are written. */
interface Notation {
  readonly array: readonly [open: string, between: string, close: string]
  readonly object: readonly [open: string, between: string, close: string]
  readonly key: (key: string) => string
  readonly scalar: (value: Scalar) => string
}

const list: Notation = {
  array: ['[', ' ', ']'],
  object: ['map[', ' ', ']'],
  key: (key) => `${wellFormed(key)}:`,
  scalar: (value) => {
    if (typeof value === 'string') return wellFormed(value)
    if (value === null) return '<nil>'
    return value instanceof Date ? timestampText(value) : String(value)
  },
}

const minified: Notation = {
  array: ['[', ',', ']'],
  object: ['{', ',', '}'],
  key: (key) => `${quoted(key)}:`,
  scalar: (value) => {
    if (typeof value === 'string') return quoted(value)
    return value instanceof Date ? quoted(timestampText(value)) : String(value)
  },
}

/** Lists as `[a 1 <nil>]`, objects as `map[key:value]`, everything else plain. */
export const listText = (value: Writable) => write(value, list)

/** Minified JSON with sorted keys, and with what could end an HTML script escaped. */
export const jsonText = (value: Writable) => write(value, minified)

export const isList = (value: Writable): value is readonly Writable[] => Array.isArray(value)

export const isObject = (value: Writable): value is WritableObject =>
  typeof value === 'object' &&
  value !== null &&
  !isList(value) &&
  !(value instanceof Date) &&
  !(value instanceof LongNumber)

/** With a stack of its own: a hostile body may be nested a million levels deep. */
function write(root: Writable, notation: Notation): string {
  const written: string[] = []
  const pending: ({ text: string } | { value: Writable })[] = [{ value: root }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ('text' in next) written.push(next.text)
    else if (isList(next.value)) {
      const [open, between, close] = notation.array
      pending.push({ text: close })
      for (let i = next.value.length - 1; i >= 0; i--) {
        pending.push({ value: next.value[i] ?? null }, { text: i === 0 ? open : between })
      }
      if (next.value.length === 0) pending.push({ text: open })
    } else if (isObject(next.value)) {
      const [open, between, close] = notation.object
      const keys = Object.keys(next.value).sort(byCodePoint)
      pending.push({ text: close })
      for (let i = keys.length - 1; i >= 0; i--) {
        const key = keys[i] ?? ''
        const start = i === 0 ? open : between
        pending.push({ value: next.value[key] ?? null }, { text: start + notation.key(key) })
      }
      if (keys.length === 0) pending.push({ text: open })
    } else written.push(notation.scalar(next.value))
  }
  return written.join('')
}

const htmlCharacters = /[<>&\u2028\u2029]/g

const quoted = (text: string) =>
  JSON.stringify(wellFormed(text)).replace(
    htmlCharacters,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** `2024-01-01 00:00:00 +0000 UTC`, with as many decimals of a second as needed. */
function timestampText(date: Date): string {
  if (Number.isNaN(date.getTime())) return 'invalid'
  const [day = '', time = ''] = date.toISOString().slice(0, -1).split('T')
  const [clock = '', fraction = ''] = time.split('.')
  const decimals = fraction.replace(/0+$/, '')
  return `${day} ${clock}${decimals === '' ? '' : `.${decimals}`} +0000 UTC`
}
