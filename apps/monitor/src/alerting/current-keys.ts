/** Follows endpoints through their names: notices that wait, and rows that cannot be written, know them by earlier ones. */
export interface CurrentKeys {
  /** The key of now of an endpoint that had this one. */
  of(key: string): string
  /** A number that an endpoint keeps, whatever its key. */
  identity(key: string): number
  /** `isNew`: nobody had that key just before. */
  rename(previous: string, key: string, isNew: boolean): void
  /** An endpoint has this key now: whoever had it before does not answer to it any more. */
  use(key: string): void
}

export function createCurrentKeys(): CurrentKeys {
  const renamed = new Map<string, string>()
  const identities = new Map<string, number>()
  let last = 0

  const identity = (key: string): number => {
    const known = identities.get(key)
    if (known !== undefined) return known
    identities.set(key, ++last)
    return last
  }

  return {
    of: (key) => renamed.get(key) ?? key,
    identity: (key) => identity(renamed.get(key) ?? key),
    rename(previous, key, isNew) {
      if (renamed.get(previous) === key) return
      const moved = identities.get(previous)
      identities.delete(previous)
      // Of several names before, some may never have been anybody's, such as those of reloads that failed.
      if (moved !== undefined && (isNew || !identities.has(key))) identities.set(key, moved)
      for (const [older, current] of renamed) if (current === previous) renamed.set(older, key)
      renamed.set(previous, key)
    },
    use(key) {
      renamed.delete(key)
    },
  }
}
