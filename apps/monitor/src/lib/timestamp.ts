const secondMs = 1_000

let second = Number.NaN
let secondText = ''

/** RFC 3339 in UTC, with the fraction of a second only as long as it needs to be. */
export function rfc3339(at: number): string {
  const whole = Math.floor(at / secondMs)
  // Moments come in their order, many within one second.
  if (whole !== second) {
    secondText = new Date(whole * secondMs).toISOString().slice(0, -5)
    second = whole
  }
  const fraction = Math.trunc(at - whole * secondMs)
  return fraction === 0 ? `${secondText}Z` : `${secondText}.${fractionText(fraction)}Z`
}

const fractionText = (ms: number) => String(ms).padStart(3, '0').replace(/0+$/, '')
