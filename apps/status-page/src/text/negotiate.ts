import { isLanguage, type Language, languages } from './languages.ts'

/** Where a reader may have said which language they want. */
export interface LanguageWish {
  /** Value of `?lang=`. */
  readonly query?: string | null | undefined
  readonly cookie?: string | undefined
  /** The header `Accept-Language`. */
  readonly accept?: string | undefined
}

/** The first wish that can be fulfilled: the address, then the cookie, then the browser, then English. */
export function negotiateLanguage({ query, cookie, accept }: LanguageWish): Language {
  if (isLanguage(query)) return query
  return isLanguage(cookie) ? cookie : (acceptedLanguage(accept) ?? 'en')
}

const longestHeader = 500

/**
 * By quality, then by order, as in https://www.rfc-editor.org/rfc/rfc9110#name-accept-language. A language counts for
 * all its regions, so `pt` and `pt-PT` find `pt-BR`.
 */
function acceptedLanguage(header = ''): Language | undefined {
  const ranges = header
    .slice(0, longestHeader)
    .split(',')
    .map(rangeOf)
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  for (const { tag } of ranges) {
    const found = languages.find(({ code }) => code.toLowerCase() === tag) ?? sameLanguage(tag)
    if (found !== undefined) return found.code
  }
  return undefined
}

function rangeOf(text: string): { readonly tag: string; readonly quality: number } {
  const [tag = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase())
  const given = parameters.find((parameter) => parameter.startsWith('q='))
  const quality = given === undefined ? 1 : Number(given.slice(2))
  return { tag, quality: quality >= 0 && quality <= 1 ? quality : 0 }
}

/** Traditional Chinese is another script, which readers of English may rather do without. */
const isTraditional = (tag: string): boolean => /^zh-(hant|tw|hk|mo)\b/.test(tag)

const sameLanguage = (tag: string) =>
  isTraditional(tag) ? undefined : languages.find(({ code }) => code.split('-')[0] === tag.split('-')[0])
