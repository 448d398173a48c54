import type { EndpointRecord, PastRequest, StoredPast } from '../../domain/ports.ts'
import { type createBuckets, resolutions } from './buckets.ts'
import type { KnownEndpoint } from './endpoints.ts'
import type { createEvents } from './events.ts'
import type { createResults } from './results.ts'

interface Tables {
  readonly results: Pick<ReturnType<typeof createResults>, 'newest'>
  readonly buckets: Pick<ReturnType<typeof createBuckets>, 'since' | 'tallies'>
  readonly events: Pick<ReturnType<typeof createEvents>, 'read'>
}

/** What is known of these endpoints, with their newest events. */
export function readPast(
  { results, buckets, events }: Tables,
  endpoints: readonly KnownEndpoint[],
  maximumNumberOfEvents: number,
): readonly StoredPast[] {
  const newest = results.newest(endpoints)
  return endpoints.map((endpoint) => {
    const ofEndpoint = newest.get(endpoint.id) ?? []
    const newestAt = ofEndpoint.at(-1)?.at
    return {
      ...recordOf(endpoint),
      results: ofEndpoint,
      events: events.read(endpoint, Number.MAX_SAFE_INTEGER, maximumNumberOfEvents).toReversed(),
      newestBuckets: newestAt === undefined ? noBuckets : buckets.since(endpoint.id, newestAt),
    }
  })
}

export function visitTallies(
  { buckets }: Pick<Tables, 'buckets'>,
  endpoints: readonly KnownEndpoint[],
  { talliesFrom, visit }: PastRequest,
): void {
  for (const resolution of resolutions) {
    const from = talliesFrom[resolution]
    for (const endpoint of endpoints) buckets.tallies(endpoint, resolution, from, (tally) => visit(resolution, tally))
  }
}

const noBuckets: StoredPast['newestBuckets'] = { '5m': [], '1h': [], '1d': [] }

const recordOf = ({
  key,
  name,
  group,
  firstResultAt,
}: KnownEndpoint): EndpointRecord & Pick<StoredPast, 'firstResultAt'> => ({
  key,
  name,
  group,
  ...(firstResultAt !== undefined && { firstResultAt }),
})
