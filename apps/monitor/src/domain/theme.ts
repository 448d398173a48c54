export const themeNames = ['light', 'dark'] as const
export type ThemeName = (typeof themeNames)[number]

/** The colours of the page, by the names of its CSS variables. A test holds them to the page's own. */
const palettes = {
  light: {
    canvas: '#f6f7f9',
    surface: '#ffffff',
    sunken: '#edeff3',
    line: '#dde1e8',
    control: '#7c8695',
    ink: '#12161c',
    'ink-2': '#434c59',
    'ink-3': '#5a6473',
    focus: '#1d4ed8',
    series: '#3458b5',
    up: '#2a9d7c',
    degraded: '#bd7300',
    down: '#b3121f',
    maint: '#5b54cf',
    nodata: '#858f9d',
    'up-text': '#0a6650',
    'degraded-text': '#8a4b00',
    'down-text': '#a80f1b',
    'maint-text': '#4b43be',
    'nodata-text': '#5a6473',
    'up-tint': '#e6f4ef',
    'degraded-tint': '#fcf1de',
    'down-tint': '#fbe9ea',
    'maint-tint': '#eeedfb',
    'nodata-tint': '#edeff3',
  },
  dark: {
    canvas: '#0c0f14',
    surface: '#13171e',
    sunken: '#1b212b',
    line: '#29313d',
    control: '#6d7888',
    ink: '#e9ecf1',
    'ink-2': '#b5becb',
    'ink-3': '#93a0b0',
    focus: '#8ab4ff',
    series: '#8faaf0',
    up: '#57cba8',
    degraded: '#e99a1c',
    down: '#de3b42',
    maint: '#8f86ff',
    nodata: '#667283',
    'up-text': '#6fd6b7',
    'degraded-text': '#f0b655',
    'down-text': '#ff8f8f',
    'maint-text': '#b5aeff',
    'nodata-text': '#93a0b0',
    'up-tint': '#0f241e',
    'degraded-tint': '#2a2010',
    'down-tint': '#2e1517',
    'maint-tint': '#1e1b38',
    'nodata-tint': '#1b212b',
  },
} as const satisfies Record<ThemeName, Record<string, string>>

export type ColourName = keyof (typeof palettes)['light']
export type Palette = Readonly<Record<ColourName, string>>
/** Colours as `#rrggbb`, instead of the page's own. */
export type Colours = Readonly<Partial<Record<ColourName, string>>>

export const paletteOf = (theme: ThemeName): Palette => palettes[theme]

const isName = (name: string): name is ColourName => Object.hasOwn(palettes.light, name)
export const colourNames: readonly ColourName[] = Object.keys(palettes.light).filter(isName)
export const isColourName = isName

/** `#abc` and `#aabbcc` as `#aabbcc`; anything else is none. */
export function colourOf(text: string): string | undefined {
  if (/^#[0-9a-f]{6}$/i.test(text)) return text.toLowerCase()
  const [, r, g, b] = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text) ?? []
  return r === undefined ? undefined : `#${r}${r}${g}${g}${b}${b}`.toLowerCase()
}

const states = ['up', 'degraded', 'down', 'maint', 'nodata'] as const

/** What lies on what, and the least contrast it needs there: https://www.w3.org/TR/WCAG22/#contrast-minimum and -non-text. */
const pairs: readonly (readonly [over: ColourName, ground: ColourName, least: number])[] = [
  ...(['ink', 'ink-2', 'ink-3', ...states.map((state) => `${state}-text` as const)] as const).flatMap((name) =>
    (['surface', 'canvas', 'sunken'] as const).map((ground) => [name, ground, 4.5] as const),
  ),
  ...states.flatMap((state) => [
    [`${state}-text`, `${state}-tint`, 4.5] as const,
    ['ink', `${state}-tint`, 4.5] as const,
  ]),
  ...(['focus', 'control', 'series', ...states] as const).flatMap((name) =>
    (['surface', 'canvas'] as const).map((ground) => [name, ground, 3] as const),
  ),
]

export interface TooFaint {
  readonly over: ColourName
  readonly ground: ColourName
  /** 1 to 21. */
  readonly ratio: number
  readonly least: number
}

/** What `colours` make too faint, by the colour that was set: the one on top where both were. */
export function tooFaint(theme: ThemeName, colours: Colours): ReadonlyMap<ColourName, readonly TooFaint[]> {
  const palette: Palette = { ...palettes[theme], ...colours }
  const found = new Map<ColourName, TooFaint[]>()
  for (const [over, ground, least] of pairs) {
    const set = colours[over] !== undefined ? over : ground
    if (colours[set] === undefined) continue
    const ratio = contrast(palette[over], palette[ground])
    if (ratio < least) found.set(set, [...(found.get(set) ?? []), { over, ground, ratio, least }])
  }
  return found
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
