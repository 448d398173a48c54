import type { Result } from './result.ts'
import { failureReason } from './result.ts'

export type EventType = 'START' | 'HEALTHY' | 'UNHEALTHY'

/** A change between healthy and unhealthy, or the start of monitoring. */
export interface Event {
  readonly key: string
  readonly type: EventType
  /** Milliseconds since 1970. */
  readonly at: number
  /** Why it is unhealthy, where the endpoint does not hide that. */
  readonly reason?: string
}

/** The START event of an endpoint lies this long before its first result, so that it sorts first. */
const startLeadMs = 50

/** The events that `result` causes, given whether the result before it succeeded; `undefined` when there was none. */
export function eventsOf(result: Result, previousSuccess: boolean | undefined): readonly Event[] {
  if (result.success === previousSuccess) return []
  const { key, at } = result
  const change: Event = result.success
    ? { key, type: 'HEALTHY', at }
    : { key, type: 'UNHEALTHY', at, reason: failureReason(result) }
  return previousSuccess === undefined ? [{ key, type: 'START', at: at - startLeadMs }, change] : [change]
}
