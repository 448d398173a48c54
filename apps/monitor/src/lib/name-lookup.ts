import { type LookupOptions, lookup as systemLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { createLookupQueue, type LookupAll } from './lookup-queue.ts'

type Waiter = Parameters<LookupAll>[2]

/** One for all, since they share the threads. */
const inTurn = createLookupQueue(systemLookup)

/**
 * The system's name lookup, asked once for all who wait for the same name. The platform runs few lookups at a time, so
 * a name whose server hangs must not take a place for every endpoint under it.
 */
export function createNameLookup(lookup: LookupAll = inTurn): LookupFunction {
  const waiting = new Map<string, Waiter[]>()

  const lookupAll = (hostname: string, options: LookupOptions, done: Waiter): void => {
    const key = `${options.family ?? 0} ${options.hints ?? 0} ${hostname}`
    const waiters = waiting.get(key)
    if (waiters !== undefined) {
      waiters.push(done)
      return
    }
    const all = [done]
    waiting.set(key, all)
    lookup(hostname, { family: options.family, hints: options.hints, all: true }, (error, addresses) => {
      waiting.delete(key)
      for (const waiter of all) waiter(error, addresses)
    })
  }

  return (hostname, options, done) => {
    lookupAll(hostname, options, (error, addresses) => {
      if (options.all || error !== null) return done(error, addresses)
      const [first] = addresses
      if (first === undefined) return done(Object.assign(new Error('no address'), { code: 'ENODATA' }), [])
      done(null, first.address, first.family)
    })
  }
}

/** The first address of a host. */
export const firstAddress =
  (lookup: LookupFunction) =>
  (hostname: string): Promise<string> =>
    new Promise((resolve, reject) => {
      lookup(hostname, {}, (error, address) => {
        if (error !== null) reject(error)
        else resolve(typeof address === 'string' ? address : (address[0]?.address ?? ''))
      })
    })
