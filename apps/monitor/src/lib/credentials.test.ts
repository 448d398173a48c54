import { expect, test } from 'vitest'
import { withoutCredentials } from './credentials.ts'

test.each([
  ['https://a.org/x?y#z', 'https://a.org/x?y#z'],
  ['https://jo:pw@a.org:80/x', 'https://a.org:80/x'],
  ['https://jo@a.org', 'https://a.org'],
  ['https://jo:p@w@a.org/@', 'https://a.org/@'],
  ['https://a.org/@home', 'https://a.org/@home'],
  ['https:jo:pw@a.org', 'https:a.org'],
  ['grpc://jo:pw@[::1]:80', 'grpc://[::1]:80'],
  ['not a url', 'not a url'],
])('%s is shown as %s', (url, shown) => {
  expect(withoutCredentials(url)).toBe(shown)
})
