/** Where the time of one HTTP exchange went, in milliseconds. A phase that did not happen (a kept-alive connection has no DNS) is absent. */
export interface Phases {
  readonly dnsMs?: number
  readonly connectMs?: number
  readonly tlsMs?: number
  readonly firstByteMs?: number
  readonly downloadMs?: number
}

/** What one probe run saw: facts without a verdict. */
export interface Observation {
  /** Whether the other side answered at the protocol's own level. */
  readonly connected: boolean
  /** HTTP status; absent if there was none. */
  readonly status?: number
  /** Response time in milliseconds, without the download of the body. */
  readonly durationMs: number
  /** At most `bodyLimit` bytes, decoded as UTF-8; only when a condition needs it. */
  readonly body?: string
  readonly ip?: string
  readonly dnsRcode?: string
  /** Time until the certificate expires; negative once it has. */
  readonly certificateExpirationMs?: number
  readonly domainExpirationMs?: number
  /** What went wrong, in the order it happened. Errors alone do not fail a check: conditions decide. */
  readonly errors: readonly string[]
  readonly phases?: Phases
}
