import { describe, expect, test } from 'vitest'
import { vectors } from '../../../../test/support/vectors.ts'
import { endpointKey, endpointType } from './endpoint.ts'

describe('keys', () => {
  const cases = vectors<{ group?: string; endpointName: string; key: string }>('keys.json')

  test.each(cases)('$name', ({ group = '', endpointName, key }) => {
    expect(endpointKey(group, endpointName)).toBe(key)
  })
})

describe('types', () => {
  const cases = vectors<{ url: string; hasDns?: boolean; expectedType: string }>('endpoint-types.json')

  test.each(cases)('$name: $url', ({ url, hasDns = false, expectedType }) => {
    expect(endpointType(url, hasDns)).toBe(expectedType)
  })
})
