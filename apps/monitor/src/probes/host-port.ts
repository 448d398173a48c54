/** A host and a port to connect to; an IPv6 address has no brackets here. */
export interface HostPort {
  readonly host: string
  readonly port: number
}

/** The host and port of a url such as `tcp://host:port`, or what is wrong with it. */
export function hostPort(url: string): HostPort | { readonly problem: string } {
  const scheme = url.slice(0, url.indexOf('://') + '://'.length)
  const example = `write ${scheme}host:port`
  if (!URL.canParse(url)) return { problem: `not a valid url: ${example}` }
  const { hostname, port } = new URL(url)
  if (hostname === '') return { problem: `the host is missing: ${example}` }
  if (port === '') return { problem: `the port is missing: ${example}` }
  return { host: unbracketed(hostname), port: Number(port) }
}

/** `[::1]` as `::1`; any other host as it is. */
export const unbracketed = (hostname: string): string => (hostname.startsWith('[') ? hostname.slice(1, -1) : hostname)

/** What is wrong with the host and port of a url. */
export function hostPortProblem(url: string): string | undefined {
  const parsed = hostPort(url)
  return 'problem' in parsed ? parsed.problem : undefined
}
