import { describe, expect, test } from 'vitest'
import type { Colours, ThemeName } from './theme.ts'
import { colourNames, colourOf, isColourName, paletteOf, themeNames, tooFaint } from './theme.ts'

describe('a colour', () => {
  test.each([
    ['#A1b2C3', '#a1b2c3'],
    ['#aBc', '#aabbcc'],
    ['#123', '#112233'],
  ])('%s is %s', (text, colour) => {
    expect(colourOf(text)).toBe(colour)
  })

  test.each([
    '',
    'red',
    '#',
    '#ab',
    '#abcd',
    '#abcde',
    '#aabbccd',
    'x#abc',
    'x#aabbcc',
    '#gbc',
    '#agc',
    '#abg',
    '#gggggg',
  ])('is not %j', (text) => {
    expect(colourOf(text)).toBeUndefined()
  })
})

test('names are those of the palette, and nothing else that an object has', () => {
  expect(colourNames).toEqual(Object.keys(paletteOf('light')))
  expect(colourNames).toEqual(Object.keys(paletteOf('dark')))
  expect(isColourName('degraded-tint')).toBe(true)
  for (const name of ['toString', 'constructor', '__proto__', 'Ink', '']) expect(isColourName(name)).toBe(false)
})

describe('contrast', () => {
  const ratioOf = (over: string, ground: string, theme: ThemeName = 'light') =>
    tooFaint(theme, { ink: over, surface: ground })
      .get('ink')
      ?.find((pair) => pair.ground === 'surface')?.ratio

  // By https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio, worked out apart from the code.
  test.each([
    ['#ffffff', '#ffffff', 1],
    ['#777777', '#ffffff', 4.478],
    ['#ff0000', '#ffffff', 3.998],
    ['#008000', '#000000', 4.088],
    ['#0000ff', '#000000', 2.444],
    ['#010101', '#000000', 1.006],
    ['#ffffff', '#ff0000', 3.998],
  ])('of %s on %s is %d', (over, ground, ratio) => {
    expect(ratioOf(over, ground)).toBeCloseTo(ratio, 3)
  })

  test('of text is enough from 4.5 on', () => {
    expect(ratioOf('#767676', '#ffffff')).toBeUndefined()
  })

  test.each(themeNames)('of the %s palette is enough everywhere', (theme) => {
    expect([...tooFaint(theme, paletteOf(theme))]).toEqual([])
  })
})

describe('too faint', () => {
  const grey: Colours = Object.fromEntries(colourNames.map((name) => [name, '#808080']))

  test.each(themeNames)('is found wherever one thing lies on another in the %s theme', (theme) => {
    const found = [...tooFaint(theme, grey).values()].flat()

    const states = ['up', 'degraded', 'down', 'maint', 'nodata']
    const texts = ['ink', 'ink-2', 'ink-3', ...states.map((state) => `${state}-text`)]
    const shapes = ['focus', 'control', 'series', ...states]
    expect(found.map(({ over, ground, least }) => `${over} on ${ground}: ${least}`).sort()).toEqual(
      [
        ...texts.flatMap((name) => [`${name} on surface: 4.5`, `${name} on canvas: 4.5`, `${name} on sunken: 4.5`]),
        ...states.flatMap((state) => [`${state}-text on ${state}-tint: 4.5`, `ink on ${state}-tint: 4.5`]),
        ...shapes.flatMap((name) => [`${name} on surface: 3`, `${name} on canvas: 3`]),
      ].sort(),
    )
  })

  test('is the fault of the colour that was set, and of the one on top where both were', () => {
    expect([...tooFaint('light', { surface: '#12161c' }).keys()]).toEqual(['surface'])
    expect([...tooFaint('light', { ink: '#ffffff' }).keys()]).toEqual(['ink'])
    expect([...tooFaint('light', { ink: '#12161c', surface: '#12161c' }).keys()]).toEqual(['ink', 'surface'])
    expect(tooFaint('light', {}).size).toBe(0)
  })
})
