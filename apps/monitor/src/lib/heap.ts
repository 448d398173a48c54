/** A queue that hands out the item with the lowest rank first. */
export class Heap<T> {
  readonly #items: { readonly rank: number; readonly item: T }[] = []

  get size(): number {
    return this.#items.length
  }

  /** Rank of the next item. */
  get nextRank(): number | undefined {
    return this.#items[0]?.rank
  }

  push(rank: number, item: T): void {
    const items = this.#items
    let index = items.length
    const added = { rank, item }
    items.push(added)
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = items[parent]
      if (above === undefined || above.rank <= rank) break
      items[index] = above
      index = parent
    }
    items[index] = added
  }

  pop(): T | undefined {
    const items = this.#items
    const top = items[0]
    const last = items.pop()
    if (top === undefined || last === undefined) return undefined
    if (items.length > 0) this.#sink(last)
    return top.item
  }

  #sink(entry: { readonly rank: number; readonly item: T }): void {
    const items = this.#items
    let index = 0
    for (;;) {
      const left = 2 * index + 1
      const smaller = (items[left + 1]?.rank ?? Infinity) < (items[left]?.rank ?? Infinity) ? left + 1 : left
      const child = items[smaller]
      if (child === undefined || child.rank >= entry.rank) break
      items[index] = child
      index = smaller
    }
    items[index] = entry
  }
}
