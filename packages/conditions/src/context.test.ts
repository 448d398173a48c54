import { describe, expect, test } from 'vitest'
import { vectors } from '../../../test/support/vectors.ts'
import { type Context, type ContextValue, contextGet, contextSet, replaceContext } from './index.ts'

type ContextCase = { readonly context: Context } & (
  | { readonly op: 'get'; path: string; expectedFound: boolean; expectedValue?: ContextValue }
  | { readonly op: 'set'; path: string; value: ContextValue; expectedContext: Context }
  | { readonly op: 'replace'; input: string; expectedOutput: string; expectedError: string | null }
)

describe('values that the endpoints of a suite share', () => {
  test.each(vectors<ContextCase>('context.json'))('$name', (entry) => {
    if (entry.op === 'get') {
      const value = contextGet(entry.context, entry.path)

      expect(value !== undefined).toBe(entry.expectedFound)
      expect(value).toEqual(entry.expectedValue)
    } else if (entry.op === 'set') {
      expect(contextSet(entry.context, entry.path, entry.value)).toEqual(entry.expectedContext)
    } else {
      const { text, error } = replaceContext(entry.input, entry.context)

      expect(text).toBe(entry.expectedOutput)
      expect(error ?? null).toBe(entry.expectedError)
    }
  })

  test('setting a value leaves the context it came from as it was', () => {
    const context = { a: { b: 1 } }

    const changed = contextSet(context, 'a.c', 2)

    expect(changed).toEqual({ a: { b: 1, c: 2 } })
    expect(context).toEqual({ a: { b: 1 } })
  })

  test('setting a value below one that is no mapping replaces that one', () => {
    expect(contextSet({ a: [1] }, 'a.b.c', 2)).toEqual({ a: { b: { c: 2 } } })
  })

  test('names of inherited members are names like any other', () => {
    const context = contextSet({}, '__proto__.polluted', 'yes')

    expect(contextGet(context, '__proto__.polluted')).toBe('yes')
    expect(contextGet({}, 'polluted')).toBeUndefined()
    expect(contextGet({}, 'constructor')).toBeUndefined()
  })

  test('what is found is filled in even when something else is missing', () => {
    expect(replaceContext('[CONTEXT].a/[CONTEXT].b', { a: 1 })).toEqual({
      text: '1/[CONTEXT].b',
      error: "context placeholder resolution failed: path 'b' not found",
    })
  })

  test('text is filled in as it is', () => {
    expect(replaceContext('[CONTEXT].a', { a: '\ud800' })).toEqual({ text: '\ud800' })
  })

  test('only capitals are filled in', () => {
    expect(replaceContext('[context].a', { a: 1 })).toEqual({ text: '[context].a' })
  })
})
