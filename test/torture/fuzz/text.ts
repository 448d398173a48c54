import type { Random } from '../../simulate/random.ts'

const marks: readonly [string, ...string[]] = ['[', ...']{}()<>=!|.,:;-+*&?%$#@/0123456789 \n']
const rare: readonly [string, ...string[]] = [
  '\u0000',
  '\u200b',
  '\ufeff',
  '\ud800',
  '\u202e',
  '\u2028',
  '😀',
  'é',
  '\r',
  '\t',
  '\\',
  '"',
  "'",
  '`',
]

function character(random: Random): string {
  if (random.chance(0.1)) return random.pick(rare)
  return random.chance(0.5) ? random.pick(marks) : String.fromCharCode(32 + random.below(95))
}

/** Anything at all. */
export const noise = (random: Random, longest: number) =>
  Array.from({ length: random.below(longest) }, () => character(random)).join('')

/** How often a piece is repeated: mostly seldom, now and then more often than anybody would. */
const times = (random: Random) => (random.chance(0.02) ? 2_000 + random.below(8_000) : 1 + random.below(6))

function changed(text: string, random: Random, words: readonly [string, ...string[]]): string {
  const from = random.below(text.length + 1)
  const to = Math.min(text.length, from + random.below(12))
  const [before, piece, after] = [text.slice(0, from), text.slice(from, to), text.slice(to)]
  switch (random.below(6)) {
    case 0:
      return before + after
    case 1:
      return before + piece.repeat(times(random)) + after
    case 2:
      return before + character(random) + after
    case 3:
      return before + random.pick(words) + after
    case 4:
      return before + random.pick(words).repeat(times(random)) + after
    default:
      return before + noise(random, 10) + after
  }
}

/** A text that somebody meant, with a few changes that nobody meant. */
export function mutated(text: string, random: Random, words: readonly [string, ...string[]]): string {
  let result = text
  for (let changes = random.below(5); changes >= 0; changes -= 1) result = changed(result, random, words)
  return result
}
