/** 16 px grid. The silhouettes of the states differ without colour. `c` is drawn in the colour of the surface. */
const symbols = [
  ['up', '<circle cx="8" cy="8" r="7.5"/><path class="c" d="m4.6 8.3 2.3 2.3 4.5-4.9"/>'],
  [
    'degraded',
    '<path d="M6.7 1.5a1.5 1.5 0 0 1 2.6 0l6.4 11.3a1.5 1.5 0 0 1-1.3 2.2H1.6a1.5 1.5 0 0 1-1.3-2.2z"/><path class="c" d="M8 5.5v4.2m0 2.4v.1"/>',
  ],
  [
    'down',
    '<rect x=".8" y=".8" width="14.4" height="14.4" rx="3.4"/><path class="c" d="m5.2 5.2 5.6 5.6m0-5.6-5.6 5.6"/>',
  ],
  [
    'maintenance',
    '<rect x="2.2" y="2.2" width="11.6" height="11.6" rx="1.6" transform="rotate(45 8 8)"/><path class="c" d="M5 8h6"/>',
  ],
  ['pending', '<circle class="o" cx="8" cy="8" r="6.6" stroke-dasharray="3.1 2.1"/>'],
  ['search', '<path class="o" d="m10.6 10.6 4 4M12 7A5 5 0 1 1 2 7a5 5 0 0 1 10 0z"/>'],
  ['chevron', '<path class="o" d="m4 6 4 4 4-4"/>'],
  ['list', '<path class="o" d="M2 4.5h12M2 11.5h12"/>'],
  ['compact', '<path class="o" d="M2 3h12M2 6.4h12M2 9.7h12M2 13h12"/>'],
  ['wall', '<path class="o" d="M2 2h4v4H2zm8 0h4v4h-4zm-8 8h4v4H2zm8 0h4v4h-4z"/>'],
  ['more', '<path class="o dot" d="M3 8h.01M8 8h.01M13 8h.01"/>'],
] as const

/** What the overview has no use for. */
const further = [
  ['start', '<circle class="o" cx="8" cy="8" r="5"/>'],
  ['back', '<path class="o" d="m10 3-5 5 5 5"/>'],
] as const

export type IconName = (typeof symbols | typeof further)[number][0]

const drawn = (shapes: readonly (readonly [IconName, string])[]): string =>
  `<svg class="sprite" aria-hidden="true">${shapes
    .map(([name, shape]) => `<symbol id="i-${name}" viewBox="0 0 16 16">${shape}</symbol>`)
    .join('')}</svg>`

/** Goes once into each page, before the first icon. */
export const sprite = drawn([...symbols, ...further])
export const overviewSprite = drawn(symbols)

export const shapeOf = (name: IconName): string => symbols.find(([symbol]) => symbol === name)?.[1] ?? ''
