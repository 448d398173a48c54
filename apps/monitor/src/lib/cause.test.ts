import { expect, test } from 'vitest'
import { causeOf } from './cause.ts'

const coded = (code: string, message = 'connect 10.0.0.1:80') => Object.assign(new Error(message), { code })

test.each([
  [coded('ECONNREFUSED'), 'connection refused'],
  [new AggregateError([coded('EHOSTUNREACH'), coded('ECONNREFUSED')]), 'no route to host'],
  [coded('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'), 'TLS failed: tlsv13 alert certificate required'],
  [coded('ESOMETHING', 'first line\nsecond'), 'first line'],
  [new Error(''), 'Error'],
  ['thrown text', 'thrown text'],
  [new Error('a'.repeat(300)), `${'a'.repeat(200)}…`],
])('%s is told as: %s', (error, cause) => {
  expect(causeOf(error)).toBe(cause)
})
