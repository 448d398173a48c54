const secondMs = 1_000

/** Lists tell of moments that lie seconds apart, and of the same ones for each endpoint: so many seconds are kept. */
const keptSeconds = 1_024
const seconds = new Float64Array(keptSeconds).fill(Number.NaN)
const texts = new Array<string>(keptSeconds).fill('')

/** `.5` of 500 ms and nothing of 0, by milliseconds. */
const fractions = Array.from({ length: secondMs }, (_, ms) =>
  (ms / secondMs)
    .toFixed(3)
    .slice(1)
    .replace(/\.?0+$/, ''),
)

/** RFC 3339 in UTC, with the fraction of a second only as long as it needs to be. */
export function rfc3339(at: number): string {
  const second = Math.floor(at / secondMs)
  return `${secondText(second)}${fractions[Math.trunc(at - second * secondMs)]}Z`
}

function secondText(second: number): string {
  const place = second & (keptSeconds - 1)
  if (seconds[place] !== second) {
    texts[place] = new Date(second * secondMs).toISOString().slice(0, -5)
    seconds[place] = second
  }
  return texts[place] ?? ''
}
