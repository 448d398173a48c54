import type { LookupAddress, LookupOptions } from 'node:dns'

export type LookupAll = (
  hostname: string,
  options: LookupOptions & { all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/**
 * Half of the threads that `bin/vedette.js` asks for: the platform gives name lookups no more.
 * https://github.com/libuv/libuv/blob/v1.x/src/threadpool.c
 */
const threads = 32

/** Places for names that may hang, and for those that did so the last time. The others are left to names that do not. */
const mostDoubtful = (threads / 4) * 3
const mostSlow = threads / 2

/** A lookup that took longer is one that hung. */
const slowMs = 1_000

/** Names remembered; a target may redirect to ever new ones. */
const mostNames = 20_000

interface Asked {
  readonly hostname: string
  readonly options: LookupOptions & { all: true }
  readonly done: Parameters<LookupAll>[2]
}

/**
 * Lets lookups wait for each other. One that hangs keeps its thread for as long as the system tries, and cannot be ended:
 * names that hung wait for a place among themselves, so that names which are answered always find a thread.
 */
export function createLookupQueue(lookup: LookupAll, now: () => number = () => performance.now()): LookupAll {
  /** How the last lookup of a name went; the one noted first is forgotten first. */
  const wasSlow = new Map<string, boolean>()
  const waiting: { readonly unknown: Asked[]; readonly slow: Asked[] } = { unknown: [], slow: [] }
  const running = { unknown: 0, slow: 0 }

  const note = (hostname: string, slow: boolean) => {
    wasSlow.delete(hostname)
    wasSlow.set(hostname, slow)
    for (const oldest of wasSlow.keys()) {
      if (wasSlow.size <= mostNames) break
      wasSlow.delete(oldest)
    }
  }

  const start = ({ hostname, options, done }: Asked, kind: keyof typeof running | undefined) => {
    const startedAt = now()
    if (kind !== undefined) running[kind] += 1
    lookup(hostname, options, (error, addresses) => {
      if (kind !== undefined) running[kind] -= 1
      note(hostname, now() - startedAt >= slowMs)
      fill()
      done(error, addresses)
    })
  }

  const startNext = (kind: keyof typeof running): boolean => {
    const next = waiting[kind].shift()
    if (next !== undefined) start(next, kind)
    return next !== undefined
  }

  const fill = () => {
    while (running.unknown + running.slow < mostDoubtful && startNext('unknown')) {}
    while (running.unknown + running.slow < mostDoubtful && running.slow < mostSlow && startNext('slow')) {}
  }

  return (hostname, options, done) => {
    const slow = wasSlow.get(hostname)
    const asked = { hostname, options, done }
    if (slow === false) return start(asked, undefined)
    waiting[slow === true ? 'slow' : 'unknown'].push(asked)
    fill()
  }
}
