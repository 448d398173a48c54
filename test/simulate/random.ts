/** Numbers that follow from a seed alone. */
export interface Random {
  /** From 0 to below 1. */
  next(): number
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number
  /** From `least` to below `most`. */
  between(least: number, most: number): number
  chance(probability: number): boolean
  pick<T>(choices: readonly [T, ...T[]]): T
  /** A time until something that happens once in `meanMs`; never when that is infinite. */
  wait(meanMs: number): number
}

/** SFC32, which passes the usual tests of randomness. https://pracrand.sourceforge.net/RNG_engines.txt */
export function createRandom(seed: number): Random {
  let a = 0x9e3779b9
  let b = seed >>> 0
  let c = Math.floor(seed / 2 ** 32) >>> 0
  let counter = 1

  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  // Seeds that lie close together take some rounds to part.
  for (let round = 0; round < 16; round++) next()

  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    between: (least, most) => least + next() * (most - least),
    chance: (probability) => next() < probability,
    pick: (choices) => choices[below(choices.length)] ?? choices[0],
    wait: (meanMs) => -Math.log(1 - next()) * meanMs,
  }
}
