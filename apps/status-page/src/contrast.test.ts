import { describe, expect, test } from 'vitest'
import { paletteOf } from '../../monitor/src/domain/theme.ts'
import { badgeFills } from './badge-svg.ts'
import tokens from './styles/tokens.css?inline'

type Theme = Readonly<Record<string, string>>

function block(selector: RegExp): Theme {
  const body = new RegExp(`${selector.source}\\s*\\{([^}]*)\\}`).exec(tokens)?.[1] ?? ''
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi)].map(([, name = '', value = '']) => [name, value]),
  )
}

const light = block(/:root/)
const dark = { ...light, ...block(/:root\[data-theme="?dark"?\]/) }
const system = { ...light, ...block(/:root:not\(\[data-theme\]\)/) }

const channels = (hex: string): number[] => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255)
const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = channels(hex).map(linear)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a = '#000000', b = '#000000'): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

const states = ['up', 'degraded', 'down', 'maint', 'nodata']

test.each(Object.entries(badgeFills))('white can be read on the part of a badge that is %s', (_, fill) => {
  expect(contrast('#ffffff', fill)).toBeGreaterThanOrEqual(4.5)
})

describe.each([
  ['light', light],
  ['dark', dark],
])('%s', (_, theme) => {
  test.each(['ink', 'ink-2', 'ink-3', ...states.map((state) => `${state}-text`)])(
    '%s can be read everywhere',
    (name) => {
      for (const ground of ['surface', 'canvas', 'sunken']) {
        expect(contrast(theme[name], theme[ground])).toBeGreaterThanOrEqual(4.5)
      }
    },
  )

  test.each(states)('the words of %s can be read on its tint', (state) => {
    expect(contrast(theme[`${state}-text`], theme[`${state}-tint`])).toBeGreaterThanOrEqual(4.5)
    expect(contrast(theme.ink, theme[`${state}-tint`])).toBeGreaterThanOrEqual(4.5)
  })

  test.each(['focus', 'control', 'series', ...states])('%s stands out from what is behind it', (name) => {
    for (const ground of ['surface', 'canvas']) expect(contrast(theme[name], theme[ground])).toBeGreaterThanOrEqual(3)
  })

  // https://bottosson.github.io/posts/oklab/ for the distance, Viénot 1999 and Brettel 1997 for the simulation.
  test.each([
    ['up', 'down', 0.14],
    ['up', 'degraded', 0.11],
    ['degraded', 'down', 0.12],
  ])('%s and %s stay apart for every kind of colour vision', (a, b, least) => {
    for (const simulate of Object.values(visions)) {
      expect(distance(simulate(theme[a] ?? ''), simulate(theme[b] ?? ''))).toBeGreaterThanOrEqual(least)
    }
  })
})

test('the colours that a configuration is checked against are those of the page', () => {
  expect(paletteOf('light')).toEqual(light)
  expect(paletteOf('dark')).toEqual(dark)
})

test('the dark theme of the system is the dark theme', () => {
  expect(system).toEqual(dark)
  expect(Object.keys(dark).length).toBe(25)
})

type Colour = readonly [number, number, number]

const times = (matrix: readonly Colour[], [x, y, z]: Colour): Colour => {
  const [a = 0, b = 0, c = 0] = matrix.map(([p, q, r]) => p * x + q * y + r * z)
  return [a, b, c]
}
const linearOf = (hex: string): Colour => {
  const [r = 0, g = 0, b = 0] = channels(hex).map(linear)
  return [r, g, b]
}

/** In linear RGB, from https://github.com/DaltonLens/libDaltonLens (public domain figures). */
const visions = {
  protanopia: (hex: string) =>
    times(
      [
        [0.10889, 0.89111, 0],
        [0.10889, 0.89111, 0],
        [0.00447, -0.00447, 1],
      ],
      linearOf(hex),
    ),
  deuteranopia: (hex: string) =>
    times(
      [
        [0.29031, 0.70969, 0],
        [0.29031, 0.70969, 0],
        [-0.02197, 0.02197, 1],
      ],
      linearOf(hex),
    ),
  tritanopia: (hex: string) =>
    times(
      [
        [1.01277, 0.13548, -0.14826],
        [-0.01243, 0.86812, 0.14431],
        [0.07589, 0.805, 0.11911],
      ],
      linearOf(hex),
    ),
}

function distance(a: Colour, b: Colour): number {
  const [p, q] = [oklab(a), oklab(b)]
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2])
}

function oklab(rgb: Colour): Colour {
  const [l, m, s] = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  )
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [Math.cbrt(l), Math.cbrt(m), Math.cbrt(s)],
  )
}
