import { mergeBuckets } from '../domain/bucket.ts'
import type { Event } from '../domain/event.ts'
import type { AlertRecord, BucketRecord, Clock, Log, Store } from '../domain/ports.ts'
import type { Result } from '../domain/result.ts'
import { atOnce, type Exclusion } from '../lib/exclusion.ts'
import type { Rollups } from './rollups.ts'

/** A result waits at most this long before it is written, or until so many wait. */
const longestWaitMs = 250
const batchSize = 500

/** A backlog is written in parts, so that no transaction holds up the thread for long. */
const largestBatch = 5_000

/** While the store refuses, so many results are kept in memory; then the oldest are given up, their sums are not. */
const backlogLimit = 100_000
const retryMs = { first: 500, longest: 30_000 }

export interface WriterHealth {
  /** Since when the store has been refusing. */
  readonly failingSince?: number
  readonly error?: string
  /** Results that wait to be written. */
  readonly backlog: number
  /** Results that were given up because too many waited. */
  readonly lost: number
}

/** What remains to be written of a bucket that was handed out twice. */
const combined = (earlier: BucketRecord | undefined, later: BucketRecord): BucketRecord =>
  earlier === undefined || later.adds !== true
    ? later
    : { ...earlier, bucket: mergeBuckets([earlier.bucket, later.bucket], later.bucket.startAt) }

const idOf = ({ key, resolution, bucket }: BucketRecord) => `${key} ${resolution} ${bucket.startAt}`

/** Writes results, events, buckets and alert counters to the store in batches, behind everybody's back. */
export interface Writer {
  add(result: Result, events: readonly Event[]): void
  /** Writes all that waits, open buckets included. Rejects when the store refuses. */
  flush(): Promise<void>
  /** A last flush; what cannot be written is lost, and said so in the log. */
  close(): Promise<void>
  health(): WriterHealth
}

export function createWriter(outside: {
  readonly store: Pick<Store, 'append'>
  readonly rollups: Rollups
  /** Alerts whose counters changed since they were last asked for. */
  readonly changedAlerts: () => readonly AlertRecord[]
  /** Takes back those that the store refused: when they are asked for again, they may have changed further. */
  readonly takeBackAlerts: (records: readonly AlertRecord[]) => void
  /** Keeps endpoints from changing their names while something is written. Default: nothing changes them. */
  readonly share?: Exclusion['share']
  readonly clock: Clock
  readonly log: Log
}): Writer {
  const { store, rollups, changedAlerts, takeBackAlerts, share = atOnce, clock, log } = outside
  let results: Result[] = []
  let events: Event[] = []
  // By identity, so that a backlog holds each bucket once, in its newest form.
  const buckets = new Map<string, BucketRecord>()
  let lost = 0
  let failingSince: number | undefined
  let lastError: string | undefined
  let delayMs = retryMs.first
  let writing: Promise<void> | undefined
  let cancelTimer: (() => void) | undefined
  let closed = false

  const collect = (everything: boolean) => {
    for (const record of rollups.take(clock.now(), everything)) {
      buckets.set(idOf(record), combined(buckets.get(idOf(record)), record))
    }
  }

  const giveUp = (count: number) => {
    results.splice(0, count)
    lost += count
  }

  const restore = (batch: {
    results: Result[]
    events: Event[]
    buckets: BucketRecord[]
    alerts: readonly AlertRecord[]
  }) => {
    results = batch.results.concat(results)
    events = batch.events.concat(events)
    for (const record of batch.buckets) {
      const later = buckets.get(idOf(record))
      buckets.set(idOf(record), later === undefined ? record : combined(record, later))
    }
    takeBackAlerts(batch.alerts)
    if (results.length > backlogLimit) giveUp(results.length - backlogLimit)
  }

  const succeeded = () => {
    delayMs = retryMs.first
    if (failingSince === undefined) return
    log.info({ failedForMs: clock.now() - failingSince, lost }, 'storage takes results again; the backlog is written')
    failingSince = undefined
    lastError = undefined
  }

  const failed = (error: unknown) => {
    lastError = error instanceof Error ? error.message : String(error)
    if (failingSince !== undefined) return
    failingSince = clock.now()
    log.error({ error: lastError }, 'storage refuses results; they are kept in memory until it takes them')
  }

  const writeBatch = async (everything: boolean) => {
    collect(everything)
    const alerts = changedAlerts()
    if (results.length === 0 && events.length === 0 && buckets.size === 0 && alerts.length === 0) return
    const part = results.length > largestBatch ? results.splice(0, largestBatch) : results
    if (part === results) results = []
    const batch = { results: part, events, buckets: [...buckets.values()], alerts }
    events = []
    buckets.clear()
    try {
      await store.append(batch)
      succeeded()
    } catch (error) {
      restore(batch)
      failed(error)
      throw error
    }
  }

  const writeAll = async () => {
    do await write(true)
    while (results.length > 0)
  }

  /** One write at a time; whoever asks meanwhile waits for it and then writes what came since. */
  const write = async (everything: boolean): Promise<void> => {
    while (writing !== undefined) await writing.catch(() => {})
    writing = share(() => writeBatch(everything))
    try {
      await writing
    } finally {
      writing = undefined
    }
  }

  const writeInBackground = () => {
    cancelTimer?.()
    cancelTimer = undefined
    if (closed) return
    write(false).then(
      () => {
        if (results.length > 0) writeSoon(longestWaitMs)
      },
      () => {
        writeSoon(delayMs)
        delayMs = Math.min(delayMs * 2, retryMs.longest)
      },
    )
  }

  const writeSoon = (waitMs: number) => {
    cancelTimer ??= clock.after(waitMs, writeInBackground)
  }

  return {
    add(result, newEvents) {
      rollups.add(result)
      results.push(result)
      for (const event of newEvents) events.push(event)
      if (results.length >= backlogLimit + batchSize) giveUp(batchSize)
      if (results.length === batchSize && failingSince === undefined && writing === undefined) writeInBackground()
      else if (writing === undefined) writeSoon(longestWaitMs)
    },
    flush: writeAll,
    async close() {
      closed = true
      cancelTimer?.()
      try {
        await writeAll()
      } catch {
        log.error({ results: results.length, error: lastError }, 'storage refused the last results; they are lost')
      }
    },
    health: () => ({ failingSince, error: lastError, backlog: results.length, lost }),
  }
}
