/** A number of a JSON text that a double may not hold, with its digits as they came. */
export class LongNumber {
  readonly value: number
  readonly source: string

  constructor(source: string) {
    this.value = Number(source)
    this.source = source
  }

  toString(): string {
    return Number.isFinite(this.value) ? String(this.value) : this.source
  }
}

export type Json = null | boolean | number | string | LongNumber | readonly Json[] | JsonObject

export interface JsonObject {
  readonly [key: string]: Json
}

/** Undefined if the text is not strict JSON (RFC 8259). However deep the nesting, V8's parser uses no stack for it. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const longNumber = /[\d.]{16}|[eE][+-]?\d{3}/

/** Whether some number of a JSON text might lose digits as a double; true too often rather than too seldom. */
export const mayHoldLongNumbers = (text: string) => longNumber.test(text)

export const isJsonObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !isJsonArray(value) && !(value instanceof LongNumber)

export const isJsonArray = (value: Json): value is readonly Json[] => Array.isArray(value)

interface ObjectFrame {
  readonly object: { [key: string]: Json }
  /** Undefined while the next string is a key. */
  key: string | undefined
}

type Frame = ObjectFrame | Json[]

/** Reads a text that `parseJson` accepts, once more, with LongNumbers where digits would be lost. */
export function parseJsonKeepingDigits(text: string): Json {
  const open: Frame[] = []
  let root: Json = null
  const place = (value: Json) => {
    const parent = open.at(-1)
    if (parent === undefined) root = value
    else if (Array.isArray(parent)) parent.push(value)
    else if (parent.key !== undefined) {
      parent.object[parent.key] = value
      parent.key = undefined
    }
  }
  let index = 0
  while (index < text.length) {
    const char = text.charAt(index)
    const end = char === '"' ? endOfString(text, index) : endOfToken(text, index)
    const parent = open.at(-1)
    if (char === '[') open.push([])
    else if (char === '{') open.push({ object: Object.create(null), key: undefined })
    else if (char === ']' || char === '}') {
      open.pop()
      if (parent !== undefined) place(Array.isArray(parent) ? parent : parent.object)
    } else if (char === '"' && parent !== undefined && !Array.isArray(parent) && parent.key === undefined) {
      parent.key = stringValue(text.slice(index, end))
    } else if (char === '"') place(stringValue(text.slice(index, end)))
    else if (!' \t\r\n,:'.includes(char)) place(scalarValue(text.slice(index, end)))
    index = end
  }
  return root
}

function endOfString(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1)
  while (isEscaped(text, quote)) quote = text.indexOf('"', quote + 1)
  return quote + 1
}

function isEscaped(text: string, index: number): boolean {
  let backslashes = 0
  while (text.charCodeAt(index - 1 - backslashes) === 92) backslashes++
  return backslashes % 2 === 1
}

/** Brackets, commas, colons and white space are tokens of one character; numbers and words are longer. */
function endOfToken(text: string, start: number): number {
  let end = start
  while (isTokenCharacter(text.charCodeAt(end))) end++
  return Math.max(end, start + 1)
}

const isTokenCharacter = (code: number) =>
  (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || code === 43 || code === 45 || code === 46 || code === 69

const stringValue = (source: string): string => (source.includes('\\') ? JSON.parse(source) : source.slice(1, -1))

function scalarValue(source: string): Json {
  if (source === 'true') return true
  if (source === 'false') return false
  if (source === 'null') return null
  return mayHoldLongNumbers(source) ? new LongNumber(source) : Number(source)
}
