import ar from './catalogues/ar.json'
import de from './catalogues/de.json'
import en from './catalogues/en.json'
import es from './catalogues/es.json'
import fr from './catalogues/fr.json'
import ja from './catalogues/ja.json'
import ptBR from './catalogues/pt-BR.json'
import zhCN from './catalogues/zh-CN.json'
import { type Language, pseudoLanguage } from './languages.ts'
import { pseudoTexts } from './pseudo.ts'
import { setLanguage, type Texts } from './say.ts'

/** As translated: what is missing is missing. */
export const catalogues: Readonly<Record<Exclude<Language, typeof pseudoLanguage>, Texts>> = {
  en,
  de,
  fr,
  es,
  'pt-BR': ptBR,
  ja,
  'zh-CN': zhCN,
  ar,
}

const complete = new Map<Language, Texts>()

/** Every text in this language, in English where it has none. */
export function textsIn(language: Language): Texts {
  let texts = complete.get(language)
  if (texts === undefined) {
    texts = language === pseudoLanguage ? pseudoTexts(en) : { ...en, ...catalogues[language] }
    complete.set(language, texts)
  }
  return texts
}

export const speakIn = (language: Language): void => setLanguage(language, textsIn(language))
