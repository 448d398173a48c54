import type { AlertRule } from './alert-rule.ts'
import type { MaintenanceWindow } from './maintenance.ts'

/** The protocol of an endpoint, in the spelling of the `type` label of the `gatus_*` metrics. */
export type EndpointType =
  | 'DNS'
  | 'TCP'
  | 'SCTP'
  | 'UDP'
  | 'ICMP'
  | 'STARTTLS'
  | 'TLS'
  | 'HTTP'
  | 'GRPC'
  | 'WEBSOCKET'
  | 'SSH'
  | 'UNKNOWN'

/** How a probe talks: the `client` section of an endpoint. Plain data, since it travels to the checker thread. */
export interface ClientSettings {
  /** Bounds one check as a whole, in milliseconds. */
  readonly timeoutMs: number
  /** Accept any certificate. */
  readonly insecure: boolean
  /** Take a 3xx answer as the answer, instead of following it. */
  readonly ignoreRedirect: boolean
  /** Client certificate and key, as PEM text. */
  readonly tls?: { readonly certificate: string; readonly privateKey: string }
}

/** What an endpoint lets out of its results: the `ui` section of an endpoint. */
export interface EndpointDisplay {
  readonly hideConditions: boolean
  readonly hideHostname: boolean
  readonly hideUrl: boolean
  readonly hidePort: boolean
  readonly hideErrors: boolean
  readonly dontResolveFailedConditions: boolean
  readonly resolveSuccessfulConditions: boolean
  /** Five inclusive upper bounds in milliseconds, for the colours of the response time badge. */
  readonly badgeThresholds: readonly number[]
}

/** The part of an endpoint that a checker needs. Plain data: it is cloned into the checker thread. */
export interface CheckTarget {
  readonly key: string
  readonly name: string
  readonly group: string
  readonly type: EndpointType
  /** As configured. May hold credentials, so it never leaves the process. */
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly graphql: boolean
  /** Source text of the conditions; valid, since the configuration was loaded. */
  readonly conditions: readonly string[]
  readonly client: ClientSettings
  readonly display: EndpointDisplay
}

/** Something monitored. */
export interface Endpoint extends CheckTarget {
  readonly enabled: boolean
  readonly intervalMs: number
  readonly alerts: readonly AlertRule[]
  readonly maintenanceWindows: readonly MaintenanceWindow[]
  /** Additional metric labels. */
  readonly extraLabels: Readonly<Record<string, string>>
  /** Keys under which the history of this endpoint was kept before it was renamed. */
  readonly previousKeys: readonly string[]
}

const replacedInKeys = /[/_., #+&]/g

/** White space as Unicode defines it: `trim()` also takes U+FEFF, and leaves U+0085. */
const outerSpace =
  /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g

const sanitized = (text: string) => text.toLowerCase().replace(outerSpace, '').replace(replacedInKeys, '-')

/** The identity of an endpoint in URLs and in storage; an endpoint without a group has a leading underscore. */
export const endpointKey = (group: string, name: string) => `${sanitized(group)}_${sanitized(name)}`

/** `group/name`, or the name alone. */
export const displayName = ({ group, name }: { group: string; name: string }) =>
  group === '' ? name : `${group}/${name}`

const schemes: readonly (readonly [prefix: string, type: EndpointType])[] = [
  ['tcp://', 'TCP'],
  ['sctp://', 'SCTP'],
  ['udp://', 'UDP'],
  ['icmp://', 'ICMP'],
  ['starttls://', 'STARTTLS'],
  ['tls://', 'TLS'],
  ['http://', 'HTTP'],
  ['https://', 'HTTP'],
  ['grpc://', 'GRPC'],
  ['grpcs://', 'GRPC'],
  ['ws://', 'WEBSOCKET'],
  ['wss://', 'WEBSOCKET'],
  ['ssh://', 'SSH'],
]

/** The protocol that an endpoint is checked over. Schemes are lower-case and start the url. */
export function endpointType(url: string, hasDns: boolean): EndpointType {
  if (hasDns) return 'DNS'
  return schemes.find(([prefix]) => url.startsWith(prefix))?.[1] ?? 'UNKNOWN'
}
