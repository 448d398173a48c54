/** Longest cause shown, in characters: what a hostile server wrote may end up in an error of the platform. */
const longestCause = 200

/** https://nodejs.org/api/errors.html#common-system-errors and https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const causes: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EADDRNOTAVAIL: 'address not available',
  EAI_AGAIN: 'name lookup failed for now',
  EAI_FAIL: 'name lookup failed',
  EAI_NODATA: 'no address for this host',
  ECONNABORTED: 'connection aborted',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EHOSTDOWN: 'host is down',
  EHOSTUNREACH: 'no route to host',
  EMFILE: 'too many open files',
  ENETDOWN: 'network is down',
  ENETUNREACH: 'network is unreachable',
  ENODATA: 'no address for this host',
  ENOTFOUND: 'no such host',
  EPIPE: 'connection closed by the other side',
  ETIMEDOUT: 'connection timed out',
  CERT_HAS_EXPIRED: 'certificate has expired',
  CERT_NOT_YET_VALID: 'certificate is not yet valid',
  CERT_REVOKED: 'certificate has been revoked',
  CERT_SIGNATURE_FAILURE: 'certificate has a bad signature',
  CERT_UNTRUSTED: 'certificate is not trusted',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate is self-signed',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate is for another host name',
  INVALID_PURPOSE: 'certificate is not meant for this use',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate chain ends in an unknown, self-signed certificate',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate is signed by an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate is signed by an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate is signed by an unknown authority',
  ERR_SSL_WRONG_VERSION_NUMBER: 'the other side does not speak TLS',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'the other side does not speak TLS',
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'no common TLS version',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'no common TLS version',
  UND_ERR_HEADERS_OVERFLOW: 'response headers are too large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'connection closed before the end of the response',
  UND_ERR_SOCKET: 'connection closed by the other side',
  Z_BUF_ERROR: 'compressed data ends too early',
  Z_DATA_ERROR: 'compressed data is damaged',
}

const codeOf = (error: Error): string | undefined =>
  'code' in error && typeof error.code === 'string' ? error.code : undefined

function causeOfCode(code: string): string | undefined {
  const known = causes[code]
  if (known !== undefined) return known
  // TLS alerts, such as ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED, and zlib's codes for Brotli.
  if (code.startsWith('ERR_SSL_'))
    return `TLS failed: ${code.slice('ERR_SSL_'.length).toLowerCase().replaceAll('_', ' ')}`
  if (code.startsWith('ERR__ERROR_FORMAT_') || code.startsWith('ERR_BROTLI_')) return 'compressed data is damaged'
  return undefined
}

/** The first line of a text, cut to a bearable length. */
export function shortText(text: string): string {
  const line = text.split('\n', 1)[0]?.trim() ?? ''
  return line.length > longestCause ? `${line.slice(0, longestCause)}…` : line
}

/** A few words on why something failed: lower case, on one line, without addresses. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return shortText(String(error))
  if (error.name === 'HTTPParserError') return 'malformed response'
  // Several addresses were tried; the first failure is as good as any.
  if (error instanceof AggregateError && error.errors.length > 0) return causeOf(error.errors[0])
  const code = codeOf(error)
  return (code === undefined ? undefined : causeOfCode(code)) ?? shortText(error.message || error.name)
}
