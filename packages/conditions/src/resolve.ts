import type { BodyPathOperand, Call, ContextOperand, FactOperand, Operand } from './condition.ts'
import { type ContextValue, contextText, contextValueAt, isContext, isContextList } from './context.ts'
import { type FactSheet, factValue } from './facts.ts'
import { isJsonArray, isJsonObject, type Json, LongNumber } from './json.ts'
import { findJson } from './json-path.ts'
import { byteLength, wellFormed } from './text.ts'
import { jsonText, listText } from './value-text.ts'

/** A number stands for its text, and where it came as a number, out of JSON or a context, also for its value. */
export type Value = string | number | bigint | LongNumber

/** What an operand stands for; the operand itself, marked invalid, where that leads nowhere. */
export function resolve(operand: Operand, sheet: FactSheet): Value {
  return lookUp(operand, sheet) ?? invalidText(operand)
}

/** The operand as shown where it leads nowhere. */
export const invalidText = (operand: Operand) => `${operand.source} (INVALID)`

/** Undefined where the operand leads nowhere. */
export function lookUp(operand: Operand, sheet: FactSheet): Value | undefined {
  switch (operand.type) {
    case 'literal':
      return operand.source
    case 'fact':
      return lookUpFact(operand, sheet)
    case 'path':
      return lookUpPath(operand, sheet)
    case 'context':
      return lookUpContext(operand, sheet)
    case 'unknown':
      return operand.call === 'has' ? 'false' : undefined
  }
}

/** Whether the value, if a number, is one of JSON or of a context, and equals others by value. */
export function isByValue(operand: Operand): boolean {
  return (operand.type === 'path' || operand.type === 'context') && operand.call === undefined
}

function lookUpFact({ name, call }: FactOperand, sheet: FactSheet): Value {
  const value = factValue(name, sheet)
  if (call === undefined) return value
  if (call === 'has') return String(value !== '')
  return name === 'BODY' ? (bodyElements(sheet)?.length ?? byteLength(sheet.body)) : byteLength(String(value))
}

/** The elements of a body that is an array with nothing around it. */
function bodyElements({ body, json }: FactSheet): readonly Json[] | undefined {
  return looksLikeArray(body) && json !== undefined && isJsonArray(json) ? json : undefined
}

const looksLikeArray = (body: string) => body.startsWith('[') && body.endsWith(']')

function lookUpPath({ path, call }: BodyPathOperand, sheet: FactSheet): Value | undefined {
  if (path === undefined && !looksLikeArray(sheet.body)) return applied(call, sheet.body)
  const json = sheet.json
  const found = json === undefined || path === undefined ? json : findJson(json, path)
  if (found === undefined) return call === 'has' ? 'false' : undefined
  if (call !== undefined) return call === 'has' ? 'true' : jsonLength(found)
  if (typeof found !== 'number' || path === undefined) return jsonValue(found)
  const { exactJson } = sheet
  const exact = exactJson === undefined ? undefined : findJson(exactJson, path)
  return exact instanceof LongNumber ? exact : found
}

const applied = (call: Call | undefined, text: string) =>
  call === undefined ? text : call === 'has' ? 'true' : byteLength(text)

function jsonValue(value: Json): Value {
  if (typeof value === 'string') return wellFormed(value)
  return isJsonObject(value) ? jsonText(value) : listText(value)
}

const jsonLength = (value: Json) => (isJsonArray(value) ? value.length : byteLength(String(jsonValue(value))))

function lookUpContext(operand: ContextOperand, sheet: FactSheet): Value | undefined {
  const { keys, call, otherwise } = operand
  const { context } = sheet.facts
  if (context === undefined) return lookUp(otherwise, sheet)
  const found = keys === undefined ? undefined : contextValueAt(context, keys)
  if (call === 'has') return String(found !== undefined)
  if (found === undefined) return undefined
  return call === 'len' ? contextLength(found) : contextValue(found)
}

function contextValue(value: ContextValue): Value {
  if (typeof value === 'number') return value + 0
  return typeof value === 'bigint' ? value : contextText(value)
}

function contextLength(value: ContextValue): number {
  if (isContextList(value)) return value.length
  return isContext(value) ? Object.keys(value).length : byteLength(contextText(value))
}
