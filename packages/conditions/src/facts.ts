import type { Context } from './context.ts'
import { type Json, mayHoldLongNumbers, parseJson, parseJsonKeepingDigits } from './json.ts'
import { trim } from './text.ts'

/** What one check saw; absent is nothing seen. Expirations are the time left, negative once they have passed. */
export interface Facts {
  /** The HTTP status, or the exit code of a command. */
  readonly status?: number
  readonly responseTimeMs?: number
  readonly ip?: string
  readonly body?: string
  readonly connected?: boolean
  readonly certificateExpirationMs?: number
  readonly domainExpirationMs?: number
  /** Such as `NOERROR` or `NXDOMAIN`. */
  readonly dnsRcode?: string
  /** The values of a suite so far; absent outside suites. */
  readonly context?: Context
}

/** The facts of one check, with what several conditions would otherwise work out again. */
export class FactSheet {
  readonly facts: Facts
  #json: { readonly value: Json | undefined } | undefined
  #exactJson: { readonly value: Json | undefined } | undefined
  #trimmedBody: string | undefined

  constructor(facts: Facts) {
    this.facts = facts
  }

  get body(): string {
    return this.facts.body ?? ''
  }

  get trimmedBody(): string {
    this.#trimmedBody ??= trim(this.body)
    return this.#trimmedBody
  }

  /** The body as JSON, undefined if it is none. */
  get json(): Json | undefined {
    this.#json ??= { value: parseJson(this.body) }
    return this.#json.value
  }

  /** The body, which must be JSON, with every digit of its numbers; undefined if `json` has all of them already. */
  get exactJson(): Json | undefined {
    this.#exactJson ??= { value: mayHoldLongNumbers(this.body) ? parseJsonKeepingDigits(this.body) : undefined }
    return this.#exactJson.value
  }
}

/** Wrap once per check, so that its body is read as JSON at most once for all the conditions. */
export const createFacts = (facts: Facts) => new FactSheet(facts)

export type FactName =
  | 'STATUS'
  | 'RESPONSE_TIME'
  | 'IP'
  | 'DNS_RCODE'
  | 'CONNECTED'
  | 'CERTIFICATE_EXPIRATION'
  | 'DOMAIN_EXPIRATION'
  | 'BODY'

export const factNames: readonly FactName[] = [
  'STATUS',
  'RESPONSE_TIME',
  'IP',
  'DNS_RCODE',
  'CONNECTED',
  'CERTIFICATE_EXPIRATION',
  'DOMAIN_EXPIRATION',
  'BODY',
]

/** Times are whole milliseconds. */
export function factValue(name: FactName, sheet: FactSheet): string | number {
  const { facts } = sheet
  switch (name) {
    case 'STATUS':
      return facts.status ?? 0
    case 'RESPONSE_TIME':
      return whole(facts.responseTimeMs)
    case 'IP':
      return facts.ip ?? ''
    case 'DNS_RCODE':
      return facts.dnsRcode ?? ''
    case 'CONNECTED':
      return facts.connected === true ? 'true' : 'false'
    case 'CERTIFICATE_EXPIRATION':
      return whole(facts.certificateExpirationMs)
    case 'DOMAIN_EXPIRATION':
      return whole(facts.domainExpirationMs)
    case 'BODY':
      return sheet.trimmedBody
  }
}

// Adding 0 turns -0 into 0.
const whole = (ms: number | undefined) => (ms === undefined ? 0 : Math.trunc(ms) + 0)
