import { randomUUID } from 'node:crypto'
import { type AlertState, isAtRest, joined, refused, replaced, restingAlert, step } from '../domain/alert.ts'
import type { AlertRule } from '../domain/alert-rule.ts'
import type { Config } from '../domain/config.ts'
import type { Endpoint } from '../domain/endpoint.ts'
import type { OutboxEntry } from '../domain/notice.ts'
import type { AlertRecord, Clock, Destination, Log, Store } from '../domain/ports.ts'
import type { Result } from '../domain/result.ts'
import { noticeContent } from './content.ts'
import type { CurrentKeys } from './current-keys.ts'
import type { Delivery } from './deliver.ts'
import type { Outgoing } from './lane.ts'
import type { Outbox } from './outbox.ts'

/** What alerting has to know of an endpoint. */
export type Alerted = Pick<Endpoint, 'key' | 'name' | 'group' | 'url' | 'display' | 'alerts' | 'previousKeys'>

export type AlertingConfig = Pick<Config, 'alerting'> & { readonly endpoints: readonly Alerted[] }

/** Turns results into notices. */
export interface Dispatch {
  /** Takes over what the store remembers: the state of every alert, and the notices still to be delivered. */
  restore(): Promise<void>
  /**
   * Takes over another configuration. Alerts that stay keep their state, as do those of endpoints that are gone, for
   * when they return. One that is gone from its endpoint, or disabled, is forgotten; a notice of it that still waits
   * goes where the other alerts of its endpoint, or else of its group, send theirs.
   */
  configure(config: AlertingConfig): void
  /** Lets a result act on the alerts of its endpoint. Results of an endpoint come in order. */
  handle(endpoint: Alerted, result: Result): void
  /** Alerts whose state has changed and is not written yet. Each change is handed out once, to be written. */
  changedAlerts(): readonly AlertRecord[]
  /** Alerts that were handed out and could not be written: they are handed out again, as they are by then. */
  takeBackAlerts(records: readonly AlertRecord[]): void
}

interface DispatchOptions {
  readonly store: Pick<Store, 'alerts' | 'pendingNotices'>
  readonly outbox: Pick<Outbox, 'add' | 'isWaiting'>
  readonly delivery: Pick<Delivery, 'enqueue' | 'retain'>
  readonly states: AlertStates
  readonly keys: CurrentKeys
  readonly clock: Clock
  readonly log: Log
}

/** The states of all alerts, by the key of their endpoint and their id. */
export type AlertStates = Map<string, Map<string, AlertState>>

export const recordIn = (states: AlertStates, endpointKey: string, alertId: string): AlertRecord | undefined => {
  const state = states.get(endpointKey)?.get(alertId)
  return state === undefined ? undefined : { endpointKey, alertId, state }
}

