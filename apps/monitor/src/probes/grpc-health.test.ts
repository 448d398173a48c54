import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeHealthResponse, encodeHealthRequest } from './grpc-health.ts'

test('writes the name of the service with its length', () => {
  expect([...encodeHealthRequest('')]).toEqual([])
  expect([...encodeHealthRequest('ab')]).toEqual([10, 2, 97, 98])
  expect([...encodeHealthRequest('x'.repeat(300)).subarray(0, 4)]).toEqual([10, 0xac, 2, 120])
})

test.each([
  ['UNKNOWN', []],
  ['SERVING', [8, 1]],
  ['NOT_SERVING', [8, 1, 8, 2]],
  ['SERVICE_UNKNOWN', [8, 3]],
  ['9', [8, 9]],
  // Fields that we do not know: a number, 8 bytes, a text, 4 bytes.
  ['SERVING', [16, 5, 25, 1, 2, 3, 4, 5, 6, 7, 8, 34, 2, 8, 9, 45, 1, 2, 3, 4, 8, 1]],
])('reads %s out of %j', (status, message) => {
  expect(decodeHealthResponse(Buffer.from(message))).toBe(status)
})

test.each([[[8]], [[8, 0x80]], [[34, 9, 1]], [[11]], [[8, ...Array<number>(10).fill(0xff), 1]]])(
  'refuses %j',
  (message) => {
    expect(() => decodeHealthResponse(Buffer.from(message))).toThrow('malformed health response')
  },
)

test('reads or refuses any bytes, and never hangs', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      try {
        return decodeHealthResponse(Buffer.from(bytes)) !== ''
      } catch (error) {
        return error instanceof Error && error.message === 'malformed health response'
      }
    }),
  )
})
