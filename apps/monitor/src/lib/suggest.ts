/** Edits that turn one text into the other: insert, delete or replace one character, or swap two neighbours. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replaced)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (beforeLast[j - 2] ?? 0) + 1)
      }
      row.push(least)
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}

/** Longer texts are no typing mistakes, and comparing them would take long. */
const longestCompared = 40

/** The one of `known` that `text` was probably meant to be. */
export function suggest(text: string, known: Iterable<string>): string | undefined {
  if (text.length > longestCompared) return undefined
  const plain = (name: string) => name.toLowerCase().replaceAll('_', '-')
  let best: string | undefined
  let least = Math.floor(text.length / 3) + 1
  for (const name of known) {
    if (name === text || Math.abs(name.length - text.length) > least) continue
    const edits = distance(plain(text), plain(name))
    if (edits >= least && !(edits === 0 && best === undefined)) continue
    best = name
    least = edits
  }
  return best
}

/** `did you mean "interval"?`, or nothing. */
export function didYouMean(text: string, known: Iterable<string>): string | undefined {
  const name = suggest(text, known)
  return name === undefined ? undefined : `did you mean "${name}"?`
}
