import { en, type served } from './en.ts'
import type { detail } from './en-detail.ts'

export type TextKey = keyof typeof en | keyof typeof served | keyof typeof detail

let texts: Readonly<Partial<Record<TextKey, string>>> = en

/** Adds texts that not every page needs, before anything says them. */
export function addTexts(more: typeof served | typeof detail): void {
  texts = { ...texts, ...more }
}

export const language = 'en'
/** Day before month and a 24-hour clock, whatever English the browser prefers. */
export const dateLocale = 'en-GB'

const plurals = new Intl.PluralRules(language)
const numbers = new Intl.NumberFormat(language)

export const formatNumber = (value: number): string => numbers.format(value)

/** The text of the catalogue with its `{name}` and `{name, plural, one {...} other {...}}` filled in; `#` is the number. */
export function say(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  return parts(key, values).join('')
}

/** Like `say`, for values that are not text (elements around a name, for one): the pieces in the order of the language. */
export function parts<T = never>(key: TextKey, values: Readonly<Record<string, T | string | number>>): (T | string)[] {
  return fill<T>(texts[key] ?? key, values, undefined)
}

function fill<T>(
  text: string,
  values: Readonly<Record<string, T | string | number>>,
  count: number | undefined,
): (T | string)[] {
  const pieces: (T | string)[] = []
  let rest = text
  for (;;) {
    const at = rest.search(/[{#]/)
    if (at < 0) break
    if (at > 0) pieces.push(rest.slice(0, at))
    if (rest[at] === '#') {
      pieces.push(count === undefined ? '#' : numbers.format(count))
      rest = rest.slice(at + 1)
      continue
    }
    const end = closing(rest, at)
    pieces.push(...argument(rest.slice(at + 1, end), values))
    rest = rest.slice(end + 1)
  }
  if (rest !== '') pieces.push(rest)
  return pieces
}

function argument<T>(inner: string, values: Readonly<Record<string, T | string | number>>): (T | string)[] {
  const [name = '', kind, ...choices] = inner.split(',')
  const value = values[name.trim()]
  if (value === undefined) return [`{${name}}`]
  if (kind?.trim() !== 'plural' || typeof value !== 'number') {
    return [typeof value === 'number' ? numbers.format(value) : value]
  }
  const forms = choices.join(',')
  return fill<T>(form(forms, plurals.select(value)) ?? form(forms, 'other') ?? '', values, value)
}

function form(forms: string, category: string): string | undefined {
  const start = forms.indexOf(`${category} {`)
  if (start < 0) return undefined
  const open = start + category.length + 1
  return forms.slice(open + 1, closing(forms, open))
}

/** Where the brace at `open` closes. */
function closing(text: string, open: number): number {
  let depth = 0
  for (let i = open; i < text.length; i++) {
    if (text[i] === '{') depth++
    if (text[i] === '}' && --depth === 0) return i
  }
  return text.length
}
