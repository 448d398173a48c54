/** The value that a share (0 to 1) of the others does not exceed; `undefined` when there are none. */
export function quantile(values, share) {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(Math.max(Math.ceil(share * sorted.length), 1), sorted.length) - 1]
}

export const median = (values) => quantile(values, 0.5)
