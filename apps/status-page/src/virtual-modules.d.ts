declare module 'virtual:texts' {
  import type { Texts } from './text/say.ts'

  /** What a page says before it has loaded anything, in English. Made by the build from the catalogues. */
  export const startTexts: Texts
  export const soonTexts: Texts

  /** What loads the texts of each language. */
  export const textChunks: Readonly<Record<string, () => Promise<{ readonly default: Texts }>>>
}
