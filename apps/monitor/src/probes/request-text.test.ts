import { expect, test } from 'vitest'
import { graphqlBody, isFixedText, requestText, withLocalAddress } from './request-text.ts'

const text = (body: string) => requestText({ body, name: 'n', group: 'g', url: 'http://u' })

test.each([
  ['[ENDPOINT_NAME] [ENDPOINT_GROUP] [ENDPOINT_URL] [ENDPOINT_NAME]', 'n g http://u n'],
  ['[endpoint_name] [RANDOM_STRING_] [RANDOM_STRING]', '[endpoint_name] [RANDOM_STRING_] [RANDOM_STRING]'],
  ['a[RANDOM_STRING_0]b', 'ab'],
])('%s becomes %s', (body, expected) => {
  expect(text(body)).toBe(expected)
})

test('makes random texts of the length asked for, up to a limit, each another', () => {
  const [first = '', second = ''] = text('[RANDOM_STRING_12] [RANDOM_STRING_12]').split(' ')

  expect(first).toMatch(/^[a-zA-Z0-9]{12}$/)
  expect(second).not.toBe(first)
  expect(text('[RANDOM_STRING_99999999999999999999]')).toHaveLength(8192)
})

test('tells which bodies change from check to check', () => {
  expect(isFixedText('[ENDPOINT_NAME]')).toBe(true)
  expect(isFixedText('[RANDOM_STRING_3]')).toBe(false)
})

test('writes IPv6 addresses in brackets', () => {
  expect(withLocalAddress('[LOCAL_ADDRESS]', '1.2.3.4', 5)).toBe('1.2.3.4:5')
  expect(withLocalAddress('[LOCAL_ADDRESS]', '::1', 5)).toBe('[::1]:5')
})

test('wraps a query for GraphQL, escaping what HTML would mind', () => {
  expect(graphqlBody('{ a(b: "<&>") }')).toBe('{"query":"{ a(b: \\"\\u003c\\u0026\\u003e\\") }"}')
})
