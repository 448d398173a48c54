type Identities = readonly [number, ...number[]]

/** Follows endpoints through their names: notices that wait, and rows that cannot be written, know them by earlier ones. */
export interface CurrentKeys {
  /** The key of now of an endpoint that had this one. */
  of(key: string): string
  /** A number that an endpoint keeps, whatever its key. */
  identity(key: string): number
  /** The key of now of the endpoint that has this identity, or became one with it. */
  keyOf(identity: number): string
  /** Its own, and those of endpoints that became one with it. */
  identities(key: string): Identities
  /** `isNew`: nobody had that key just before. */
  rename(previous: string, key: string, isNew: boolean): void
  /** An endpoint has this key now: whoever had it before does not answer to it any more. */
  use(key: string): void
}

export function createCurrentKeys(): CurrentKeys {
  const renamed = new Map<string, string>()
  const known = new Map<string, Identities>()
  const keyOf = new Map<number, string>()
  let last = 0

  const of = (key: string) => renamed.get(key) ?? key

  const assign = (key: string, ofEndpoint: Identities) => {
    known.set(key, ofEndpoint)
    for (const identity of ofEndpoint) keyOf.set(identity, key)
    return ofEndpoint
  }

  const identities = (key: string): Identities => {
    const current = of(key)
    return known.get(current) ?? assign(current, [++last])
  }

  return {
    of,
    identity: (key) => identities(key)[0],
    identities,
    keyOf(identity) {
      const key = keyOf.get(identity)
      if (key === undefined) throw new Error(`no endpoint was ever known by ${identity}`)
      return key
    },
    rename(previous, key, isNew) {
      if (renamed.get(previous) === key) return
      const moved = known.get(previous)
      const own = known.get(key)
      known.delete(previous)
      // Of several names before, some may never have been anybody's, such as those of reloads that failed.
      if (moved !== undefined) assign(key, together(moved, own, isNew))
      for (const [older, current] of renamed) if (current === previous) renamed.set(older, key)
      renamed.set(previous, key)
    },
    use(key) {
      renamed.delete(key)
    },
  }
}

function together(moved: Identities, own: Identities | undefined, isNew: boolean): Identities {
  if (own === undefined) return moved
  return isNew ? [...moved, ...own] : [...own, ...moved]
}
