import { Secret } from '../lib/secret.ts'

/** Shorter texts occur by chance, and would black out what an operator has to read. */
const shortestSecret = 4
const shortestUrlPart = 8

/** What a text is replaced with. */
const mark = '<redacted>'

/** All `Secret` values somewhere in `settings`, as text. */
function revealedIn(settings: unknown): string[] {
  if (settings instanceof Secret) return [settings.reveal()]
  if (typeof settings !== 'object' || settings === null) return []
  return Object.values(settings).flatMap(revealedIn)
}

/** The parts of an address that are credentials, or may be: webhook addresses carry theirs in the path or the query. */
export function credentialsOf(address: string): string[] {
  if (!URL.canParse(address)) return []
  const { username, password, pathname, searchParams } = new URL(address)
  const user = [username, password].map(decoded)
  const basic = password === '' ? [] : [basicCredentials(username, password)]
  const parts = [pathname, ...pathname.split('/'), ...searchParams.values()].map(decoded)
  return [...user, ...basic, ...parts.filter((part) => part.length >= shortestUrlPart)]
}

/** The value of a `Basic` authorization for the user information of an url, which is percent-encoded there. */
export const basicCredentials = (username: string, password: string) =>
  Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A header such as `Bearer x` may be repeated without its scheme. */
const withoutScheme = (secret: string) => /^\S+ (\S+)$/.exec(secret)?.[1] ?? secret

/** Half a surrogate pair cannot be percent-encoded; it leaves as U+FFFD. */
const wellFormed = (text: string) => Buffer.from(text).toString()

/** How a secret may be spelled where a server repeats it. */
const spellings = (secret: string) => [
  secret,
  encodeURI(secret),
  encodeURIComponent(secret),
  JSON.stringify(secret).slice(1, -1),
]

/** Everything in `settings` that must not appear in an error or a log, longest first. */
export function secretsOf(settings: unknown): readonly string[] {
  const revealed = revealedIn(settings)
  const secrets = revealed.flatMap((secret) => [secret, withoutScheme(secret), ...credentialsOf(secret)])
  const texts = new Set(secrets.flatMap((secret) => spellings(wellFormed(secret))))
  return [...texts].filter((text) => text.length >= shortestSecret).sort((a, b) => b.length - a.length)
}

/** `text` without the secrets, which are given longest first. */
export function masked(text: string, secrets: readonly string[]): string {
  let safe = text
  for (const secret of secrets) safe = safe.replaceAll(secret, mark)
  return safe
}
