import type { AlertState } from '../../apps/monitor/src/domain/alert.ts'
import { isAtRest, restingAlert, step } from '../../apps/monitor/src/domain/alert.ts'
import type { AlertRule } from '../../apps/monitor/src/domain/alert-rule.ts'
import type { EndpointLife } from './result-ledger.ts'
import type { Complaints } from './scenario.ts'
import type { Stored, StoredAlert } from './stored.ts'
import { isFailing } from './target-messages.ts'

/** Nothing is sent to it; without one, an alert does nothing. */
const destination: AlertRule['destination'] = {
  type: 'webhook',
  request: () => ({ url: '', method: '', headers: {}, body: '' }),
  secrets: [],
  timeoutMs: 0,
  insecure: false,
}

type Thresholds = Pick<AlertRule, 'failureThreshold' | 'successThreshold'>

type Position = Pick<AlertState, 'failuresInARow' | 'successesInARow' | 'triggered'>

const isSame = (a: Position, b: Position) =>
  a.triggered === b.triggered &&
  a.failuresInARow === b.failuresInARow &&
  // At rest it means nothing.
  (a.successesInARow === b.successesInARow || (!a.triggered && a.failuresInARow === 0))

const text = ({ triggered, failuresInARow, successesInARow }: Position) =>
  `${triggered ? 'triggered' : 'not triggered'}, ${failuresInARow} failures, ${successesInARow} successes in a row`

/** Compares the alerts in the database with what the policy makes of the results. Each endpoint has one alert. */
export function createAlertLedger(outside: {
  readonly keys: readonly string[]
  readonly thresholds: Thresholds
  readonly lost: Complaints
  readonly wrong: Complaints
}) {
  const { keys, thresholds, lost, wrong } = outside
  const rule: AlertRule = {
    id: '',
    type: 'webhook',
    enabled: true,
    description: '',
    ...thresholds,
    sendOnResolved: true,
    minimumReminderIntervalMs: 0,
    destination,
  }
  const states = new Map<string, Position>(keys.map((key) => [key, restingAlert]))

  const after = (before: AlertState, success: boolean) => step(before, success, 0, rule, () => 'any')[0]

  /** All states that the alert may have been written in: after the last result that was written, or any of those after it. */
  const possible = (before: Position, { written, unwritten }: EndpointLife): readonly AlertState[] => {
    const incident = before.triggered ? { incident: { id: 'any', triggeredAt: 0 } } : {}
    let state: AlertState = { ...before, ...incident }
    for (const { success } of written) state = after(state, success)
    const found = [state]
    for (const { status } of unwritten) {
      state = after(state, status < isFailing.from)
      found.push(state)
    }
    return found
  }

  return {
    endLife(stored: Stored, lives: readonly EndpointLife[]): void {
      const lastKind = new Map(stored.notices.map(({ key, kind }) => [key, kind]))
      for (const life of lives) {
        const { key } = life
        const states_ = possible(states.get(key) ?? restingAlert, life)
        const found: Position | StoredAlert = stored.alerts.get(key) ?? restingAlert
        states.set(key, found)
        if (!states_.some((state) => isSame(state, found))) {
          lost.add(`${key}: alert is ${text(found)}; should be ${states_.map(text).join(', or ')}`)
        }
        const told = (lastKind.get(key) ?? 'resolve') !== 'resolve'
        if (told !== found.triggered) wrong.add(`${key}: alert is ${text(found)}, but its last notice says otherwise`)
      }
    },
    /** After a while without failures. */
    expectRest(stored: Stored): void {
      for (const alert of stored.alerts.values()) {
        if (!isAtRest(alert)) wrong.add(`${alert.key}: alert is ${text(alert)} although the endpoint is up`)
      }
    },
  }
}
