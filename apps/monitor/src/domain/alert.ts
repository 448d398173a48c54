import type { AlertRule } from './alert-rule.ts'
import type { NoticeContent, NoticeKind } from './notice.ts'

/** Where one alert of one endpoint stands. Persisted, so that a restart neither forgets nor repeats. */
export interface AlertState {
  readonly failuresInARow: number
  readonly successesInARow: number
  readonly triggered: boolean
  /** When the last trigger or reminder was decided, in milliseconds since 1970. Absent means that one is due. */
  readonly lastNoticeAt?: number
  /** Set while triggered. */
  readonly incident?: { readonly id: string; readonly triggeredAt: number }
}

/** What a result makes an alert do. `resolve-silently` ends the incident, and nobody asked to be told. */
export type AlertStep = 'none' | NoticeKind | 'resolve-silently'

/** An alert that nothing has happened to yet. */
export const restingAlert: AlertState = { failuresInARow: 0, successesInARow: 0, triggered: false }

/** At rest, an alert behaves as one that nothing has happened to; its successes in a row mean nothing. */
export const isAtRest = (state: AlertState) => !state.triggered && state.failuresInARow === 0

/**
 * The one state of an alert of two endpoints that become one: nobody would hear of the end of an incident that is not
 * kept. Of two incidents that of the endpoint that takes over stays, and the other ends without a notice.
 */
export function joined(own: AlertState | undefined, takenOver: AlertState): AlertState {
  if (own === undefined) return takenOver
  if (own.triggered || isAtRest(takenOver)) return own
  return takenOver.triggered || isAtRest(own) ? takenOver : own
}

/** The same where the endpoint that had the key was gone: its counts are old, and only an incident is worth keeping. */
export const replaced = (gone: AlertState | undefined, takenOver: AlertState): AlertState =>
  gone?.triggered === true && isAtRest(takenOver) ? gone : takenOver

/**
 * The whole alerting policy: what one more result, at `now`, does to an alert. Not asked about results under
 * maintenance. `newIncidentId` is called for a trigger only.
 */
export function step(
  state: AlertState,
  success: boolean,
  now: number,
  rule: AlertRule,
  newIncidentId: () => string,
): [AlertState, AlertStep] {
  return success ? afterSuccess(state, rule) : afterFailure(state, now, rule, newIncidentId)
}

function afterFailure(
  state: AlertState,
  now: number,
  rule: AlertRule,
  newIncidentId: () => string,
): [AlertState, AlertStep] {
  const failuresInARow = state.failuresInARow + 1
  const counted: AlertState = { ...state, failuresInARow, successesInARow: 0 }
  if (!rule.enabled || rule.destination === undefined || failuresInARow < rule.failureThreshold) {
    return [counted, 'none']
  }
  if (!state.triggered) {
    const incident = { id: newIncidentId(), triggeredAt: now }
    return [{ ...counted, triggered: true, lastNoticeAt: now, incident }, 'trigger']
  }
  return isReminderDue(state, now, rule) ? [{ ...counted, lastNoticeAt: now }, 'remind'] : [counted, 'none']
}

function isReminderDue({ lastNoticeAt }: AlertState, now: number, { minimumReminderIntervalMs }: AlertRule): boolean {
  if (minimumReminderIntervalMs <= 0) return false
  // A clock that was set back must not hold reminders back for as long.
  return lastNoticeAt === undefined || Math.abs(now - lastNoticeAt) >= minimumReminderIntervalMs
}

function afterSuccess(state: AlertState, rule: AlertRule): [AlertState, AlertStep] {
  const successesInARow = state.successesInARow + 1
  const counted: AlertState = { ...state, failuresInARow: 0, successesInARow }
  if (!rule.enabled || !state.triggered || successesInARow < rule.successThreshold) return [counted, 'none']
  const resolved = { failuresInARow: 0, successesInARow, triggered: false }
  return [resolved, rule.sendOnResolved && rule.destination !== undefined ? 'resolve' : 'resolve-silently']
}

/**
 * What it does to an alert that a notice was given up: after a trigger nobody knows of the incident, so that the next
 * failing result triggers again; after a reminder, the next failing result reminds again; a resolved alert stays
 * resolved. A notice of another incident, or an older reminder, changes nothing.
 */
export function refused(
  state: AlertState,
  notice: Pick<NoticeContent, 'kind' | 'incidentId'> & { readonly decidedAt: number },
): AlertState {
  // Always so after a resolve, which ended the incident.
  if (state.incident?.id !== notice.incidentId) return state
  const { failuresInARow, successesInARow } = state
  if (notice.kind === 'trigger') return { failuresInARow, successesInARow, triggered: false }
  if (state.lastNoticeAt !== notice.decidedAt) return state
  return { failuresInARow, successesInARow, triggered: true, incident: state.incident }
}
