import { describe, expect, test } from 'vitest'
import { vectors } from '../../../../test/support/vectors.ts'
import { displayName, endpointKey, endpointType } from './endpoint.ts'

describe('keys', () => {
  const cases = vectors<{ group?: string; endpointName: string; key: string }>('keys.json')

  test.each(cases)('$name', ({ group = '', endpointName, key }) => {
    expect(endpointKey(group, endpointName)).toBe(key)
  })

  test('keep nothing of the white space around a name, and a dash for each space in it', () => {
    expect(endpointKey('\t core  ', '\u0085\u3000 my  API \n')).toBe('core_my--api')
  })
})

describe('types', () => {
  const cases = vectors<{ url: string; hasDns?: boolean; expectedType: string }>('endpoint-types.json')

  test.each(cases)('$name: $url', ({ url, hasDns = false, expectedType }) => {
    expect(endpointType(url, hasDns)).toBe(expectedType)
  })
})

test.each([
  ['tcp://example.org:22', 'TCP'],
  ['sctp://example.org:38412', 'SCTP'],
  ['udp://example.org:53', 'UDP'],
  ['icmp://example.org', 'ICMP'],
  ['starttls://example.org:587', 'STARTTLS'],
  ['tls://example.org:443', 'TLS'],
  ['http://example.org', 'HTTP'],
  ['https://example.org', 'HTTP'],
  ['grpc://example.org:50051', 'GRPC'],
  ['grpcs://example.org:443', 'GRPC'],
  ['ws://example.org', 'WEBSOCKET'],
  ['wss://example.org', 'WEBSOCKET'],
  ['ssh://example.org:22', 'SSH'],
  ['8.8.8.8', 'UNKNOWN'],
] as const)('%s is checked as %s, and as DNS when a query is configured', (url, type) => {
  expect(endpointType(url, false)).toBe(type)
  expect(endpointType(url, true)).toBe('DNS')
})

test('is shown with its group, if it has one', () => {
  expect(displayName({ group: 'core', name: 'API' })).toBe('core/API')
  expect(displayName({ group: '', name: 'API' })).toBe('API')
})
