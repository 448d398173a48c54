import { status } from '@grpc/grpc-js'
import { expect, test } from 'vitest'
import { rpcErrorOf } from './grpc-error.ts'

test.each(Object.entries(status).filter(([, code]) => typeof code === 'number'))('names the code %s', (name, code) => {
  const { message } = rpcErrorOf({ code: Number(code), details: 'x' })

  const words = name.replace('CANCELLED', 'CANCELED').replaceAll('_', '')
  expect(message.toUpperCase()).toBe(`RPC ERROR: CODE = ${words} DESC = X`)
})

const notConnected = (reason: string) => `No connection established. Last error: ${reason}. Resolution note: `

test.each([
  [notConnected('Error: connect ECONNREFUSED 127.0.0.1:1'), 'connection refused'],
  [notConnected('Error: certificate has expired'), 'certificate has expired'],
  [notConnected('Protocol error (2026-08-01T10:11:12.345Z)'), 'Protocol error'],
  [notConnected('Failed to connect (2026-08-01T10:11:12.345Z)'), 'connection closed by the other side'],
  [
    notConnected('C0F6:error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:../rec.c:1:\n'),
    'TLS failed: tlsv13 alert certificate required',
  ],
  ['Connection dropped', 'connection closed by the other side'],
  ['read ECONNRESET', 'connection reset'],
  ['a server may say anything', 'a server may say anything'],
  [`two\nlines`, 'two'],
  ['x'.repeat(65_536), `${'x'.repeat(200)}…`],
])('of %j it says %j', (details, description) => {
  expect(rpcErrorOf({ code: 14, details }).message).toBe(`rpc error: code = Unavailable desc = ${description}`)
})
