import type { Theme } from './site.ts'

/** When what is made for dark ground is shown. */
export const darkMedia: Readonly<Record<Theme, string>> = {
  system: '(prefers-color-scheme: dark)',
  light: 'not all',
  dark: 'all',
}
