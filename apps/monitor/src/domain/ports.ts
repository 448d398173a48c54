import type { Need } from '@vedette/conditions'
import type { AlertState } from './alert.ts'
import type { Bucket, Resolution } from './bucket.ts'
import type { CheckTarget, EndpointType } from './endpoint.ts'
import type { Event } from './event.ts'
import type { Notice, OutboxEntry } from './notice.ts'
import type { Observation } from './observation.ts'
import type { Result } from './result.ts'

/** Time, so that tests can own it. */
export interface Clock {
  /** Wall-clock time in milliseconds since 1970. */
  now(): number
  /** Milliseconds that only ever grow, whatever happens to the wall clock. */
  monotonic(): number
  /** Runs `work` once after `delayMs`. The returned function cancels it. */
  after(delayMs: number, work: () => void): () => void
}

type Fields = Readonly<Record<string, unknown>>

/** Structured logging; pino fits. Fields never hold secrets. */
export interface Log {
  debug(fields: Fields, message: string): void
  info(fields: Fields, message: string): void
  warn(fields: Fields, message: string): void
  error(fields: Fields, message: string): void
}

// --- probes

export interface ProbeContext {
  /**
   * Bounds the whole run; aborted on time-out and on shutdown. A probe that ignores it is a bug, and so is one that leaves
   * listeners on it: the next run may have the same.
   */
  readonly signal: AbortSignal
  /** The costly facts that some condition asks for. */
  readonly needs: ReadonlySet<Need>
}

/** Observes endpoints over one protocol. Never judges, stores, logs or retries. */
export interface Probe {
  readonly type: EndpointType
  /** Fails only for a bug: whatever the other side does is an observation. */
  observe(target: CheckTarget, context: ProbeContext): Promise<Observation>
  /** Lets go of connections kept for targets that are not checked any more. */
  forget(target: CheckTarget): void
  close(): Promise<void>
}

// --- alert providers

/** One HTTP request. Text in `url`, `headers` and `body` may hold revealed secrets, so it is never logged. */
export interface OutboundRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** A provider with the settings of one alert: everything a notice needs to go out. */
export interface Destination {
  readonly type: string
  /** Throws when the settings and the notice make no valid request. */
  request(notice: Notice): OutboundRequest
  /** Texts that must not appear in an error or a log. */
  readonly secrets: readonly string[]
  /** Bounds one attempt, in milliseconds. */
  readonly timeoutMs: number
  readonly insecure: boolean
  /** Take a redirect as the answer instead of following it. */
  readonly ignoreRedirect?: boolean
}

// --- storage

/** An endpoint as storage knows it. */
export interface EndpointRecord {
  readonly key: string
  readonly name: string
  readonly group: string
}

export interface AlertRecord {
  readonly endpointKey: string
  readonly alertId: string
  readonly state: AlertState
}

export interface BucketRecord {
  readonly key: string
  readonly resolution: Resolution
  readonly bucket: Bucket
  /** To be added to what is stored, instead of replacing it. */
  readonly adds?: boolean
}

/** What a bucket counts, without its response times. There are millions of them, so nobody keeps the object. */
export interface Tally {
  readonly key: string
  readonly startAt: number
  readonly count: number
  readonly successes: number
  readonly maintenanceCount: number
  readonly maintenanceSuccesses: number
  readonly sumMs: number
}

/** What one flush of the recorder writes, in one transaction. */
export interface Batch {
  /** In the order they were recorded. */
  readonly results: readonly Result[]
  readonly events: readonly Event[]
  /** Each replaces what is stored under its key, resolution and start, or is added to it. */
  readonly buckets: readonly BucketRecord[]
  readonly alerts: readonly AlertRecord[]
}

/** Everything known of one endpoint when the monitor starts. */
export interface StoredEndpoint extends EndpointRecord {
  /** Oldest first; at most as many as raw results are kept. */
  readonly results: readonly Result[]
  /** Oldest first; at most as many as events are kept for the API. */
  readonly events: readonly Event[]
  readonly firstResultAt?: number
}

/** The same, with what its newest results are being summed up in. */
export interface StoredPast extends StoredEndpoint {
  /** By resolution, the bucket of the newest result, if it is stored, and those after it; none without results. */
  readonly newestBuckets: Readonly<Record<Resolution, readonly Bucket[]>>
}

/** What to read of endpoints while they are synchronised. */
export interface PastRequest {
  readonly keys: ReadonlySet<string>
  /** Tallies of buckets that start at or after this are visited. */
  readonly talliesFrom: Readonly<Record<Resolution, number>>
  /** Oldest first within each endpoint and resolution. Worth nothing if `syncEndpoints` fails in the end. */
  visit(resolution: Resolution, tally: Tally): void
}

export interface Retention {
  /** Buckets of a resolution that started before this are deleted. */
  readonly bucketsBefore: Readonly<Record<Resolution, number>>
  /** Finished deliveries created before this are deleted. */
  readonly deliveriesBefore: number
  /** Endpoints gone from the configuration before this are deleted, with all they own. */
  readonly goneBefore: number
}

/**
 * The memory of the monitor. Every method is one whole transaction, and they take effect in the order they were called.
 * A method that fails has changed nothing, and may be tried again.
 */
export interface Store {
  /**
   * Makes the stored endpoints match the configured ones: adds, renames, adopts previous keys, notes which are gone. In
   * the same step reads the past that some have by then, so that nobody has to do without it once they are changed.
   */
  syncEndpoints(
    endpoints: readonly (EndpointRecord & { readonly previousKeys: readonly string[] })[],
    now: number,
    past?: PastRequest,
  ): Promise<readonly StoredPast[]>
  /** Keys of the endpoints that were configured last. */
  keys(): Promise<readonly string[]>
  /** Configured endpoints, each with its raw results and newest events. */
  load(): Promise<readonly StoredPast[]>
  append(batch: Batch): Promise<void>
  /** Buckets of one endpoint that start at or after `from` and before `to`, oldest first. */
  buckets(key: string, resolution: Resolution, from: number, to: number): Promise<readonly Bucket[]>
  /** Events of one endpoint, newest first. */
  events(key: string, options: { readonly before: number; readonly limit: number }): Promise<readonly Event[]>
  /** Events of all configured endpoints from `from` up to, not including, `to`, newest first. */
  eventsBetween(from: number, to: number, limit: number): Promise<readonly Event[]>
  alerts(): Promise<readonly AlertRecord[]>
  /** Writes what one result did to an alert: its state, and the notice that follows, if any. */
  saveAlert(alert: AlertRecord, notice: OutboxEntry | undefined): Promise<void>
  /** Notices still to be delivered, in order. */
  pendingNotices(): Promise<readonly OutboxEntry[]>
  /** Replaces the delivery fields of a notice; `alert` is written with it when the outcome changes the alert. */
  updateNotice(entry: OutboxEntry, alert: AlertRecord | undefined): Promise<void>
  /** Finished and pending deliveries, newest first. */
  deliveries(options: { readonly endpointKey?: string; readonly limit: number }): Promise<readonly OutboxEntry[]>
  /** Deletes what is too old; a bounded amount per call. Tells whether there may be more. */
  prune(retention: Retention): Promise<boolean>
  close(): Promise<void>
}