export function createDispatch(options: DispatchOptions): Dispatch {
  const { store, outbox, delivery, states, keys, clock, log } = options
  const endpoints = new Map<string, Alerted>()
  const changed = new Map<string, Set<string>>()
  /** Where notices of an alert wait in line, if not in the line that its endpoint began. */
  const lanes = new Map<string, string>()
  let alerting = false
  let lastSequence = 0

  const stateOf = (key: string, alertId: string) => states.get(key)?.get(alertId)

  const setState = (key: string, alertId: string, state: AlertState) => {
    const ofEndpoint = states.get(key) ?? new Map<string, AlertState>()
    states.set(key, ofEndpoint.set(alertId, state))
  }

  const laneOf = (key: string, alertId: string) => {
    const lane = `${keys.identity(key)}\n${alertId}`
    return lanes.get(lane) ?? lane
  }

  const linesOf = (key: string) => new Map([...(states.get(key) ?? [])].map(([id]) => [id, laneOf(key, id)]))

  const keepLine = (key: string, alertId: string, line: string | undefined) => {
    if (line !== undefined) lanes.set(`${keys.identity(key)}\n${alertId}`, line)
  }

  const markChanged = (key: string, alertId: string) => {
    changed.set(key, (changed.get(key) ?? new Set()).add(alertId))
  }

  const apply = (endpoint: Alerted, rule: AlertRule, result: Result) => {
    const { key } = endpoint
    const before = stateOf(key, rule.id) ?? restingAlert
    const [after, decision] = step(before, result.success, result.at, rule, randomUUID)
    setState(key, rule.id, after)
    if (!isAtRest(before) || !isAtRest(after)) markChanged(key, rule.id)
    if (decision === 'none' || decision === 'resolve-silently') return
    const incident = after.incident ?? before.incident ?? { id: randomUUID(), triggeredAt: result.at }
    const content = noticeContent({ kind: decision, endpoint, rule, result, incident })
    send(newEntry(endpoint, rule, content))
  }

  const newEntry = ({ key }: Alerted, { id }: AlertRule, content: OutboxEntry['content']): OutboxEntry => {
    const now = clock.now()
    // Larger than any before, those of earlier runs included, unless the clock was set back: pending ones count then.
    lastSequence = Math.max(lastSequence + 1, now)
    return {
      id: randomUUID(),
      endpointKey: key,
      alertId: id,
      content,
      sequence: lastSequence,
      createdAt: now,
      state: 'pending',
      attempts: 0,
      nextAttemptAt: now,
    }
  }

  const send = (entry: OutboxEntry) => delivery.enqueue(outgoing(entry, outbox.add(entry)))

  const outgoing = (entry: OutboxEntry, written: Promise<void>): Outgoing => {
    const { endpointKey, alertId, content } = entry
    const identity = keys.identity(endpointKey)
    const currentKey = () => keys.keyOf(identity)
    return {
      entry,
      endpointKey: currentKey,
      lane: laneOf(endpointKey, alertId),
      written,
      destination: () => destinationOf(currentKey(), entry),
      isOver() {
        const state = stateOf(currentKey(), alertId)
        if (state === undefined) return false
        return !state.triggered || (state.incident?.id ?? content.incidentId) !== content.incidentId
      },
      giveUp() {
        const key = currentKey()
        const state = stateOf(key, alertId)
        if (state === undefined) return false
        const after = refused(state, { ...content, decidedAt: content.result.at })
        if (after === state) return false
        setState(key, alertId, after)
        markChanged(key, alertId)
        return true
      },
    }
  }

  const destinationOf = (key: string, { alertId, content }: OutboxEntry): Destination | string => {
    const { type } = content.alert
    const endpoint = endpoints.get(key)
    const own = endpoint?.alerts.find((rule) => rule.id === alertId && rule.type === type)
    if (own !== undefined) return own.destination ?? `${type} is not configured any more`
    const inGroup = [...endpoints.values()].filter(({ group }) => group === content.endpoint.group)
    const rules = [...(endpoint === undefined ? [] : [endpoint]), ...inGroup].flatMap(({ alerts }) => alerts)
    const other = rules.find((rule) => rule.type === type && rule.destination !== undefined)
    return other?.destination ?? `its alert is gone, and no other alert of its group uses ${type}`
  }

  /** Follows renamed endpoints, as the store does. */
  const adopt = ({ key, previousKeys }: Alerted, before: ReadonlySet<string>) => {
    const isNew = !before.has(key)
    /** Alerts that a live endpoint brought along. */
    const takenOver = new Set<string>()
    for (const previous of previousKeys) {
      if (endpoints.has(previous)) continue
      const ofEndpoint = states.get(previous)
      const lines = linesOf(previous)
      const ownLines = linesOf(key)
      keys.rename(previous, key, isNew)
      // Where it took over the identity too, alerts that only it has go on in their lines.
      for (const [id, line] of ownLines) keepLine(key, id, line)
      const changes = changed.get(previous)
      changed.delete(previous)
      for (const id of changes ?? []) markChanged(key, id)
      if (ofEndpoint === undefined) continue
      states.delete(previous)
      for (const [id, state] of ofEndpoint) {
        const own = stateOf(key, id)
        const one = isNew && !takenOver.has(id) ? replaced : joined
        const kept = one(own, state)
        setState(key, id, kept)
        // What follows an incident waits behind what told of it.
        if (kept !== own) keepLine(key, id, lines.get(id))
        if (before.has(previous)) takenOver.add(id)
        // The store chose between rows, which may be older.
        if (own !== undefined) markChanged(key, id)
      }
    }
  }

  const forget = (key: string, ofEndpoint: Map<string, AlertState>) => {
    const endpoint = endpoints.get(key)
    // One that is gone goes on where it was when it returns, in this process as in the next.
    if (endpoint === undefined) return
    for (const [id, state] of ofEndpoint) {
      const rule = endpoint.alerts.find((alert) => alert.id === id)
      if (rule?.enabled === true || isAtRest(state)) continue
      log.info(
        { endpoint: key, alert: id },
        'an alert is forgotten, since it is gone from the configuration or disabled',
      )
      ofEndpoint.set(id, restingAlert)
      markChanged(key, id)
    }
  }

  return {
    async restore() {
      for (const { endpointKey, alertId, state } of await store.alerts()) setState(endpointKey, alertId, state)
      const pending = await store.pendingNotices()
      for (const { sequence } of pending) lastSequence = Math.max(lastSequence, sequence)
      for (const entry of pending) delivery.enqueue(outgoing(entry, Promise.resolve()))
    },
    configure(config) {
      alerting = config.alerting
      const before = new Set(endpoints.keys())
      endpoints.clear()
      for (const endpoint of config.endpoints) endpoints.set(endpoint.key, endpoint)
      for (const endpoint of config.endpoints) keys.use(endpoint.key)
      for (const endpoint of config.endpoints) adopt(endpoint, before)
      for (const [key, ofEndpoint] of [...states]) forget(key, ofEndpoint)
      delivery.retain(new Set(config.endpoints.flatMap(({ alerts }) => alerts.map(({ type }) => type))))
    },
    handle(endpoint, result) {
      if (!alerting || result.maintenance) return
      for (const rule of endpoint.alerts) apply(endpoint, rule, result)
    },
    takeBackAlerts(records) {
      for (const { endpointKey, alertId } of records) markChanged(keys.of(endpointKey), alertId)
    },
    changedAlerts() {
      const records: AlertRecord[] = []
      for (const [key, ids] of changed) {
        for (const alertId of ids) {
          // The notice of a trigger and its state are written together, or a crash between would lose the notice.
          if (outbox.isWaiting(key, alertId)) continue
          ids.delete(alertId)
          const record = recordIn(states, key, alertId)
          if (record !== undefined) records.push(record)
        }
        if (ids.size === 0) changed.delete(key)
      }
      return records
    },
  }
}
