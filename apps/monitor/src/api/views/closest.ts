import type { BoardEntry } from '../../domain/board.ts'

/** Pairs of neighbouring characters, by which two names are compared: cheap, and blind to order. */
function pairsOf(text: string): Set<string> {
  const padded = ` ${text.toLowerCase().slice(0, 200)} `
  const pairs = new Set<string>()
  for (let index = 0; index < padded.length - 1; index += 1) pairs.add(padded.slice(index, index + 2))
  return pairs
}

function likeness(a: Set<string>, b: Set<string>): number {
  let shared = 0
  for (const pair of a) if (b.has(pair)) shared += 1
  return (2 * shared) / (a.size + b.size)
}

/** The three endpoints whose keys look most like `text`, best first; none that is too far off. */
export function closest(text: string, entries: readonly BoardEntry[]): readonly BoardEntry[] {
  const wanted = pairsOf(text)
  return entries
    .map((entry) => ({ entry, score: likeness(wanted, pairsOf(entry.endpoint.key)) }))
    .filter(({ score }) => score >= 0.3)
    .sort((a, b) => b.score - a.score)
    .slice(0, 3)
    .map(({ entry }) => entry)
}
