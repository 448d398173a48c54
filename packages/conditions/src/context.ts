import { listText } from './value-text.ts'

/** A value that the endpoints of a suite share; integers beyond 2^53 are bigints. */
export type ContextValue = string | number | bigint | boolean | null | Date | readonly ContextValue[] | Context

export interface Context {
  readonly [key: string]: ContextValue
}

/** The value at a dotted path; undefined if a key on the way is missing. Lists have no keys. */
export function contextGet(context: Context, path: string): ContextValue | undefined {
  return contextValueAt(context, path.split('.'))
}

export function contextValueAt(context: Context, keys: readonly string[]): ContextValue | undefined {
  let current: ContextValue = context
  for (const key of keys) {
    const next: ContextValue | undefined = isContext(current) && Object.hasOwn(current, key) ? current[key] : undefined
    if (next === undefined) return undefined
    current = next
  }
  return current
}

/** A copy with the value at a dotted path; whatever stands on the way and is no mapping gives way to one. */
export function contextSet(context: Context, path: string, value: ContextValue): Context {
  const keys = path.split('.')
  const copied: Context[] = []
  let current: ContextValue | undefined = context
  for (const key of keys) {
    const mapping: Context = current !== undefined && isContext(current) ? current : {}
    copied.push(mapping)
    current = Object.hasOwn(mapping, key) ? mapping[key] : undefined
  }
  let result: ContextValue = value
  for (let i = keys.length - 1; i >= 0; i--) result = { ...copied[i], [keys[i] ?? '']: result }
  return isContext(result) ? result : context
}

export interface Replaced {
  readonly text: string
  /** The paths that were not found, in a sentence; the text then keeps them as they were. */
  readonly error?: string
}

const placeholder = /\[CONTEXT\]\.([\w.-]+)/g

/**
 * Fills in the `[CONTEXT].path` placeholders of an URL, a body or a header value: in capitals only, and with the values
 * as they are, not escaped for where they go.
 */
export function replaceContext(text: string, context: Context): Replaced {
  if (!text.includes('[CONTEXT].')) return { text }
  const missing: string[] = []
  const replaced = text.replace(placeholder, (whole, path: string) => {
    const value = contextGet(context, path)
    if (value !== undefined) return contextText(value)
    missing.push(`path '${path}' not found`)
    return whole
  })
  if (missing.length === 0) return { text: replaced }
  return { text: replaced, error: `context placeholder resolution failed: ${missing.join(', ')}` }
}

export const contextText = (value: ContextValue) => (typeof value === 'string' ? value : listText(value))

export const isContextList = (value: ContextValue): value is readonly ContextValue[] => Array.isArray(value)

export const isContext = (value: ContextValue): value is Context =>
  typeof value === 'object' && value !== null && !isContextList(value) && !(value instanceof Date)
