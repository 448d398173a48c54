import type { Site } from './site.ts'

const rules = (colours: Readonly<Record<string, string>>): string =>
  Object.entries(colours)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';')

/** The operator's colours as rules that follow our own. Names and colours are checked with the configuration. */
export function themeCss({ theme }: Pick<Site, 'theme'>): string {
  const light = rules(theme?.light ?? {})
  const dark = rules(theme?.dark ?? {})
  return [
    light && `:root{${light}}`,
    dark &&
      `@media screen{:root[data-theme=dark]{${dark}}}@media screen and (prefers-color-scheme:dark){:root:not([data-theme]){${dark}}}`,
  ]
    .filter(Boolean)
    .join('')
}
