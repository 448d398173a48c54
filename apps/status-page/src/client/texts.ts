import { soonTexts, startTexts, textChunks } from 'virtual:texts'
import { addTexts, setLanguage } from '../text/say.ts'
import { byId } from './page.ts'

/** That of the document. Unless it is English, the document brought what is said before anything else is loaded. */
const language = document.documentElement.lang
const brought = byId('texts')?.textContent
setLanguage(language, { ...startTexts, ...soonTexts, ...(brought ? inOrder(JSON.parse(brought)) : {}) })

/** The document has the texts in the order of the English ones, without their names. */
function inOrder(texts: readonly string[]) {
  return Object.fromEntries(Object.keys(startTexts).map((key, i) => [key, texts[i] ?? '']))
}

let complete = !brought

/** Whether all is there that a page says of its own accord: in English always. */
export const knowsAll = (): boolean => complete

let loading: Promise<void> | undefined

/** Loads all that a page may say, unless it is there. */
export function needTexts(): Promise<void> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined
    throw error
  })
  return loading
}

async function load(): Promise<void> {
  const chunk = await textChunks[language]?.()
  if (chunk !== undefined) addTexts(chunk.default)
  complete = true
}
