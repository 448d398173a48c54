/** Where one alert of one endpoint stands. Persisted, so that a restart neither forgets nor repeats. */
export interface AlertState {
  readonly failuresInARow: number
  readonly successesInARow: number
  readonly triggered: boolean
  /** When the last trigger or reminder was decided, in milliseconds since 1970. */
  readonly lastNoticeAt?: number
  /** Set while triggered. */
  readonly incident?: { readonly id: string; readonly triggeredAt: number }
}
