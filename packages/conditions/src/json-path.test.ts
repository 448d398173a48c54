import { describe, expect, test } from 'vitest'
import { vectors } from '../../../test/support/vectors.ts'
import { createFacts, resolvePlaceholder } from './index.ts'

interface PathCase {
  readonly path: string
  readonly data: string
  readonly expectedOutput: string
  readonly expectedLength: number
  readonly expectedError: boolean
}

describe('a path into a JSON body', () => {
  test.each(vectors<PathCase>('jsonpath.json'))('$name', (entry) => {
    const facts = createFacts({ body: entry.data })

    const value = resolvePlaceholder(`[BODY].${entry.path}`, facts)
    const length = resolvePlaceholder(`len([BODY].${entry.path})`, facts)

    expect(value.found).toBe(!entry.expectedError)
    if (entry.expectedError) expect(length.found).toBe(false)
    else {
      expect(value.text).toBe(entry.expectedOutput)
      expect(length.text).toBe(String(entry.expectedLength))
    }
  })

  test.each([
    ['[BODY].__proto__.x', '{"__proto__":{"x":"own"}}', 'own'],
    ['[BODY].a[000000000000000001]', '{"a":[1,2]}', '2'],
    ['[BODY].a', '{"a":"\\ud800"}', '\ufffd'],
    ['[BODY].o', '{"o":{"\uff5e":1,"😀":2,"<":"\u2028"}}', '{"\\u003c":"\\u2028","\uff5e":1,"😀":2}'],
    ['[BODY].', ' text ', ' text '],
    ['[BODY].', '[1,"a"]', '[1 a]'],
    ['[BODY].', 'x]', 'x]'],
    ['[BODY].a[0]b', '{"a[0]b":1}', '1'],
    ['[BODY].a]', '{"a]":1}', '1'],
    ['[BODY].a[12]', '{"a":[0,1,2,3,4,5,6,7,8,9,10,11,"twelve"]}', 'twelve'],
    ['len([BODY].)', 'héx', '4'],
    ['has([BODY].)', '', 'true'],
  ])('%s of %s is %s', (placeholder, body, text) => {
    expect(resolvePlaceholder(placeholder, createFacts({ body }))).toEqual({ text, found: true })
  })

  test.each([
    ['[BODY].toString', '{}'],
    ['[BODY].length', '{"a":1}'],
    ['[BODY].constructor.name', '{"a":1}'],
    ['[BODY].a', '\ufeff{"a":1}'],
    ['[BODY].', '[1,]'],
    ['[BODY].a[[0]]', '{"a":[1]}'],
    ['[BODY].a[1x]', '{"a":[1,2]}'],
    ['[BODY].a[x.y]', '{"a[x":{"y]":1}}'],
  ])('%s of %s leads nowhere', (placeholder, body) => {
    expect(resolvePlaceholder(placeholder, createFacts({ body })).found).toBe(false)
  })
})
