/**
 * A number with a fixed count of decimals, like `toFixed`, but what lies exactly in the middle goes to the even
 * digit: 1/32 with two decimals of a percentage is 3.12, not 3.13.
 */
export function fixedHalfEven(value: number, digits: number): string {
  const scale = 10 ** digits
  const scaled = value * scale
  const middle = Number.isInteger(scaled * 2) && !Number.isInteger(scaled) && scaled / scale === value
  if (!middle) return value.toFixed(digits)
  const below = Math.floor(scaled)
  return ((below % 2 === 0 ? below : below + 1) / scale).toFixed(digits)
}
