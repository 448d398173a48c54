/** The newest items of a sequence, oldest first, at most `capacity` of them. */
export class Ring<T> {
  readonly #items: T[] = []
  readonly #capacity: number
  #start = 0

  /** `capacity` is at least 1. */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get length(): number {
    return this.#items.length
  }

  /** Adds the newest item; the oldest one leaves when there is no room. */
  push(item: T): void {
    if (this.#items.length < this.#capacity) {
      this.#items.push(item)
      return
    }
    this.#items[this.#start] = item
    this.#start = (this.#start + 1) % this.#capacity
  }

  /** The item at `index`, 0 being the oldest; negative counts back from the newest. */
  at(index: number): T | undefined {
    const { length } = this.#items
    const wanted = index < 0 ? length + index : index
    return wanted < 0 || wanted >= length ? undefined : this.#items[(this.#start + wanted) % length]
  }

  get newest(): T | undefined {
    return this.at(-1)
  }

  /** Items from `from` up to, not including, `to`, oldest first. */
  slice(from = 0, to = this.length): T[] {
    const part: T[] = []
    for (let index = Math.max(from, 0); index < Math.min(to, this.length); index += 1) {
      const item = this.at(index)
      if (item !== undefined) part.push(item)
    }
    return part
  }
}
