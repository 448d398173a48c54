import { expect, test } from 'vitest'
import { negotiateLanguage } from './negotiate.ts'

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['de', 'de'],
  ['de-AT,de;q=0.9,en;q=0.8', 'de'],
  ['pt', 'pt-BR'],
  ['pt-PT,pt;q=0.9', 'pt-BR'],
  ['zh', 'zh-CN'],
  ['zh-Hans-SG', 'zh-CN'],
  ['zh-TW,fr;q=0.5', 'fr'],
  ['zh-Hant-HK', 'en'],
  ['ar-EG', 'ar'],
  ['en;q=0.5,fr;q=0.8', 'fr'],
  ['fr;q=0.8,de;q=0.8', 'fr'],
  ['fr;q=0,ja;q=0.1', 'ja'],
  ['fr;q=2,ja;q=0.1', 'ja'],
  ['xx, *;q=0.5', 'en'],
  ['DE-de', 'de'],
  [`${'a,'.repeat(400)}de`, 'en'],
])('a browser that accepts %s gets %s', (accept, language) => {
  expect(negotiateLanguage({ accept })).toBe(language)
})

test('the address comes before the cookie, and the cookie before the browser', () => {
  const accept = 'fr'

  expect(negotiateLanguage({ query: 'ar', cookie: 'de', accept })).toBe('ar')
  expect(negotiateLanguage({ query: 'klingon', cookie: 'de', accept })).toBe('de')
  expect(negotiateLanguage({ query: null, cookie: '../../etc', accept })).toBe('fr')
})

test('the pseudo-locale comes only to those who name it', () => {
  expect(negotiateLanguage({ query: 'en-XA' })).toBe('en-XA')
  expect(negotiateLanguage({ accept: 'en-XA,de' })).toBe('en')
})
