import type { ConditionResult } from './result.ts'

export type NoticeKind = 'trigger' | 'remind' | 'resolve'

/** What a notice tells: a snapshot, so that it says the same however late it is delivered. Holds no secrets. */
export interface NoticeContent {
  readonly kind: NoticeKind
  readonly endpoint: {
    readonly key: string
    readonly name: string
    readonly group: string
    /** Without credentials. Empty when the endpoint hides it, and for external endpoints. */
    readonly url: string
  }
  readonly alert: {
    readonly type: string
    readonly description: string
    readonly failureThreshold: number
    readonly successThreshold: number
    readonly sendOnResolved: boolean
  }
  /** The incident from trigger to resolve, shared by its notices. */
  readonly incidentId: string
  /** When the incident began: the time of the result that triggered it, in milliseconds since 1970. */
  readonly triggeredAt: number
  /** The result that caused this notice. */
  readonly result: {
    readonly at: number
    readonly success: boolean
    readonly durationMs: number
    readonly status?: number
    readonly errors: readonly string[]
    readonly conditions: readonly ConditionResult[]
  }
}

/** What a provider is asked to send. */
export interface Notice extends NoticeContent {
  readonly id: string
  /** The incident was already over when this was sent: a trigger that waited behind an outage of its provider. */
  readonly late: boolean
  /** When this attempt to send it began, in milliseconds since 1970. */
  readonly sentAt: number
}

export type DeliveryState = 'pending' | 'delivered' | 'refused' | 'expired'

/** A notice and how its delivery stands: one row of the outbox, kept as delivery history afterwards. */
export interface OutboxEntry {
  readonly id: string
  readonly endpointKey: string
  readonly alertId: string
  readonly content: NoticeContent
  /** Orders the notices of an alert, across restarts. */
  readonly sequence: number
  readonly createdAt: number
  readonly state: DeliveryState
  readonly attempts: number
  /** When to try next; only means something while pending. */
  readonly nextAttemptAt: number
  /** When the last attempt ended. */
  readonly attemptedAt?: number
  /** Why the last attempt failed; secrets removed. */
  readonly error?: string
}
