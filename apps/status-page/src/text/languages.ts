/** What the page speaks, each with its name in itself. Adding one is a line here and a file beside the others. */
export const languages = [
  { code: 'en', name: 'English' },
  { code: 'de', name: 'Deutsch' },
  { code: 'fr', name: 'Français' },
  { code: 'es', name: 'Español' },
  { code: 'pt-BR', name: 'Português (Brasil)' },
  { code: 'ja', name: '日本語' },
  { code: 'zh-CN', name: '简体中文' },
  { code: 'ar', name: 'العربية' },
] as const

/** English with accents and brackets, a good third longer: shows what is cut off and what was never translated. */
export const pseudoLanguage = 'en-XA'

export type Language = (typeof languages)[number]['code'] | typeof pseudoLanguage

const codes: readonly Language[] = [...languages.map(({ code }) => code), pseudoLanguage]

export const isLanguage = (code: string | null | undefined): code is Language =>
  codes.some((language) => language === code)

export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr')
