import type { TLSSocket } from 'node:tls'

/** When the certificate of the other side ends, in milliseconds since 1970; `undefined` if it showed none. */
export function certificateEndOf(socket: TLSSocket): number | undefined {
  const certificate = socket.getPeerX509Certificate()
  if (certificate === undefined) return undefined
  // OpenSSL's notation, always GMT: `Jan  1 00:00:00 2030 GMT`.
  const endsAt = Date.parse(certificate.validTo)
  return Number.isNaN(endsAt) ? undefined : endsAt
}
