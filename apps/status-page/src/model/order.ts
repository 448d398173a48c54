/**
 * What would have to move, come or go for one order to become the other: the fewest entries that do. Both hold each
 * key once.
 */
export function outOfPlace(shown: readonly string[], wanted: readonly string[]): Set<string> {
  const places = new Map(wanted.map((key, place) => [key, place]))
  const known = new Set(shown)
  const out = new Set(wanted.filter((key) => !known.has(key)))
  const staying = new Set(
    longestRising(
      shown.filter((key) => places.has(key)),
      (key) => places.get(key) ?? 0,
    ),
  )
  for (const key of shown) if (!staying.has(key)) out.add(key)
  return out
}

/** A longest part of the list whose places rise, by patience sorting. */
function longestRising(keys: readonly string[], placeOf: (key: string) => number): string[] {
  /** The last key of the best part of each length, and what came before each key in its part. */
  const ends: string[] = []
  const before = new Map<string, string | undefined>()
  for (const key of keys) {
    let low = 0
    let high = ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (placeOf(ends[middle] ?? '') < placeOf(key)) low = middle + 1
      else high = middle
    }
    before.set(key, ends[low - 1])
    ends[low] = key
  }
  const part: string[] = []
  for (let key = ends.at(-1); key !== undefined; key = before.get(key)) part.push(key)
  return part.reverse()
}
