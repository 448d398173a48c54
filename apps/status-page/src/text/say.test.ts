import { expect, test } from 'vitest'
import { parts, say } from './say.ts'

test('placeholders are filled and plurals chosen', () => {
  expect(say('hero.count.groups', { n: 1, groups: 3 })).toBe('1 endpoint in 3 groups')
  expect(say('headline.down.many', { n: 1234, total: 5000 })).toBe('1,234 of 5,000 endpoints are down')
})

test('values are never read as text with placeholders', () => {
  expect(say('headline.down.one', { a: '{n, plural, one {#} other {#}}' })).toBe(
    '{n, plural, one {#} other {#}} is down',
  )
})

test('other values than text stay what they are', () => {
  const name = { name: 'card-api' }

  expect(parts('headline.down.one', { a: name })).toEqual([name, ' is down'])
})
