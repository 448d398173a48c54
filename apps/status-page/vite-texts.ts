import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'
import { pickPart } from './src/text/client-parts.ts'
import { languages, pseudoLanguage } from './src/text/languages.ts'
import { pseudoTexts } from './src/text/pseudo.ts'

const folder = new URL('./src/text/catalogues/', import.meta.url)
const catalogue = (language: string) => JSON.parse(readFileSync(new URL(`${language}.json`, folder), 'utf8'))

function textsOf(language: string): Record<string, string> {
  const english = catalogue('en')
  return language === pseudoLanguage ? pseudoTexts(english) : { ...english, ...catalogue(language) }
}

const codes = [...languages.map(({ code }) => code), pseudoLanguage]

/** Makes a module of each language's texts that live pages say, so that a browser loads no other language. */
export const texts: Plugin = {
  name: 'texts',
  resolveId: (id) => (id.startsWith('virtual:texts') ? `\0${id}` : undefined),
  load(id) {
    if (id === '\0virtual:texts') {
      const chunks = codes.map((code) => `'${code}': () => import('virtual:texts-${code}')`)
      const start = JSON.stringify(pickPart(textsOf('en'), 'start'))
      const soon = JSON.stringify(pickPart(textsOf('en'), 'soon'))
      return `export const startTexts = ${start}\nexport const soonTexts = ${soon}\nexport const textChunks = {${chunks}}`
    }
    const language = codes.find((code) => id === `\0virtual:texts-${code}`)
    if (language === undefined) return undefined
    const texts = textsOf(language)
    const more = language === 'en' ? {} : pickPart(texts, 'soon')
    return `export default ${JSON.stringify({ ...pickPart(texts, 'live'), ...more })}`
  },
}
