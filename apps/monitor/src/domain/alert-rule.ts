import type { Destination } from './ports.ts'

/** An alert of an endpoint as configured, with defaults and overrides applied. */
export interface AlertRule {
  /** Identity among the alerts of its endpoint; stays when thresholds change. */
  readonly id: string
  /** The provider's type, such as `slack`. */
  readonly type: string
  readonly enabled: boolean
  /** Failures in a row that trigger it. */
  readonly failureThreshold: number
  /** Successes in a row that resolve it. */
  readonly successThreshold: number
  readonly sendOnResolved: boolean
  readonly description: string
  /** Least time between reminders, in milliseconds; 0 means no reminders. */
  readonly minimumReminderIntervalMs: number
  /** Where its notices go. Absent when the provider is missing or invalid, which the configuration warns of. */
  readonly destination?: Destination
}
