import type { Context } from 'hono'
import { generateCookie, getCookie } from 'hono/cookie'
import type { BarRange } from '../contract.ts'
import type { ApiDeps, Visit } from '../deps.ts'
import { createDocument, sendDocument } from '../document.ts'
import { languageWish, pageUrl } from '../request.ts'
import { isBarRange } from '../views/bar.ts'
import { closest } from '../views/closest.ts'
import { defaultRange } from '../views/overview.ts'

const minuteMs = 60_000
const yearSeconds = 31_536_000

interface Page {
  /** What the document is of, apart from the visit. */
  readonly name: string
  readonly make: () => string | Promise<string>
  /** Headers beyond those of every page, or instead of them. */
  readonly headers?: Record<string, string>
  readonly status?: 200 | 404
}

/** How documents of the page leave: kept per kind of visit, sent once, and headed alike. */
export function createSending({ board, rows, clock, config, documents, page, cookies }: ApiDeps) {
  const wishOf = (c: Context) => languageWish(c, cookies.language)

  const visitOf = (c: Context): Visit => {
    const theme = getCookie(c, cookies.theme)
    return {
      query: new URL(c.req.url).searchParams,
      url: pageUrl(c, config.web.basePath),
      language: page.language(wishOf(c)),
      theme: theme === 'light' || theme === 'dark' || theme === 'system' ? theme : undefined,
    }
  }

  const rangeOf = (c: Context): BarRange => {
    const asked = c.req.query('range') ?? getCookie(c, cookies.range)
    return isBarRange(asked) ? asked : defaultRange(board, clock.now(), config.ui.defaultRange)
  }

  const html = {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': page.contentSecurityPolicy,
    Vary: 'Accept, Accept-Encoding, Accept-Language, Cookie',
  }

  /** Everything that a document depends on besides the board. Longer queries than a page makes are not kept. */
  const variant = (c: Context) => {
    const { query, theme, url, language } = visitOf(c)
    const text = `${theme ?? ''} ${language} ${url} ${query}`
    return text.length < 400 ? text : undefined
  }

  /** Names the language, and keeps it when the address chose it: the links of the page do not repeat it. */
  const spoken = (c: Context): Record<string, string> => {
    const wish = wishOf(c)
    const language = page.language(wish)
    if (wish.query !== language || wish.cookie === language) return { 'Content-Language': language }
    const kept = { path: `${config.web.basePath}/`, maxAge: yearSeconds, sameSite: 'Lax' } as const
    return { 'Content-Language': language, 'Set-Cookie': generateCookie(cookies.language, language, kept) }
  }

  const send = async (c: Context, { name, make, headers = {}, status }: Page) => {
    const id = variant(c)
    const document = id === undefined ? createDocument(await make()) : await documents(`${name} ${id}`, make)
    return sendDocument(c, document, { ...html, ...spoken(c), ...headers }, status)
  }

  return {
    visitOf,
    rangeOf,
    send,
    /** Like `send`, for what changes with time even when nothing arrives: the document is made anew every minute. */
    sendTimely: (c: Context, { name, ...rest }: Page) =>
      send(c, { ...rest, name: `${name} ${Math.floor(clock.now() / minuteMs)}` }),
    /** The page for what is not there, with the endpoints whose keys look most like `asked`. */
    notFound: (c: Context, asked: string, status: 400 | 404 = 404) => {
      const range = rangeOf(c)
      const suggestions = closest(asked, board.entries()).map((entry) => rows(entry, range, clock.now()))
      return c.body(page.notFound(suggestions, visitOf(c)), status, { ...html, ...spoken(c) })
    },
  }
}

export type Sending = ReturnType<typeof createSending>
