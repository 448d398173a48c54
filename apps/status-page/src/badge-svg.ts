import { shapeOf } from './components/sprite.ts'
import type { BadgeFacts, State } from './contract.ts'
import { uptimePercentage } from './model/numbers.ts'

interface Words {
  readonly label: string
  readonly text: string
  readonly state: State
}

const healthTexts: Readonly<Record<State, string>> = {
  up: 'up',
  degraded: 'degraded',
  down: 'down',
  maintenance: 'maintenance',
  pending: 'no data',
}

/** Shares of successful checks, in percent, from which on an uptime is good, and still passable. */
const uptimeBounds = { good: 99, passable: 95 }

function wordsOf(facts: BadgeFacts): Words {
  if (facts.kind === 'health') return { label: 'health', text: healthTexts[facts.state], state: facts.state }
  const label = `${facts.kind} ${facts.window}`
  const none: Words = { label, text: healthTexts.pending, state: 'pending' }
  if (facts.kind === 'response time') {
    const { averageMs, isSlow } = facts
    return averageMs === undefined ? none : { label, text: `${averageMs} ms`, state: isSlow ? 'degraded' : 'up' }
  }
  const percentage = uptimePercentage(facts.figure)
  if (percentage === undefined) return none
  const { value, decimals } = percentage
  const state = value >= uptimeBounds.good ? 'up' : value >= uptimeBounds.passable ? 'degraded' : 'down'
  return { label, text: `${value.toFixed(decimals)}%`, state }
}

/** White can be read on each of them. */
export const badgeFills = {
  label: '#2b323d',
  up: '#0a6650',
  degraded: '#8a4b00',
  down: '#a80f1b',
  maintenance: '#4b43be',
  pending: '#5a6473',
} as const

const fontSize = 11
/** Widths of letters as parts of the size of the font, about those of the usual faces. Others are `usualWidth` wide. */
const letterWidths = Object.entries({ '.,il': 0.25, ' fjrt': 0.31, m: 0.86, w: 0.75, '%': 0.86 })
const usualWidth = 0.57

const widthOf = (text: string): number =>
  Math.round(
    fontSize *
      [...text].reduce(
        (sum, letter) => sum + (letterWidths.find(([letters]) => letters.includes(letter))?.[1] ?? usualWidth),
        0,
      ),
  )

const height = 20
const padding = 7
const icon = { size: 11, gap: 5 }

/** An image of words, one of them behind the icon of its state, as wide as `textLength` makes them in any font. */
export function drawBadge(facts: BadgeFacts): string {
  const { label, text, state } = wordsOf(facts)
  const [labelWidth, textWidth] = [widthOf(label), widthOf(text)]
  const split = labelWidth + 2 * padding
  const textX = split + padding + icon.size + icon.gap
  const width = textX + textWidth + padding
  const fill = badgeFills[state]
  const shape = shapeOf(state).replace(
    /class="(.)"/g,
    (_, name) => `fill="none" stroke-width="2" stroke="${name === 'c' ? fill : '#fff'}"`,
  )
  const word = (x: number, length: number, content: string) =>
    `<text x="${x}" y="14" textLength="${length}">${content}</text>`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" role="img" aria-label="${label}: ${text}">`,
    `<title>${label}: ${text}</title>`,
    `<path fill="${badgeFills.label}" d="M${split} 0v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z"/>`,
    `<path fill="${fill}" d="M${split} 0h${width - split - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H${split}z"/>`,
    `<g fill="#fff" font-family="system-ui,sans-serif" font-size="${fontSize}">`,
    `<g transform="translate(${split + padding} 4.5)scale(${icon.size / 16})">${shape}</g>`,
    word(padding, labelWidth, label),
    word(textX, textWidth, text),
    '</g></svg>',
  ].join('')
}
