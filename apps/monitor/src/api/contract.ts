/**
 * JSON shapes of the HTTP interface: types only, shared with the status page. Moments that end in `At` are
 * milliseconds since 1970; durations that end in `Ms` are milliseconds. The shapes of the Gatus-compatible routes
 * (nanoseconds, RFC 3339) are those of `GatusStatus` and below.
 */

// --- the page: overview

/** The worst of what is going on. `pending`: no result yet. `degraded` has no source yet, so it does not occur. */
export type State = 'up' | 'degraded' | 'down' | 'maintenance' | 'pending'

/** A span of the history bar: the last 60 checks, 96 x 15 min, 84 x 2 h, 90 x 8 h, 90 x 1 day (UTC). */
export type BarRange = 'checks' | '24h' | '7d' | '30d' | '90d'

/**
 * Run-length history, oldest first, such as `n30u58g1d1`: a class letter and how many buckets of it.
 * u up, a failed under 1 %, b failed 1 to 10 %, d failed at least 10 % or a single failed check, g degraded,
 * m maintenance only, n no data.
 */
export type RunLengths = string

export interface UptimeFigure {
  /** Checks that count, and of them the successful ones: uptime is `successes / count`; no data when `count` is 0. */
  readonly count: number
  readonly successes: number
  /** Checks the interval asks for in the monitored part of the window. */
  readonly expected: number
}

export interface EndpointRow {
  readonly key: string
  readonly name: string
  /** Empty for endpoints without a group. */
  readonly group: string
  /** Such as `HTTP`. */
  readonly type: string
  /** Host of the url; absent when hidden. */
  readonly host?: string
  readonly state: State
  /** When `state` began, where known. */
  readonly sinceAt?: number
  readonly lastCheckAt?: number
  readonly intervalMs: number
  /** While down: first error or first failed condition; absent when hidden. */
  readonly reason?: string
  /** Median response time of the recent successful checks. */
  readonly latencyMs?: number
  /** Up now, but failed within the last 24 h. */
  readonly unstable: boolean
  /** No result for more than three intervals. */
  readonly stale: boolean
  readonly history: RunLengths
  /** Over the range. */
  readonly uptime: UptimeFigure
  /** When it last was down within the range, and for how long: for the sentence beside the bar. */
  readonly lastOutage?: { readonly startAt: number; readonly endAt?: number }
}

export interface OverviewModel {
  readonly range: BarRange
  /** When the first and the last bucket of the range begin; absent for `checks`. */
  readonly axis?: { readonly startAt: number; readonly endAt: number; readonly bucketMs: number }
  /** In the order of the configuration. Groups in the order of their first endpoint. */
  readonly rows: readonly EndpointRow[]
  /** Of the newest result anywhere. */
  readonly newestAt?: number
  /** When this was made. */
  readonly now: number
  /** Sequence number of the live feed that this state includes. */
  readonly sequence: number
  /** Maintenance under way or within the next 7 days, soonest first, at most 3. */
  readonly upcoming?: readonly MaintenanceEntry[]
  /** Outages of the last 7 days that are over, newest first, at most 5. */
  readonly recent?: readonly IncidentEntry[]
  /** Notices of the failing inside (storage, delivery), for people who are signed in; empty otherwise. */
  readonly operatorNotices: readonly string[]
}

// --- the page: what happened, and what is planned

/** One outage of one endpoint. */
export interface IncidentEntry {
  /** As in `/incidents/{id}`. */
  readonly id: string
  readonly key: string
  readonly name: string
  readonly group: string
  readonly startAt: number
  /** Absent while it lasts. */
  readonly endAt?: number
  /** What failed first; absent when hidden. */
  readonly reason?: string
}

/** One time of a maintenance window. */
export interface MaintenanceEntry {
  /** As in `/incidents/{id}`. */
  readonly id: string
  /** The endpoints it is for; empty means all. */
  readonly keys: readonly string[]
  /** Names of those endpoints, at most three. */
  readonly names: readonly string[]
  readonly beginAt: number
  readonly endAt: number
}

/** `/history/2026-11`: a month (UTC), newest first. */
export interface HistoryModel {
  /** Such as `2026-11`. */
  readonly month: string
  readonly startAt: number
  readonly endAt: number
  /** Months before and after that may hold something. */
  readonly previousMonth?: string
  readonly nextMonth?: string
  readonly incidents: readonly IncidentEntry[]
  /** There were more outages than these. */
  readonly truncated: boolean
  /** Soonest first; in the current month also what is still to come. */
  readonly maintenance: readonly MaintenanceEntry[]
  /** What the list was narrowed to. */
  readonly group?: string
  readonly endpoint?: { readonly key: string; readonly name: string }
  /** All groups that have a name, to narrow it to. */
  readonly groups: readonly string[]
  /** Endpoints to narrow it to: those of the chosen group, or all; none when they are too many to choose from. */
  readonly endpoints: readonly EndpointName[]
  /** When monitoring began, if that was within the month or after it. */
  readonly monitoredFrom?: number
  readonly now: number
}

export interface EndpointName {
  readonly key: string
  readonly name: string
  /** Empty for endpoints without a group. */
  readonly group: string
}

/** `/subscribe`. */
export interface SubscribeModel {
  /** Whose badges and widget are shown. */
  readonly endpoint?: EndpointName
  /** Endpoints to choose from. */
  readonly endpoints: readonly EndpointName[]
  /** Whether there are badges: an endpoint without results has none. */
  readonly badges: boolean
}

