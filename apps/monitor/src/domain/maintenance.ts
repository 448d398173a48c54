export type Weekday = 'Sunday' | 'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday'

/** A recurring time in which results are kept and notices are not sent. */
export interface MaintenanceWindow {
  /** Wall-clock start in minutes after midnight, 0 to 1439. */
  readonly startMinute: number
  /** Elapsed time, more than 0 and at most 24 h. */
  readonly durationMs: number
  /** IANA name. */
  readonly timezone: string
  /** Days on which the window begins; empty means every day. */
  readonly every: readonly Weekday[]
}
