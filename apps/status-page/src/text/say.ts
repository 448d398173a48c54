import type en from './catalogues/en.json'

export type TextKey = keyof typeof en
/** Texts by key, with placeholders and choices as `say` reads them. */
export type Texts = Readonly<Partial<Record<TextKey, string>>>

export type TextValues = Readonly<Record<string, string | number>>

interface Voice {
  /** As in `<html lang>`. */
  readonly language: string
  readonly texts: Texts
}

let voice: Voice = { language: 'en', texts: {} }

/** Formats by language, made when something first needs them: a browser takes its time over each. */
const plurals = new Map<string, Intl.PluralRules>()
const numbers = new Map<string, Intl.NumberFormat>()

function kept<F>(formats: Map<string, F>, make: (language: string) => F): F {
  const format = formats.get(voice.language) ?? make(voice.language)
  formats.set(voice.language, format)
  return format
}

/**
 * What everything is said in from now on. A server that writes pages in several languages sets it at the start of each,
 * which is enough because a page is written in one go.
 */
export function setLanguage(language: string, texts: Texts): void {
  voice = { language, texts }
}

/** Adds texts that not every page needs, before anything says them. */
export function addTexts(more: Texts): void {
  voice = { ...voice, texts: { ...voice.texts, ...more } }
}

export const language = (): string => voice.language

/** Day before month and a 24-hour clock, whatever English the browser prefers. */
export const dateLocale = (): string => (voice.language.startsWith('en') ? 'en-GB' : voice.language)

export function formatNumber(value: number): string {
  // Most numbers are small, and but for Arabic these languages write them the same way.
  if (Number.isInteger(value) && value >= 0 && value < 1_000 && voice.language !== 'ar') return String(value)
  return kept(numbers, (language) => new Intl.NumberFormat(language)).format(value)
}

/**
 * The text of the catalogue with its placeholders filled in: `{name}`, `{name, plural, one {...} other {...}}` with `#`
 * for the number, and `{name, select, down {...} other {...}}`.
 */
export function say(key: TextKey, values: TextValues = {}): string {
  return parts(key, values).join('')
}

/** Like `say`, for values that are not text (elements around a name, for one): the pieces in the order of the language. */
export function parts<T = never>(key: TextKey, values: Readonly<Record<string, T | string | number>>): (T | string)[] {
  return fill<T>(voice.texts[key] ?? key, values, undefined)
}

type Values<T> = Readonly<Record<string, T | string | number>>

function fill<T>(text: string, values: Values<T>, count: number | undefined): (T | string)[] {
  const pieces: (T | string)[] = []
  let rest = text
  for (;;) {
    const at = rest.search(/[{#]/)
    if (at < 0) break
    if (at > 0) pieces.push(rest.slice(0, at))
    if (rest[at] === '#') {
      pieces.push(count === undefined ? '#' : formatNumber(count))
      rest = rest.slice(at + 1)
      continue
    }
    const end = closing(rest, at)
    pieces.push(...argument(rest.slice(at + 1, end), values, count))
    rest = rest.slice(end + 1)
  }
  if (rest !== '') pieces.push(rest)
  return pieces
}

function argument<T>(inner: string, values: Values<T>, count: number | undefined): (T | string)[] {
  const [name = '', kind = '', ...forms] = inner.split(',').map((part, i) => (i < 2 ? part.trim() : part))
  const value = values[name]
  if (value === undefined) return [`{${name}}`]
  const chosen = choose(kind, value)
  if (chosen === undefined) return [typeof value === 'number' ? formatNumber(value) : value]
  const choices = choicesOf(forms.join(','))
  const number = kind === 'plural' && typeof value === 'number' ? value : count
  return fill<T>(choices.get(chosen) ?? choices.get('other') ?? '', values, number)
}

function choose(kind: string, value: unknown): string | undefined {
  if (kind === 'select') return String(value)
  return kind === 'plural' && typeof value === 'number'
    ? kept(plurals, (language) => new Intl.PluralRules(language)).select(value)
    : undefined
}

/** `one {a} other {b}` by its words. */
export function choicesOf(forms: string): Map<string, string> {
  const choices = new Map<string, string>()
  let rest = forms
  for (let open = rest.indexOf('{'); open >= 0; open = rest.indexOf('{')) {
    const end = closing(rest, open)
    choices.set(rest.slice(0, open).trim(), rest.slice(open + 1, end))
    rest = rest.slice(end + 1)
  }
  return choices
}

/** Where the brace at `open` closes. */
export function closing(text: string, open: number): number {
  let depth = 0
  for (let i = open; i < text.length; i++) {
    if (text[i] === '{') depth++
    if (text[i] === '}' && --depth === 0) return i
  }
  return text.length
}
