import { z } from 'zod'
import type { ColourName, Colours, ThemeName, TooFaint } from '../../domain/theme.ts'
import { colourNames, colourOf, isColourName, tooFaint } from '../../domain/theme.ts'
import { textMap } from '../../lib/fields.ts'
import { scalarOf } from '../../lib/scalar.ts'
import { didYouMean } from '../../lib/suggest.ts'
import type { Spot } from '../spot.ts'

export const themeSchema = z
  .strictObject({
    light: textMap().optional().describe('Colours of the light theme, by name, such as `ink: "#111"`.'),
    dark: textMap().optional().describe('The same of the dark theme.'),
  })
  .describe('Colours instead of ours.')

/** The colours of a theme. What is too faint to be read is used all the same, with a warning. */
export function readColours(spot: Spot, theme: ThemeName): Colours {
  const colours: Partial<Record<ColourName, string>> = {}
  for (const key of spot.keys()) {
    const at = spot.at(key)
    if (!isColourName(key)) {
      at.ofKey.warn('unknown colour', didYouMean(key, colourNames))
      continue
    }
    const written = at.present ? scalarOf(at.plain())?.text : undefined
    const colour = colourOf(written ?? '')
    if (colour !== undefined) colours[key] = colour
    else if (!at.present) at.error('no colour', 'put it in quotes, since # begins a comment: "#0a6650"')
    else at.error('not a colour: must be like "#0a6650" or "#fff"')
  }
  for (const [name, faint] of tooFaint(theme, colours)) {
    spot.at(name).warn(`too little contrast in the ${theme} theme: ${listed(faint)}`)
  }
  return colours
}

const mostTold = 3

/** The worst first. */
function listed(faint: readonly TooFaint[]): string {
  const worst = [...faint].sort((a, b) => a.ratio / a.least - b.ratio / b.least)
  const more = worst.length > mostTold ? `, and ${worst.length - mostTold} more` : ''
  return worst.slice(0, mostTold).map(told).join(', ') + more
}

/** Rounded down: what is just below its limit must not seem to reach it. */
const told = ({ over, ground, ratio, least }: TooFaint): string =>
  `${over} on ${ground} is ${(Math.floor(ratio * 100) / 100).toFixed(2)}:1 instead of ${least}:1`
