import { test } from 'vitest'
import type { Retention, Store } from '../../../apps/monitor/src/domain/ports.ts'
import { midnight } from '../../support/stored.ts'

export interface StoreLimits {
  readonly maximumNumberOfResults: number
  readonly maximumNumberOfEvents: number
}

/** A place where a store keeps things, empty at first. */
export interface StorePlace extends AsyncDisposable {
  /** Opens the store. May be called again after `close`. */
  open(limits?: Partial<StoreLimits>): Promise<Store>
}

export interface StoreContract {
  readonly name: string
  /** Whether what was written is there when the place is opened again. */
  readonly persistent: boolean
  readonly createPlace: () => Promise<StorePlace>
}

export interface StoreTools extends StoreContract {
  /** A test with a store that has endpoints with these keys. */
  withStore(
    title: string,
    work: (store: Store) => Promise<void>,
    limits?: Partial<StoreLimits>,
    keys?: readonly string[],
  ): void
}

export const keepAll: Retention = {
  bucketsBefore: { '5m': 0, '1h': 0, '1d': 0 },
  deliveriesBefore: 0,
  goneBefore: 0,
}

export const endpoint = (key: string, previousKeys: readonly string[] = []) => {
  const [group = '', name = ''] = key.split('_')
  return { key, group, name, previousKeys }
}

export const pruneAll = async (store: Store, retention: Retention) => {
  let calls = 1
  while (await store.prune(retention)) calls++
  return calls
}

export const forever = Number.MAX_SAFE_INTEGER

export const resultsOf = async (store: Store, key: string) =>
  (await store.load()).find((endpoint) => endpoint.key === key)?.results

/** What the parts of the contract share. */
export const toolsOf = (contract: StoreContract): StoreTools => ({
  ...contract,
  withStore(title, work, limits = {}, keys = ['core_api', 'core_web']) {
    test(title, async () => {
      await using place = await contract.createPlace()
      const store = await place.open(limits)
      await store.syncEndpoints(
        keys.map((key) => endpoint(key)),
        midnight,
      )

      await work(store)

      await store.close()
    })
  },
})
