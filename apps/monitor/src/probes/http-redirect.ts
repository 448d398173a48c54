import { type HttpRequest, headerValue, withoutHeaders } from './http-request.ts'
import { basicAuthorization } from './http-url.ts'

/** Only the time-out would end a loop otherwise. */
export const mostRedirects = 50

/** Statuses with which a server asks for another url: https://www.rfc-editor.org/rfc/rfc9110#section-15.4 */
const redirects = new Set([301, 302, 303, 307, 308])

const credentialHeaders = new Set([
  'authorization',
  'cookie',
  'cookie2',
  'proxy-authenticate',
  'proxy-authorization',
  'www-authenticate',
])

const contentHeaders = new Set(['content-encoding', 'content-language', 'content-location', 'content-type'])

const refererHeader = new Set(['referer'])

export const isRedirect = (status: number, location: string | undefined): location is string =>
  location !== undefined && location !== '' && redirects.has(status)

/** Whether `host` is `domain` or one of its sub-domains. */
const isInside = (host: string, domain: string) =>
  host === domain || (host.endsWith(`.${domain}`) && !/^[\d.]+$|^\[/.test(host))

/** The page that linked there, unless that would tell an insecure site about a secure one. */
function refererFor(from: URL, to: URL): string | undefined {
  return from.protocol === 'https:' && to.protocol === 'http:' ? undefined : from.href
}

/** What to ask next, or why not. `first` is the request the check began with, whose domain may see its credentials. */
export function redirected(
  first: HttpRequest,
  from: HttpRequest,
  status: number,
  location: string,
): HttpRequest | { readonly problem: string } {
  if (!URL.canParse(location, from.url.href)) return { problem: 'redirected to an invalid url' }
  const url = new URL(location, from.url.href)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { problem: `redirected to an unsupported scheme (${url.protocol.slice(0, 20)})` }
  }
  const authorization = basicAuthorization(url)
  url.username = ''
  url.password = ''
  url.hash = ''

  const becomesGet = status <= 303 && from.method !== 'GET' && from.method !== 'HEAD'
  const body = becomesGet ? undefined : from.body
  let headers = withoutHeaders(from.headers, becomesGet ? contentHeaders : new Set())
  if (!isInside(url.hostname, first.url.hostname)) headers = withoutHeaders(headers, credentialHeaders)
  if (authorization !== undefined && headerValue(headers, 'authorization') === undefined) {
    headers.push('Authorization', authorization)
  }
  const ownReferer = headerValue(first.headers, 'referer')
  const referer = refererFor(from.url, url)
  headers = withoutHeaders(headers, refererHeader)
  if (referer !== undefined) headers.push('Referer', ownReferer ?? referer)

  return {
    url,
    method: becomesGet ? 'GET' : from.method,
    headers,
    // A location relative to this server stays with the name it was asked under.
    host: URL.canParse(location) || location.startsWith('//') ? undefined : from.host,
    body,
  }
}
