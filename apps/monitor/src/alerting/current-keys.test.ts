import { expect, test } from 'vitest'
import { createCurrentKeys } from './current-keys.ts'

test('follows an endpoint through several names', () => {
  const keys = createCurrentKeys()
  const identity = keys.identity('core_api')
  keys.rename('core_api', 'core_shop', true)
  keys.rename('core_shop', 'core_store', true)

  expect(keys.of('core_api')).toBe('core_store')
  expect(keys.identity('core_store')).toBe(identity)
  expect(keys.identity('core_api')).toBe(identity)
})

test.each([[['core_api', 'core_shop']], [['core_shop', 'core_api']]])(
  'is not misled by a name before that nobody had: %j',
  (previousKeys) => {
    const keys = createCurrentKeys()
    const identity = keys.identity('core_api')

    for (const previous of previousKeys) keys.rename(previous, 'core_store', true)

    expect(keys.identity('core_store')).toBe(identity)
  },
)

test('takes the endpoint for the one it was when its new key had belonged to another that is gone', () => {
  const keys = createCurrentKeys()
  const identity = keys.identity('core_api')
  keys.identity('core_shop')

  keys.rename('core_api', 'core_shop', true)

  expect(keys.identity('core_shop')).toBe(identity)
})

test('does not confuse an endpoint with the one that had its key before', () => {
  const keys = createCurrentKeys()
  const identity = keys.identity('core_api')
  keys.rename('core_api', 'core_shop', true)
  keys.use('core_api')

  expect(keys.of('core_api')).toBe('core_api')
  expect(keys.identity('core_api')).not.toBe(identity)
  expect(keys.keyOf(identity)).toBe('core_shop')
})

test.each([
  ['a key that nobody had', true],
  ['the key of one of them', false],
])('knows two endpoints that became one under %s by what either was', (_, isNew) => {
  const keys = createCurrentKeys()
  const key = isNew ? 'core_store' : 'core_shop'
  const before = [keys.identity('core_api'), keys.identity('core_shop')]

  for (const previous of ['core_api', 'core_shop']) if (previous !== key) keys.rename(previous, key, isNew)

  expect([...keys.identities(key)].sort()).toEqual(before)
  expect(before.map(keys.keyOf)).toEqual([key, key])
  expect(keys.identities(key)).toContain(keys.identity('core_api'))
})
