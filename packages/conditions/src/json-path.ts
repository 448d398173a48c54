import { isJsonArray, isJsonObject, type Json } from './json.ts'

/**
 * One part of a path such as `data.items[0].name`: a member's name, or a name (possibly empty) with indexes.
 * Without valid indexes the part addresses nothing.
 */
type Segment = { readonly name: string } | { readonly name: string; readonly indexes: readonly number[] | undefined }

export interface JsonPath {
  readonly segments: readonly Segment[]
}

/** Any text is a path, though not every path leads anywhere. The empty path has one empty name. */
export function parseJsonPath(text: string): JsonPath {
  const segments: Segment[] = []
  let start = 0
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 91) depth++
    else if (code === 93) depth--
    else if (code === 46 && depth === 0) {
      segments.push(parseSegment(text.slice(start, i)))
      start = i + 1
    }
  }
  segments.push(parseSegment(text.slice(start)))
  return { segments }
}

function parseSegment(text: string): Segment {
  const bracket = text.indexOf('[')
  if (bracket === -1 || !text.endsWith(']')) return { name: text }
  return { name: text.slice(0, bracket), indexes: parseIndexes(text, bracket) }
}

/** `[0][1]`. Whatever follows a bracket other than another bracket is ignored. */
function parseIndexes(text: string, start: number): readonly number[] | undefined {
  const indexes: number[] = []
  for (let open = start; text.charCodeAt(open) === 91; ) {
    const close = text.indexOf(']', open)
    const index = text.slice(open + 1, close)
    if (!/^\+?0*\d{1,15}$/.test(index)) return undefined
    indexes.push(Number(index))
    open = close + 1
  }
  return indexes
}

/** The value at the path, undefined if there is none or it is null. */
export function findJson(root: Json, { segments }: JsonPath): Json | undefined {
  let current = root
  for (const [position, segment] of segments.entries()) {
    const found = step(current, segment)
    if (found === undefined || found === null) return undefined
    if (!isJsonObject(found)) {
      // A string has no members; on any other value the rest of the path says nothing, and is ignored.
      return typeof found === 'string' && position < segments.length - 1 ? undefined : found
    }
    current = found
  }
  return current
}

function step(value: Json, segment: Segment): Json | undefined {
  if ('indexes' in segment) {
    if (segment.name === '') return atIndexes(value, segment.indexes)
    return isJsonObject(value) ? atIndexes(member(value, segment.name), segment.indexes) : undefined
  }
  // Names on anything but an object are ignored.
  return isJsonObject(value) ? member(value, segment.name) : value
}

const member = (value: { readonly [key: string]: Json }, name: string) =>
  Object.hasOwn(value, name) ? value[name] : undefined

function atIndexes(value: Json | undefined, indexes: readonly number[] | undefined): Json | undefined {
  if (indexes === undefined) return undefined
  let current = value
  for (const index of indexes) {
    if (current === undefined || !isJsonArray(current)) return undefined
    current = current[index]
  }
  return current
}
