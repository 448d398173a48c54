import type { CheckTarget } from '../domain/endpoint.ts'
import { basicAuthorization } from './http-url.ts'
import { graphqlBody, requestText } from './request-text.ts'
import { userAgent } from './user-agent.ts'

/** Headers as name, value, name, value; the names as they are sent. */
export type HeaderList = string[]

/** One request of a check: the first, or one that a redirect asked for. */
export interface HttpRequest {
  /** Without credentials and fragment. */
  readonly url: URL
  readonly method: string
  /** All but `Host` and `Upgrade`. */
  readonly headers: HeaderList
  /** The `Host` header, where the configuration names one. */
  readonly host?: string
  /** The protocol to switch to, where the configuration asks for one. */
  readonly upgrade?: string
  readonly body: Buffer | undefined
}

/** What each check of a target begins with, worked out once. */
export interface RequestPlan {
  readonly first: HttpRequest
  /** Whether answers are decompressed: only if it was us who asked for compression. */
  readonly decode: boolean
}

/** The parts of the connection that HTTP itself speaks for; what the configuration says about them is not sent. */
const framing = new Set(['content-length', 'transfer-encoding', 'trailer', 'keep-alive', 'expect'])

/** `x-custom-header` as `X-Custom-Header`. */
const canonical = (name: string) => name.toLowerCase().replace(/(^|-)[a-z]/g, (letters) => letters.toUpperCase())

/** Header values go out as UTF-8; the client takes one character per byte. */
const wireText = (value: string) => Buffer.from(value.trim()).toString('latin1')

export function headerValue(headers: HeaderList, name: string): string | undefined {
  for (let index = 0; index < headers.length; index += 2) {
    if (headers[index]?.toLowerCase() === name) return headers[index + 1]
  }
  return undefined
}

/** The list without the headers of these lower-case names. */
export function withoutHeaders(headers: HeaderList, names: ReadonlySet<string>): string[] {
  const kept: string[] = []
  for (let index = 0; index < headers.length; index += 2) {
    const [name = '', value = ''] = headers.slice(index, index + 2)
    if (!names.has(name.toLowerCase())) kept.push(name, value)
  }
  return kept
}

export const bodyOf = (target: CheckTarget): Buffer | undefined => {
  const text = target.graphql ? graphqlBody(requestText(target)) : requestText(target)
  return text === '' ? undefined : Buffer.from(text)
}

/** Throws when the url or the headers make no valid request. */
export function planRequest(target: CheckTarget): RequestPlan {
  const url = new URL(target.url)
  const authorization = basicAuthorization(url)
  url.username = ''
  url.password = ''
  url.hash = ''

  const configured = new Map(
    Object.entries(target.headers).map(([name, value]) => [canonical(name.trim()), wireText(value)]),
  )
  const host = configured.get('Host')
  const upgrade = configured.get('Upgrade')
  // A single hop's business: the client writes these itself.
  configured.delete('Host')
  configured.delete('Upgrade')
  if (upgrade !== undefined) configured.delete('Connection')

  const setDefault = (name: string, value: string | undefined) => {
    if (value !== undefined && !configured.has(name)) configured.set(name, value)
  }
  setDefault('User-Agent', userAgent)
  setDefault('Content-Type', target.graphql ? 'application/json' : undefined)
  setDefault('Authorization', authorization)
  const decode = !configured.has('Accept-Encoding') && !configured.has('Range') && target.method !== 'HEAD'
  if (decode) configured.set('Accept-Encoding', 'gzip, br')

  const headers = withoutHeaders([...configured].flat(), framing)
  return { first: { url, method: target.method, headers, host, upgrade, body: bodyOf(target) }, decode }
}
