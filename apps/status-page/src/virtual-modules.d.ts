declare module 'virtual:texts' {
  import type { Texts } from './text/say.ts'

  /** Made by the build from the catalogues: what loads the texts of each language. */
  export const textChunks: Readonly<Record<string, () => Promise<{ readonly default: Texts }>>>
}
