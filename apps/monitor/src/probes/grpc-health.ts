/**
 * The two messages of the gRPC health service, by hand: a field is a tag and a value.
 * https://github.com/grpc/grpc-proto/blob/master/grpc/health/v1/health.proto
 * https://protobuf.dev/programming-guides/encoding/
 */

export const healthCheckPath = '/grpc.health.v1.Health/Check'

/** Tag of field 1 as a length-delimited text, and as a number. */
const serviceTag = (1 << 3) | 2
const statusTag = 1 << 3

const statuses = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN']

/** A `HealthCheckRequest`; the empty name asks about the server as a whole. */
export function encodeHealthRequest(service: string): Buffer {
  const name = Buffer.from(service)
  return name.length === 0 ? name : Buffer.concat([Buffer.from([serviceTag, ...varint(name.length)]), name])
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(Math.floor(value / 0x80))]
}

/** The status of a `HealthCheckResponse`, by name; a number that has none stands for itself. Throws when damaged. */
export function decodeHealthResponse(message: Buffer): string {
  let status = 0
  let offset = 0
  const readVarint = (): number => {
    let value = 0
    for (let shift = 0; shift < 10; shift += 1) {
      const byte = message[offset]
      if (byte === undefined) break
      offset += 1
      // Beyond 2^53 the number is not exact, but then it is no status either.
      value += (byte & 0x7f) * 2 ** (7 * shift)
      if (byte < 0x80) return value
    }
    throw new Error('malformed health response')
  }
  const skip = (bytes: number) => {
    offset += bytes
  }

  while (offset < message.length) {
    const tag = readVarint()
    const wireType = tag & 7
    if (wireType === 0) {
      const value = readVarint()
      if (tag === statusTag) status = value
    } else if (wireType === 1) skip(8)
    else if (wireType === 2) skip(readVarint())
    else if (wireType === 5) skip(4)
    else throw new Error('malformed health response')
  }
  if (offset !== message.length) throw new Error('malformed health response')
  return statuses[status] ?? String(status)
}
