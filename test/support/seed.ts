import type { Bucket } from '../../apps/monitor/src/domain/bucket.ts'
import { bucketStart, createAccumulator } from '../../apps/monitor/src/domain/bucket.ts'
import type { Config } from '../../apps/monitor/src/domain/config.ts'
import type { Event } from '../../apps/monitor/src/domain/event.ts'
import { eventsOf } from '../../apps/monitor/src/domain/event.ts'
import type { BucketRecord } from '../../apps/monitor/src/domain/ports.ts'
import type { Result } from '../../apps/monitor/src/domain/result.ts'
import { openStore } from '../../apps/monitor/src/storage/open.ts'
import { migrationsFolder, silentLog } from './monitor.ts'

/** A result with the given parts, otherwise plain. */
export const resultOf = (parts: Partial<Result> & Pick<Result, 'key' | 'at'>): Result => ({
  success: true,
  durationMs: 0,
  connected: true,
  errors: [],
  conditions: [],
  maintenance: false,
  ...parts,
})

function eventsIn(results: readonly Result[]): readonly Event[] {
  const previous = new Map<string, boolean>()
  return results.flatMap((result) => {
    const events = eventsOf(result, previous.get(result.key))
    previous.set(result.key, result.success)
    return events
  })
}

const resolutions = ['5m', '1h', '1d'] as const

function bucketsOf(results: readonly Result[]): readonly BucketRecord[] {
  const open = new Map<string, { record: Omit<BucketRecord, 'bucket'>; sums: ReturnType<typeof createAccumulator> }>()
  for (const result of results) {
    for (const resolution of resolutions) {
      const startAt = bucketStart(result.at, resolution)
      const id = `${result.key} ${resolution} ${startAt}`
      const entry = open.get(id) ?? { record: { key: result.key, resolution }, sums: createAccumulator(startAt) }
      open.set(id, entry)
      entry.sums.add(result)
    }
  }
  return [...open.values()].map(({ record, sums }) => ({ ...record, bucket: sums.bucket() }))
}

/** Fills the database of a configuration as if these results had been recorded; `buckets` replace those of the results. */
export async function seed(
  config: Config,
  results: readonly Result[],
  now: number,
  buckets?: readonly { readonly key: string; readonly bucket: Bucket }[],
): Promise<void> {
  const store = await openStore(config.storage, { migrationsFolder, log: silentLog })
  await store.syncEndpoints(config.endpoints, now)
  const given = buckets?.flatMap(({ key, bucket }) =>
    resolutions.map((resolution) => ({
      key,
      resolution,
      bucket: { ...bucket, startAt: bucketStart(bucket.startAt, resolution) },
    })),
  )
  await store.append({ results, events: eventsIn(results), buckets: given ?? bucketsOf(results), alerts: [] })
  await store.close()
}
