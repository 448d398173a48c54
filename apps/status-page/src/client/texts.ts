import { textChunks } from 'virtual:texts'
import { addTexts, setLanguage } from '../text/say.ts'
import { byId } from './page.ts'

/** In the language of the document, which brought what is said before anything else is loaded. */
const language = document.documentElement.lang
setLanguage(language, JSON.parse(byId('texts')?.textContent || '{}'))

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
}
