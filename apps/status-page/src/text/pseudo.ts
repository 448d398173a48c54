import { closing, type TextKey, type Texts } from './say.ts'

const plain = 'aeioucnysz'
const accents = 'åéîöûçñýšž'
const accented = new Map(
  [...plain, ...plain.toUpperCase()].map((letter, i) => [letter, [...accents, ...accents.toUpperCase()][i] ?? letter]),
)

/** The catalogue as a language of long, accented words would have it. Placeholders and choices stay as they are. */
export const pseudoTexts = (texts: Texts): Texts => {
  const made: Partial<Record<TextKey, string>> = {}
  for (const [key, text] of entriesOf(texts)) made[key] = /\p{L}/u.test(outside(text)) ? `[${longer(text)}]` : text
  return made
}

const entriesOf = (texts: Texts): [TextKey, string][] => {
  const isKey = (key: string): key is TextKey => key in texts
  return Object.entries(texts).flatMap(([key, text]) => (isKey(key) ? [[key, text]] : []))
}

const outside = (text: string): string =>
  mapWords(
    text,
    (words) => words,
    () => ' x ',
  )

const longer = (text: string): string =>
  mapWords(
    text,
    (words) => words.replace(/\p{L}+/gu, stretched),
    (inner) => `{${choicesLonger(inner)}}`,
  )

/** 40 % more letters, at the end of each word, where cutting off would hide them. */
function stretched(word: string): string {
  const letters = [...word].map((letter) => accented.get(letter) ?? letter)
  return letters.join('') + (letters.at(-1) ?? '').repeat(Math.ceil(letters.length * 0.4))
}

function choicesLonger(inner: string): string {
  const open = inner.indexOf('{')
  if (open < 0) return inner
  const end = closing(inner, open)
  return `${inner.slice(0, open)}{${longer(inner.slice(open + 1, end))}}${choicesLonger(inner.slice(end + 1))}`
}

/** The text with what is outside of braces, and what is inside, each changed in its own way. */
function mapWords(text: string, words: (text: string) => string, placeholder: (inner: string) => string): string {
  const open = text.indexOf('{')
  if (open < 0) return words(text)
  const end = closing(text, open)
  return (
    words(text.slice(0, open)) +
    placeholder(text.slice(open + 1, end)) +
    mapWords(text.slice(end + 1), words, placeholder)
  )
}
