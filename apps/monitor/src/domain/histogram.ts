/**
 * How often response times fell into which slot of a logarithmic scale: slot and count in turn, slots ascending,
 * counts above 0. Small, mergeable without loss, and right to 5 % when asked for a quantile.
 */
export type Histogram = readonly number[]

/** Each slot is this much wider than the one before; the middle of a slot is off by at most 4.8 %. */
const growth = 1.1

const perLog = 1 / Math.log(growth)

/** Slot 0 holds what took less than a microsecond, the last one everything above four weeks. */
const lastSlot = 300

const slotOf = (ms: number) => (ms >= 0.001 ? Math.min(1 + Math.floor(Math.log(ms * 1000) * perLog), lastSlot) : 0)

/** The value whose relative distance to both ends of the slot is the same. */
const middleMs = (slot: number) => (slot === 0 ? 0 : (growth ** (slot - 1) * 2 * growth) / (1 + growth) / 1000)

export const emptyHistogram = (): number[] => []

/** Position of the first slot that is not below `slot`. */
function seek(cells: Histogram, slot: number): number {
  let low = 0
  let high = cells.length >> 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((cells[middle << 1] ?? 0) < slot) low = middle + 1
    else high = middle
  }
  return low << 1
}

/** Counts one response time. Changes `histogram`. */
export function addToHistogram(histogram: number[], ms: number): void {
  const slot = slotOf(ms)
  const position = seek(histogram, slot)
  if (histogram[position] === slot) histogram[position + 1] = (histogram[position + 1] ?? 0) + 1
  else histogram.splice(position, 0, slot, 1)
}

/** One histogram of everything counted in `histograms`. */
export function mergeHistograms(histograms: Iterable<Histogram>): Histogram {
  const counts = new Float64Array(lastSlot + 1)
  let lowest = lastSlot
  let highest = 0
  for (const cells of histograms) {
    for (let i = 0; i < cells.length; i += 2) {
      const slot = cells[i] ?? 0
      counts[slot] = (counts[slot] ?? 0) + (cells[i + 1] ?? 0)
    }
    lowest = Math.min(lowest, cells[0] ?? lowest)
    highest = Math.max(highest, cells.at(-2) ?? highest)
  }
  const merged: number[] = []
  for (let slot = lowest; slot <= highest; slot += 1) {
    const count = counts[slot] ?? 0
    if (count > 0) merged.push(slot, count)
  }
  return merged
}

/**
 * The response time in milliseconds that a share `q` (0 to 1) of the counted ones does not exceed; `undefined` when
 * nothing was counted. May lie up to 5 % outside of what was seen: callers who know minimum and maximum clamp it.
 */
export function quantile(histogram: Histogram, q: number): number | undefined {
  let total = 0
  for (let i = 1; i < histogram.length; i += 2) total += histogram[i] ?? 0
  const rank = Math.min(Math.max(Math.ceil(q * total), 1), total)
  let seen = 0
  for (let i = 0; i < histogram.length; i += 2) {
    seen += histogram[i + 1] ?? 0
    if (seen >= rank) return middleMs(histogram[i] ?? 0)
  }
  return undefined
}

/**
 * As bytes: per slot the distance to the slot before, doubled, plus 1 if a count follows; then that count less 2.
 * A count of 1 goes without saying. Numbers are varints: seven bits a byte, lowest first.
 */
export function encodeHistogram(histogram: Histogram): Uint8Array {
  const bytes: number[] = []
  let previous = 0
  for (let i = 0; i < histogram.length; i += 2) {
    const slot = histogram[i] ?? 0
    const count = histogram[i + 1] ?? 0
    const distance = (slot - previous) * 2
    if (count === 1) pushVarint(bytes, distance)
    else {
      pushVarint(bytes, distance + 1)
      pushVarint(bytes, count - 2)
    }
    previous = slot
  }
  return Uint8Array.from(bytes)
}

/** Throws a `RangeError` when `bytes` are not what `encodeHistogram` makes. */
export function decodeHistogram(bytes: Uint8Array): Histogram {
  const cells: number[] = []
  const next = varints(bytes)
  let slot = 0
  for (let head = next(); head !== undefined; head = next()) {
    slot += Math.floor(head / 2)
    const more = head % 2 === 1 ? next() : -1
    const ascending = cells.length === 0 || head >= 2
    if (more === undefined || !ascending || slot > lastSlot) throw new RangeError('not a histogram')
    cells.push(slot, more + 2)
  }
  return cells
}

function pushVarint(bytes: number[], value: number): void {
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) + 0x80)
    rest = Math.floor(rest / 0x80)
  }
  bytes.push(rest)
}

/** Reads one number per call; `undefined` at the end. */
function varints(bytes: Uint8Array): () => number | undefined {
  let position = 0
  return () => {
    if (position >= bytes.length) return undefined
    let value = 0
    let scale = 1
    for (;;) {
      const byte = bytes[position++]
      if (byte === undefined || scale > 2 ** 46) throw new RangeError('not a histogram')
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
      scale *= 0x80
    }
  }
}
