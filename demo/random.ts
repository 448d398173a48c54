/** Numbers from 0 to below 1, the same for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    return mixed(state) / 2 ** 32
  }
}

/** A whole number of 32 bits in which every bit of `value` has its say. */
export function mixed(value: number): number {
  let x = value | 0
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad)
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97)
  return (x ^ (x >>> 15)) >>> 0
}

/** A seed for what has a name. */
export function seedOf(text: string): number {
  let seed = 0
  for (const character of text) seed = mixed(seed ^ (character.codePointAt(0) ?? 0))
  return seed
}

/** One of `values`; there must be some. */
export function pick<T>(values: readonly [T, ...T[]], random: () => number): T {
  return values[Math.floor(random() * values.length)] ?? values[0]
}

/** A number around 0, of the normal distribution with a standard deviation of 1. */
export const normal = (random: () => number) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
