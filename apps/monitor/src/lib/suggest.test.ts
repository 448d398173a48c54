import { expect, test } from 'vitest'
import { suggest } from './suggest.ts'

const keys = ['interval', 'name', 'url', 'conditions', 'client', 'failure-threshold', 'alerts']

test.each([
  ['intervall', 'interval'],
  ['inerval', 'interval'],
  ['nmae', 'name'],
  ['Client', 'client'],
  ['failure_threshold', 'failure-threshold'],
  ['condition', 'conditions'],
])('%s was probably meant to be %s', (text, expected) => {
  expect(suggest(text, keys)).toBe(expected)
})

test.each(['method', 'x', '', 'something-else', 'interval'.repeat(1_000)])('%s was not meant to be any', (text) => {
  expect(suggest(text, keys)).toBeUndefined()
})
