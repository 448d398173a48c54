type Work<T> = () => Promise<T>

/** Work that goes on side by side, and work that has to be alone. */
export interface Exclusion {
  /** Begins at once, or as soon as what is alone has ended. */
  share<T>(work: Work<T>): Promise<T>
  /** Begins when all that goes on has ended; what comes meanwhile waits. */
  alone<T>(work: Work<T>): Promise<T>
}

/** Shares with nobody who would have to be alone. */
export const atOnce: Exclusion['share'] = (work) => work()

/** Neither may be called from within what runs alone, nor `alone` from within shared work: it would wait for itself. */
export function createExclusion(): Exclusion {
  const sharing = new Set<Promise<unknown>>()
  let exclusive: Promise<void> | undefined

  const free = () => {
    exclusive = undefined
  }

  return {
    async share(work) {
      while (exclusive !== undefined) await exclusive
      const going = work()
      sharing.add(going)
      try {
        return await going
      } finally {
        sharing.delete(going)
      }
    },
    async alone(work) {
      while (exclusive !== undefined) await exclusive
      const going = Promise.allSettled(sharing).then(work)
      exclusive = going.then(free, free)
      return await going
    },
  }
}
