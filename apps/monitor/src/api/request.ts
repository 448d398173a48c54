import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Board, BoardEntry } from '../domain/board.ts'
import { ApiError } from './errors.ts'

/** The key in a path, decoded like a form value: `%xx`, and `+` for a space. */
function decodedKey(raw: string): string {
  try {
    return decodeURIComponent(raw.replaceAll('+', ' '))
  } catch {
    throw new ApiError('invalid key encoding')
  }
}

/** The segment after `endpoints`; Hono's own parameters are decoded already, and otherwise than clients expect. */
function keySegment(path: string): string {
  const segments = path.split('/')
  return segments[segments.indexOf('endpoints') + 1] ?? ''
}

/** The page as the client reached it, since that is where its links should lead. Without a trailing slash. */
export function pageUrl(c: Context, basePath: string): string {
  const url = new URL(c.req.url)
  if (c.req.header('x-forwarded-proto') === 'https') url.protocol = 'https:'
  return url.origin + basePath
}

/** What a visitor tells of the language they want, by themselves or through their browser. */
export const languageWish = (c: Context, cookie: string) => ({
  query: c.req.query('lang'),
  cookie: getCookie(c, cookie),
  accept: c.req.header('accept-language'),
})

/** The endpoint that a path names, without results or not. */
export function configuredEndpoint(c: Context, board: Board): BoardEntry {
  const entry = board.get(decodedKey(keySegment(c.req.path)))
  if (entry === undefined) throw new ApiError('endpoint not found')
  return entry
}

/** The endpoint that a path names, if it has results: the Gatus API does not know it before. */
export function knownEndpoint(c: Context, board: Board): BoardEntry {
  const entry = configuredEndpoint(c, board)
  if (entry.results.length === 0) throw new ApiError('endpoint not found')
  return entry
}

const insensitive = new Set(['api', 'endpoints', 'suites', 'health', 'ready', 'metrics', 'index.html', 'css'])

/** Removes the base and a trailing slash, and lower-cases what is not a key: routes match in any letter case. */
export function routedPath(path: string, basePath: string): string {
  if (basePath !== '' && path !== basePath && !path.startsWith(`${basePath}/`)) return '/outside-of-the-base-path'
  const inner = path.slice(basePath.length) || '/'
  const trimmed = inner.length > 1 && inner.endsWith('/') ? inner.slice(0, -1) : inner
  if (!/[A-Z]/.test(trimmed)) return trimmed
  const segments = trimmed.split('/')
  if (!insensitive.has((segments[1] ?? '').toLowerCase())) return trimmed
  const keyAt = segments.findIndex((segment) => /^(endpoints|suites)$/i.test(segment)) + 1
  return segments.map((segment, index) => (index === keyAt ? segment : segment.toLowerCase())).join('/')
}
