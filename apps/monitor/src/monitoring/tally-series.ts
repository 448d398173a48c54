import type { SlotTally, TallyHistory } from '../domain/board.ts'

const fields = 4
const smallest = 16

/**
 * Counts of one endpoint in slots of equal length, for as far back as it was told to remember. Numbers live in
 * typed arrays that grow with the history, since there are thousands of these.
 */
export class TallySeries implements TallyHistory {
  readonly slotMs: number
  readonly #longest: number
  #counts = new Uint32Array(smallest * fields)
  #sums = new Float64Array(smallest)
  #capacity = smallest
  /** Slot numbers (time divided by `slotMs`) of the oldest and the newest slot held; none while empty. */
  #oldest = 0
  #newest = -1

  /** Remembers `slots` slots of `slotMs` milliseconds each. */
  constructor(slotMs: number, slots: number) {
    this.slotMs = slotMs
    this.#longest = slots
  }

  /** Adds to the slot that `at` falls into; what is older than the series remembers is left out. */
  add(at: number, tally: SlotTally): void {
    const position = this.#position(Math.floor(at / this.slotMs))
    if (position === undefined) return
    const counts = this.#counts
    const offset = position * fields
    counts[offset] = (counts[offset] ?? 0) + tally.count
    counts[offset + 1] = (counts[offset + 1] ?? 0) + tally.successes
    counts[offset + 2] = (counts[offset + 2] ?? 0) + tally.maintenanceCount
    counts[offset + 3] = (counts[offset + 3] ?? 0) + tally.maintenanceSuccesses
    this.#sums[position] = (this.#sums[position] ?? 0) + tally.sumMs
  }

  /** Makes the slot that `at` falls into hold just this. */
  set(at: number, tally: SlotTally): void {
    const position = this.#position(Math.floor(at / this.slotMs))
    if (position === undefined) return
    const offset = position * fields
    this.#counts[offset] = tally.count
    this.#counts[offset + 1] = tally.successes
    this.#counts[offset + 2] = tally.maintenanceCount
    this.#counts[offset + 3] = tally.maintenanceSuccesses
    this.#sums[position] = tally.sumMs
  }

  *slots(from: number): Generator<SlotTally & { readonly startAt: number }> {
    const first = Math.max(Math.ceil(from / this.slotMs), this.#oldest)
    for (let slot = first; slot <= this.#newest; slot += 1) {
      const startAt = slot * this.slotMs
      const tally = this.sum(startAt, startAt + this.slotMs)
      if (tally.count > 0) yield { startAt, ...tally }
    }
  }

  sum(from: number, to: number): SlotTally {
    const first = Math.max(Math.ceil(from / this.slotMs), this.#oldest)
    const last = Math.min(Math.ceil(to / this.slotMs) - 1, this.#newest)
    const counts = this.#counts
    let count = 0
    let successes = 0
    let maintenanceCount = 0
    let maintenanceSuccesses = 0
    let sumMs = 0
    for (let slot = first; slot <= last; slot += 1) {
      const position = slot % this.#capacity
      const offset = position * fields
      count += counts[offset] ?? 0
      successes += counts[offset + 1] ?? 0
      maintenanceCount += counts[offset + 2] ?? 0
      maintenanceSuccesses += counts[offset + 3] ?? 0
      sumMs += this.#sums[position] ?? 0
    }
    return { count, successes, maintenanceCount, maintenanceSuccesses, sumMs }
  }

  /** Start of the oldest slot that has a result. */
  get oldestAt(): number | undefined {
    for (let slot = this.#oldest; slot <= this.#newest; slot += 1) {
      if ((this.#counts[(slot % this.#capacity) * fields] ?? 0) > 0) return slot * this.slotMs
    }
    return undefined
  }

  #position(slot: number): number | undefined {
    if (this.#newest < this.#oldest) {
      this.#oldest = slot
      this.#newest = slot
    }
    if (slot < this.#oldest && !this.#extendBack(slot)) return undefined
    if (slot > this.#newest) this.#extendForward(slot)
    return slot % this.#capacity
  }

  #extendBack(slot: number): boolean {
    const length = this.#newest - slot + 1
    if (length > this.#longest) return false
    this.#reserve(length)
    this.#clear(slot, this.#oldest - 1)
    this.#oldest = slot
    return true
  }

  #extendForward(slot: number): void {
    const oldest = Math.max(this.#oldest, slot - this.#longest + 1)
    if (oldest > this.#newest) {
      this.#oldest = slot
      this.#newest = slot
      this.#clear(slot, slot)
      return
    }
    this.#oldest = oldest
    this.#reserve(slot - oldest + 1)
    this.#clear(this.#newest + 1, slot)
    this.#newest = slot
  }

  #clear(from: number, to: number): void {
    for (let slot = from; slot <= to; slot += 1) {
      const position = slot % this.#capacity
      this.#counts.fill(0, position * fields, (position + 1) * fields)
      this.#sums[position] = 0
    }
  }

  #reserve(length: number): void {
    if (length <= this.#capacity) return
    const capacity = Math.min(Math.max(this.#capacity * 2, length), Math.max(this.#longest, length))
    const counts = new Uint32Array(capacity * fields)
    const sums = new Float64Array(capacity)
    for (let slot = this.#oldest; slot <= this.#newest; slot += 1) {
      const from = slot % this.#capacity
      const to = slot % capacity
      counts.set(this.#counts.subarray(from * fields, (from + 1) * fields), to * fields)
      sums[to] = this.#sums[from] ?? 0
    }
    this.#counts = counts
    this.#sums = sums
    this.#capacity = capacity
  }
}
