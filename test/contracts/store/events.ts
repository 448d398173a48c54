import { describe, expect } from 'vitest'
import type { Event } from '../../../apps/monitor/src/domain/event.ts'
import { batchOf, midnight } from '../../support/stored.ts'
import type { StoreTools } from './tools.ts'
import { forever } from './tools.ts'

export function eventsContract({ name, withStore }: StoreTools): void {
  describe(`${name}: events`, () => {
    const changes: Event[] = Array.from({ length: 12 }, (_, i) =>
      i % 2 === 0
        ? { key: 'core_api', type: 'HEALTHY', at: midnight + i }
        : { key: 'core_api', type: 'UNHEALTHY', at: midnight + i, reason: `reason ${i}` },
    )

    withStore('are paged from the newest back', async (store) => {
      await store.append(batchOf({ events: changes }))

      const page = await store.events('core_api', { before: forever, limit: 3 })
      const next = await store.events('core_api', { before: page.at(-1)?.at ?? 0, limit: 100 })

      expect(page).toEqual(changes.toReversed().slice(0, 3))
      expect(next).toEqual(changes.toReversed().slice(3))
      expect(await store.events('core_web', { before: forever, limit: 3 })).toEqual([])
    })

    withStore('are found for all endpoints in a span of time, newest first', async (store) => {
      const elsewhere: Event = { key: 'core_web', type: 'START', at: midnight + 4 }
      await store.append(batchOf({ events: [...changes, elsewhere] }))

      const found = await store.eventsBetween(midnight + 3, midnight + 6, 10)

      expect(found).toEqual([changes[5], elsewhere, changes[4], changes[3]])
      expect(await store.eventsBetween(midnight + 3, midnight + 6, 2)).toEqual([changes[5], elsewhere])
    })

    withStore(
      'are loaded oldest first, up to the maximum',
      async (store) => {
        await store.append(batchOf({ events: changes }))

        expect((await store.load())[0]?.events).toEqual(changes.slice(-5))
      },
      { maximumNumberOfEvents: 5 },
    )
  })
}
