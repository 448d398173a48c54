import { randomInt } from 'node:crypto'
import type { CheckTarget } from '../domain/endpoint.ts'

const alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** Longest text that one `[RANDOM_STRING_N]` becomes, in characters. */
const longestRandomText = 8192

function randomText(length: number): string {
  let text = ''
  for (let index = 0; index < length; index++) text += alphabet[randomInt(alphabet.length)]
  return text
}

/** Whether a body is the same on every check. */
export const isFixedText = (body: string): boolean =>
  !body.includes('[RANDOM_STRING_') && !body.includes('[LOCAL_ADDRESS]')

/** The body of a request with its placeholders filled in; their names are upper-case only. */
export function requestText({ body, name, group, url }: Pick<CheckTarget, 'body' | 'name' | 'group' | 'url'>): string {
  if (!body.includes('[')) return body
  return body
    .replaceAll('[ENDPOINT_NAME]', () => name)
    .replaceAll('[ENDPOINT_GROUP]', () => group)
    .replaceAll('[ENDPOINT_URL]', () => url)
    .replace(/\[RANDOM_STRING_(\d+)\]/g, (_, digits: string) => randomText(Math.min(Number(digits), longestRandomText)))
}

/** For protocols that know which connection a text goes out on: the local `ip:port`, IPv6 in brackets. */
export const withLocalAddress = (text: string, address: string, port: number): string =>
  text.replaceAll('[LOCAL_ADDRESS]', address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`)

/** https://graphql.org/learn/serving-over-http/#post-request-and-body; HTML's special characters are escaped too. */
export const graphqlBody = (query: string): string =>
  JSON.stringify({ query }).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
