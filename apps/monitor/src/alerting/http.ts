import type { Dispatcher } from 'undici'
import type { OutboundRequest } from '../domain/ports.ts'
import { basicCredentials } from './mask.ts'

const mostRedirects = 10
const mostBytesRead = 4096

/** Per address, so that a slow provider does not take connections without end. */
const connections = 8

/** Addresses of proxies, as in `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`. */
export interface Proxies {
  readonly http?: string
  readonly https?: string
  readonly none?: string
}

/** An error that trying again will not mend. */
export class UnsendableError extends Error {
  override readonly name = 'UnsendableError'
}

export interface Answer {
  readonly status: number
  readonly retryAfter: string | undefined
  /** The beginning of the body of a refusal; empty otherwise. */
  readonly opening: string
  /** There was more of it. */
  readonly truncated: boolean
}

interface Hop {
  readonly url: URL
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** Puts one request on the wire. Throws what keeps it from an answer. */
export type Exchange = (
  request: OutboundRequest,
  options: { readonly insecure: boolean; readonly signal: AbortSignal; readonly followRedirects: boolean },
) => Promise<Answer>

/** Loaded with the first notice: a monitor that has nothing to tell does without some megabytes of it. */
const client = () => import('undici')

async function createAgent(insecure: boolean, proxies: Proxies | undefined): Promise<Dispatcher> {
  const { Agent, EnvHttpProxyAgent } = await client()
  const tls = insecure ? { rejectUnauthorized: false } : {}
  // Kept short: a connection that the other side is about to drop would cost a notice its attempt.
  const options = { connections, pipelining: 1, keepAliveTimeout: 1_000, connect: { ...tls, timeout: 60_000 } }
  if (proxies === undefined) return new Agent(options)
  const { http = '', https = '', none = '' } = proxies
  return new EnvHttpProxyAgent({ ...options, requestTls: tls, httpProxy: http, httpsProxy: https, noProxy: none })
}

/** An exchange over connections of its own, which checks never wait for. It follows redirects, at most ten. */
export function createHttpExchange(proxies: Proxies | undefined): {
  readonly exchange: Exchange
  /** Ends what is under way. */
  close(): Promise<void>
} {
  const agents = new Map<boolean, Promise<Dispatcher>>()

  function agentFor(insecure: boolean): Promise<Dispatcher> {
    const agent = agents.get(insecure) ?? createAgent(insecure, proxies)
    agents.set(insecure, agent)
    return agent
  }

  return {
    async exchange(request, { insecure, signal, followRedirects }) {
      const dispatcher = await agentFor(insecure)
      return followed(request, { dispatcher, signal }, followRedirects)
    },
    async close() {
      await Promise.all([...agents.values()].map(async (agent) => (await agent).destroy()))
    },
  }
}

async function followed(
  request: OutboundRequest,
  over: { readonly dispatcher: Dispatcher; readonly signal: AbortSignal },
  followRedirects: boolean,
): Promise<Answer> {
  const { request: send } = await client()
  let hop: Hop = { ...request, url: httpUrl(request.url), headers: sendable(request.headers) }
  for (let redirects = 0; ; redirects++) {
    const { url, method, headers, body } = hop
    const response = await send(withoutUser(url), {
      ...over,
      method: method.toUpperCase(),
      headers: { 'user-agent': 'Vedette', ...authorization(url), ...headers },
      body: body === undefined || body === '' ? null : body,
    })
    const location = locationOf(response)
    if (!followRedirects || location === undefined || !redirectStatuses.has(response.statusCode)) {
      return await answered(response)
    }
    if (redirects === mostRedirects) throw new UnsendableError(`was redirected more than ${mostRedirects} times`)
    await response.body.dump({ limit: mostBytesRead })
    hop = redirected(hop, response.statusCode, httpUrl(location, url))
  }
}

const redirectStatuses = new Set([301, 302, 303, 307, 308])

/** 307 and 308 repeat the request; the others ask with a `GET`, as browsers do. */
function redirected({ url, method, headers, body }: Hop, status: number, target: URL): Hop {
  const own = target.origin === url.origin ? headers : without(headers, credentialHeaders)
  if (status === 307 || status === 308) return { url: target, method, headers: own, body }
  const bodyless = without(own, bodyHeaders)
  return { url: target, method: method.toUpperCase() === 'HEAD' ? 'HEAD' : 'GET', headers: bodyless, body: undefined }
}

/** Not to be handed to whom the provider points at. */
const credentialHeaders = new Set(['authorization', 'cookie', 'proxy-authorization'])
const bodyHeaders = new Set(['content-type', 'content-encoding', 'content-language'])

/** What HTTP itself sets; a configured value would contradict it. */
const ownHeaders = new Set(['host', 'content-length', 'transfer-encoding', 'connection', 'trailer'])

const without = (headers: Readonly<Record<string, string>>, names: ReadonlySet<string>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.has(name)))

const sendable = (headers: Readonly<Record<string, string>>) =>
  without(Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])), ownHeaders)

function httpUrl(text: string, base?: URL): URL {
  // The parser would drop line breaks, and with them make an address out of what is none.
  if (hasControlCharacter(text) || !URL.canParse(text, base)) throw new UnsendableError('the url is not valid')
  const url = new URL(text, base)
  if (url.protocol === 'http:' || url.protocol === 'https:') return url
  throw new UnsendableError(`the url must start with http:// or https://, not ${url.protocol}`)
}

const hasControlCharacter = (text: string) => [...text].some((character) => character < ' ' || character === '\u007f')

function withoutUser(url: URL): URL {
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  return bare
}

const authorization = ({ username, password }: URL): Record<string, string> =>
  username === '' && password === '' ? {} : { authorization: `Basic ${basicCredentials(username, password)}` }

const locationOf = ({ headers: { location } }: Dispatcher.ResponseData) => first(location)

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)

async function answered({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<Answer> {
  const retryAfter = first(headers['retry-after'])
  // Whatever happens to the rest of the answer: the status has said it all.
  body.on('error', () => undefined)
  if (statusCode < 400) {
    await body.dump({ limit: mostBytesRead }).catch(() => undefined)
    return { status: statusCode, retryAfter, opening: '', truncated: false }
  }
  return { status: statusCode, retryAfter, ...(await openingOf(body)) }
}

async function openingOf(body: AsyncIterable<Buffer>): Promise<{ opening: string; truncated: boolean }> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of body) {
      chunks.push(chunk)
      size += chunk.length
      if (size > mostBytesRead) break
    }
  } catch {
    return { opening: Buffer.concat(chunks).subarray(0, mostBytesRead).toString(), truncated: true }
  }
  return { opening: Buffer.concat(chunks).subarray(0, mostBytesRead).toString(), truncated: size > mostBytesRead }
}
