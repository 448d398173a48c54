import type { CheckTarget } from '../../domain/endpoint.ts'
import { withoutCredentials } from '../../lib/credentials.ts'

const authority = /^[^:/?#]+:\/\/(\[[^\]]*\]|[^:/?#]*)(?::(\d+))?/

/** The host that a check talks to, as written in its url; empty if there is none. */
export function hostnameOf({ type, url }: Pick<CheckTarget, 'type' | 'url'>): string {
  if (type === 'DNS') return url.replace(/:53$/, '')
  if (type === 'ICMP') return url.replace(/^icmp:\/\//, '')
  const host = authority.exec(withoutCredentials(url))?.[1] ?? ''
  return host.startsWith('[') ? host.slice(1, -1) : host
}

/** The port, where the url names one. */
export const portOf = ({ url }: Pick<CheckTarget, 'url'>): string | undefined =>
  authority.exec(withoutCredentials(url))?.[2]
