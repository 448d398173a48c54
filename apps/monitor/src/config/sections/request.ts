import type { EndpointType } from '../../domain/endpoint.ts'
import { endpointType } from '../../domain/endpoint.ts'
import { scalarOf } from '../../lib/scalar.ts'
import { didYouMean } from '../../lib/suggest.ts'
import { probeTypes } from '../../probes/index.ts'
import { notSupportedYet } from '../not-yet.ts'
import type { Spot } from '../spot.ts'

const schemes = probeTypes.flatMap((probe) => probe.schemes.map((scheme) => scheme.replace(/:$/, '')))

/** What a method is made of: https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
const token = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/

/** Reports what is wrong with what an endpoint asks for. */
export function checkRequest(
  spot: Spot,
  { url, method }: { readonly url: string; readonly method: string },
  fail: string,
): void {
  if (url === '') {
    spot.error(`${fail}you must specify an url for each endpoint`, 'for example url: https://example.org/health')
  }
  for (const kind of ['dns', 'ssh']) {
    // Gatus takes even an empty `ssh` section for one, and then checks neither url nor method.
    if (!spot.at(kind).present) continue
    spot.at(kind).error(`${kind} endpoints are ${notSupportedYet}`)
    return
  }
  if (url === '') return
  const type = endpointType(url, false)
  if (type === 'UNKNOWN') spot.at('url').error(`${fail}unknown endpoint type`, unknownTypeHint(url))
  else checkUrl(spot.at('url'), url, type, fail)
  if (!token.test(method)) {
    spot
      .at('method')
      .error(`${fail}net/http: invalid method ${scalarOf(spot.at('method').plain())?.shown()}`, 'such as GET or POST')
  }
}

function unknownTypeHint(url: string): string {
  const scheme = /^\s*([A-Za-z][A-Za-z\d+.-]*):/.exec(url)?.[1] ?? ''
  if (schemes.includes(scheme.toLowerCase()) && /^\s*[^:]+:\/\//.test(url)) {
    return `begin it with ${scheme.toLowerCase()}://, in small letters`
  }
  return didYouMean(scheme, schemes) ?? `begin it with one of ${schemes.map((name) => `${name}://`).join(', ')}`
}

function checkUrl(spot: Spot, url: string, type: EndpointType, fail: string): void {
  const probe = probeTypes.find((entry) => entry.type === type)
  if (probe === undefined) {
    spot.error(`${url.slice(0, url.indexOf(':'))} endpoints are ${notSupportedYet}`)
    return
  }
  const mistake = syntaxProblem(url)
  const problem = mistake ?? probe.problem?.(url)
  if (problem === undefined) return
  if (mistake !== undefined || type === 'HTTP') spot.error(`${fail}invalid url: ${problem}`)
  // Gatus starts with an address that nothing can connect to: the endpoint is down then, and so it is here.
  else spot.warn(`this endpoint will always fail: ${problem}`)
}

/** What is wrong with a url whatever its scheme, without repeating it: it may hold credentials. */
function syntaxProblem(url: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\x00-\x1f\x7f]/.test(url)) return 'control characters are not allowed'
  const [, rest = ''] = url.split(/:\/\/(.*)/s)
  const authority = rest.split(/[/?#]/, 1)[0] ?? ''
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  if (/[\s<>"]/.test(host)) return 'invalid character in host name'
  if (/%(?![\da-f]{2})/i.test(rest.replace(/\?[^#]*/, ''))) return 'a % must be followed by two hexadecimal digits'
  const port = /^(?:\[[^\]]*\]|[^:]*):([^:]*)$/.exec(host)?.[1]
  return port !== undefined && !/^\d*$/.test(port) ? 'the port must be a number' : undefined
}
