import { setImmediate as immediate } from 'node:timers/promises'
import { openStore } from '../apps/monitor/src/storage/open.ts'
import type { DemoEndpoint } from './fleet.ts'
import type { Reach } from './history.ts'
import { fullReach, historyOf } from './history.ts'
import { createTemplates } from './templates.ts'
import { dayMs, hourMs } from './units.ts'

/** Of a large fleet, so many endpoints get all of their history ... */
const fullHistories = 60

/** ... and the others what the overview and most pages show of it, so that the start takes seconds. */
const shortReach: Reach = { fiveMinutesMs: 25 * hourMs, hoursMs: 31 * dayMs }

const endpointsPerBatch = 20
const recent = 100

const silentLog = { debug() {}, info() {}, warn() {}, error() {} }

/** Writes the past of the endpoints into a database, as if they had been watched all the time. */
export async function fill(
  databasePath: string,
  migrationsFolder: string,
  endpoints: readonly DemoEndpoint[],
  now: number,
): Promise<void> {
  const storage = {
    type: 'sqlite',
    path: databasePath,
    maximumNumberOfResults: recent,
    maximumNumberOfEvents: 50,
    retention: { fiveMinutesMs: 2 * dayMs, hoursMs: 90 * dayMs, daysMs: 1_826 * dayMs },
  } as const
  const store = await openStore(storage, { migrationsFolder, log: silentLog })
  await store.syncEndpoints(
    endpoints.map(({ key, name, group }) => ({ key, name, group, previousKeys: [] })),
    now,
  )
  const templates = createTemplates()
  for (let from = 0; from < endpoints.length; from += endpointsPerBatch) {
    const histories = endpoints
      .slice(from, from + endpointsPerBatch)
      .map(({ story }, i) =>
        historyOf(story, now, { recent, templates, reach: from + i < fullHistories ? fullReach : shortReach }),
      )
    await store.append({
      results: histories.flatMap(({ results }) => results),
      events: histories.flatMap(({ events }) => events),
      buckets: histories.flatMap(({ buckets }) => buckets),
      alerts: [],
    })
    // The store never waits, but a signal wants to be heard.
    await immediate()
  }
  await store.close()
}