/** `/incidents/{id}`: an outage with the checks around it where they are still kept, or a maintenance. */
export type IncidentModel =
  | {
      readonly kind: 'outage'
      readonly incident: IncidentEntry
      readonly row: EndpointRow
      /** Checks from shortly before the outage to shortly after it, oldest first, at most 50. */
      readonly checks: readonly Check[]
      /** Other outages that overlapped, at most 20. */
      readonly related: readonly IncidentEntry[]
      readonly now: number
      /** Sequence number of the live feed that this state includes. */
      readonly sequence?: number
    }
  | {
      readonly kind: 'maintenance'
      readonly maintenance: MaintenanceEntry
      /** The endpoints it is for as they are now, at most 20. */
      readonly rows: readonly EndpointRow[]
      /** Outages at the same time of endpoints that it is not for. */
      readonly related: readonly IncidentEntry[]
      readonly now: number
      /** As above. */
      readonly sequence?: number
    }

// --- the page: endpoint detail

export interface Check {
  readonly at: number
  readonly success: boolean
  readonly maintenance: boolean
  readonly durationMs: number
  readonly status?: number
  readonly conditions: readonly { readonly condition: string; readonly success: boolean }[]
  readonly errors: readonly string[]
  /** Where the time went: DNS, connect, TLS, first byte, download. */
  readonly phases?: {
    readonly dnsMs?: number
    readonly connectMs?: number
    readonly tlsMs?: number
    readonly firstByteMs?: number
    readonly downloadMs?: number
  }
}

/** One bucket of the history; buckets without results are present, with a count of 0. */
export interface HistoryBucket {
  readonly startAt: number
  readonly lengthMs: number
  readonly count: number
  readonly failures: number
  readonly maintenance: number
  readonly expected: number
  readonly minMs?: number
  readonly p50Ms?: number
  readonly p95Ms?: number
  readonly p99Ms?: number
  readonly maxMs?: number
}

/** `GET /api/v1/endpoints/{key}/bucket?from=&to=`: one bar, or any other span. */
export interface BucketDetail extends HistoryBucket {
  /** Absent when nothing failed, or nothing is known of it any more. */
  readonly firstFailure?: {
    readonly at: number
    /** The error, or the condition that did not hold; absent when hidden. */
    readonly reason?: string
  }
}

/** `GET /api/v1/endpoints/{key}/history?window=`, window one of 1h, 24h, 7d, 30d, 90d, 1y. */
export interface History {
  readonly key: string
  readonly window: string
  readonly startAt: number
  readonly endAt: number
  readonly uptime: UptimeFigure
  /** Share of expected checks that happened, 0 to 1. */
  readonly coverage: number
  readonly p50Ms?: number
  readonly p95Ms?: number
  readonly p99Ms?: number
  readonly maxMs?: number
  readonly buckets: readonly HistoryBucket[]
}

export interface EventEntry {
  readonly type: 'START' | 'HEALTHY' | 'UNHEALTHY'
  readonly at: number
  /** When the next event ended it; absent for the newest. */
  readonly untilAt?: number
  readonly reason?: string
}

export interface EndpointModel {
  readonly row: EndpointRow
  readonly range: BarRange
  /** Behind the bar of the row, one per bar; for `checks` one per check. */
  readonly buckets: readonly HistoryBucket[]
  readonly uptimes: Readonly<Record<'24h' | '7d' | '30d' | '90d', UptimeFigure>>
  /** Of the last 24 h. */
  readonly response: { readonly p50Ms?: number; readonly p95Ms?: number; readonly maxMs?: number }
  readonly certificateExpiresAt?: number
  readonly domainExpiresAt?: number
  /** Response-time limits that its conditions name, in milliseconds. */
  readonly latencyLimitsMs: readonly number[]
  /** Newest first, at most 100. */
  readonly checks: readonly Check[]
  /** Newest first, at most 50. */
  readonly events: readonly EventEntry[]
  /** For the response time chart: at most 360 buckets over the range. */
  readonly chart: readonly HistoryBucket[]
  readonly now: number
  readonly sequence: number
}

// --- the live feed: GET /api/v1/events

/** `hello`: the first message. Another `build` than the page's means that a newer page is there. */
export interface HelloMessage {
  readonly seq: number
  readonly now: number
  /** The number that the client named as its newest, when all messages after it follow. */
  readonly from?: number
  /** When the numbers began: another moment than before means that they count anew. */
  readonly began: number
  readonly build: string
}

/**
 * One entry of an `r` message: key, state, latency in ms (null: none), class of the newest 15-minute bucket, time in
 * seconds, and 1 when the state is another than after the result before, for pages that do not show all endpoints.
 */
export type ResultEntry = readonly [
  key: string,
  state: State,
  latencyMs: number | null,
  bucket: string,
  at: number,
  changed?: 1,
]

// --- Gatus-compatible shapes

export interface GatusConditionResult {
  readonly condition: string
  readonly success: boolean
}

export interface GatusResult {
  readonly status?: number
  readonly hostname?: string
  /** Nanoseconds. */
  readonly duration: number
  readonly errors?: readonly string[]
  readonly conditionResults?: readonly GatusConditionResult[]
  readonly success: boolean
  /** RFC 3339. */
  readonly timestamp: string
}

export interface GatusStatus {
  readonly name: string
  readonly group?: string
  readonly key: string
  readonly results: readonly GatusResult[]
  readonly events?: readonly { readonly type: string; readonly timestamp: string }[]
}

// --- badges

/** What a badge tells. Badges stand in other people's pages and are in English. */
export type BadgeFacts =
  | { readonly kind: 'health'; readonly state: State }
  | { readonly kind: 'uptime'; readonly window: string; readonly figure: Pick<UptimeFigure, 'count' | 'successes'> }
  | {
      readonly kind: 'response time'
      readonly window: string
      /** Absent without results in the window. */
      readonly averageMs?: number
      readonly isSlow: boolean
    }
