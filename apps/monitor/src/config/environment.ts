import { closeSync, openSync, readSync } from 'node:fs'

export type Environment = Readonly<Record<string, string | undefined>>

/** A stretch of the source that became another text. */
interface Replacement {
  readonly from: number
  readonly to: number
  readonly sourceFrom: number
  readonly sourceTo: number
  /** Absent for `$$`. */
  readonly name: string | undefined
}

/** A variable that has no value where it is used. */
export interface Gap {
  readonly name: string
  /** Where its nothing stands, in the expanded text. */
  readonly offset: number
  /** Why the file that should hold the value gave none. */
  readonly failure?: string
}

/** A text with its variables filled in, which still knows where everything came from. */
export interface Expanded {
  readonly text: string
  readonly gaps: readonly Gap[]
  /** Offset in the source of an offset in the expanded text. */
  sourceOffset(offset: number): number
  /** Whether some of a stretch of the expanded text came from the environment. */
  isFilledIn(from: number, to: number): boolean
}

const variable = /\$(?:\$|([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?::-([^}]*))?\})/g
const variableWithoutBraces = /\$(?:\$|([A-Za-z_]\w*))/g

/**
 * Fills in `$NAME`, `${NAME}` and `${NAME:-default}`; `$$` is a dollar sign, and so is a `$` before anything else.
 * A variable that is not set, or is empty, takes its default. Values are not expanded again.
 */
export function expand(source: string, environment: Environment): Expanded {
  const replacements: Replacement[] = []
  const gaps: Gap[] = []
  const values = new Map<string, Value>()
  let text = ''
  let copied = 0

  const replace = (match: RegExpExecArray, start: number) => {
    const name = match[1] ?? match[2]
    const sourceFrom = start + match.index
    const sourceTo = sourceFrom + match[0].length
    text += source.slice(copied, sourceFrom)
    copied = sourceTo
    const from = text.length
    text += name === undefined ? '$' : valueFor(name, match[3])
    replacements.push({ from, to: text.length, sourceFrom, sourceTo, name })
  }

  const valueFor = (name: string, fallback: string | undefined): string => {
    let value = values.get(name)
    if (value === undefined) {
      value = lookUp(name, environment)
      values.set(name, value)
    }
    if (value.failure !== undefined) gaps.push({ name, offset: text.length, failure: value.failure })
    else if (value.text === undefined && fallback === undefined) gaps.push({ name, offset: text.length })
    return value.text || (fallback ?? '')
  }

  // Behind the last brace nothing can be closed: looking for one from each `${` there would take quadratic time.
  const lastBrace = source.lastIndexOf('}') + 1
  for (const match of source.slice(0, lastBrace).matchAll(variable)) replace(match, 0)
  const rest = Math.max(copied, lastBrace)
  for (const match of source.slice(rest).matchAll(variableWithoutBraces)) replace(match, rest)
  text += source.slice(copied)

  /** The last replacement that begins at or before `offset`. */
  const lastBefore = (offset: number): Replacement | undefined => {
    let low = 0
    let high = replacements.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((replacements[middle]?.from ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    return replacements[low - 1]
  }

  return {
    text,
    gaps,
    sourceOffset(offset) {
      const last = lastBefore(offset)
      if (last === undefined) return offset
      return offset < last.to ? last.sourceFrom : last.sourceTo + (offset - last.to)
    },
    isFilledIn(from, to) {
      for (let last = lastBefore(to - 1); last !== undefined && last.to > from; last = lastBefore(last.from - 1)) {
        if (last.name !== undefined) return true
      }
      return false
    },
  }
}

interface Value {
  readonly text: string | undefined
  readonly failure?: string
}

function lookUp(name: string, environment: Environment): Value {
  const text = environment[name]
  if (text !== undefined) return { text }
  const file = environment[`${name}_FILE`]
  return file === undefined || file === '' ? { text } : readValue(file, `${name}_FILE`)
}

const longestValue = 1024 * 1024

/** The text of a file, such as a mounted secret, without the line break at its end. */
function readValue(file: string, variableName: string): Value {
  try {
    return { text: readBounded(file, longestValue).replace(/\r?\n$/, '') }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { text: undefined, failure: `cannot read the file that ${variableName} names: ${reason}` }
  }
}

/** A file as text. Throws when it holds more than `limit` bytes, however large it claims to be. */
export function readBounded(file: string, limit: number): string {
  const descriptor = openSync(file, 'r')
  try {
    const chunks: Buffer[] = []
    let total = 0
    while (total <= limit) {
      const chunk = Buffer.allocUnsafe(Math.min(64 * 1024, limit + 1 - total))
      const count = readSync(descriptor, chunk)
      if (count === 0) return Buffer.concat(chunks).toString('utf8')
      chunks.push(chunk.subarray(0, count))
      total += count
    }
  } finally {
    closeSync(descriptor)
  }
  throw new Error(`larger than ${limit / 1024 / 1024} MiB`)
}
