import type { AlertState } from '../../apps/monitor/src/domain/alert.ts'
import type { Config } from '../../apps/monitor/src/domain/config.ts'
import type { Endpoint } from '../../apps/monitor/src/domain/endpoint.ts'
import type { EventType } from '../../apps/monitor/src/domain/event.ts'
import type { AlertRecord, Batch, EndpointRecord } from '../../apps/monitor/src/domain/ports.ts'
import type { Result } from '../../apps/monitor/src/domain/result.ts'
import { createAlertCounts } from './alert-counts.ts'
import type { Recount } from './counts.ts'
import { createRecount } from './counts.ts'
import type { NoticeLedger } from './notice-ledger.ts'
import type { World } from './world.ts'

/** One endpoint through all its names, as the store should remember it. */
export interface Track {
  /** All keys it ever had. */
  readonly keys: Set<string>
  /** Whatever was acknowledged, in the order of writing. */
  results: { readonly sequence: number; readonly result: Result }[]
  readonly counts: Recount
  events: { readonly type: EventType; readonly at: number }[]
  readonly alerts: Map<string, AlertState>
  /** No longer configured. */
  gone: boolean
  /** Two endpoints that were both checked: which of their changes came first is nobody's business. */
  tangled: boolean
}

export interface Unwritten {
  readonly result: Result
  readonly since: number
  readonly track: Track | undefined
}

/** Given by the checker, and kept by the store. */
export const idOf = ({ certificateExpirationMs = 0 }: Result) => certificateExpirationMs

/** What the store has acknowledged, kept apart from it. */
export interface Ledger {
  synced(endpoints: readonly (EndpointRecord & { readonly previousKeys: readonly string[] })[]): void
  appended(batch: Batch): void
  alertWritten(record: AlertRecord): void
  /** A process took up what is stored. */
  restored(config: Config): void
  /** A configuration is about to come into force, or stays there since another could not. */
  configured(config: Config): void
  /** It has. */
  inForce(config: Config): void
  /** The process took a result, which is not written yet. */
  recorded(result: Result): void
  /** The alerts of an endpoint took a result: what they write is written, even if the process does not live on. */
  counted(result: Result, endpoint: Pick<Endpoint, 'alerts'>): void
  /** What the process took and has not written; gone with it when it is killed. */
  readonly unwritten: ReadonlyMap<number, Unwritten>
  processEnded(): void
  /** By any key that it has, or had. */
  trackOf(key: string): Track | undefined
  /** Endpoints by their keys of now, those that are gone included. */
  readonly tracks: ReadonlyMap<string, Track>
  /** Whether an incident ended without a word, as it may; or may have done so unseen. */
  endedQuietly(incidentId: string): boolean
  mayEndQuietly(track: Track, alertId: string, since: number): boolean
}

/** Whether the state of an endpoint gives way to that of another, which becomes one with it. */
const mattersLess = (own: AlertState, other: AlertState) =>
  !own.triggered && (other.triggered || (own.failuresInARow === 0 && other.failuresInARow > 0))

/** Whether an incident of an endpoint that is gone stays with its key, since nothing takes its place. */
const isLeft = (gone: AlertState, other: AlertState) => gone.triggered && !other.triggered && other.failuresInARow === 0

export function createLedger(world: World, notices: NoticeLedger): Ledger {
  const tracks = new Map<string, Track>()
  const renamed = new Map<string, string>()
  const unwritten = new Map<number, Unwritten>()
  const written = new Set<number>()
  const configs: { config: Config; until: number }[] = []
  const incidents = new Map<string, number>()
  const quietIncidents = new Set<string>()
  const alertCounts = createAlertCounts(world.counts, notices.isHeld)
  let sequence = 0

  const trackOf = (key: string) => tracks.get(key) ?? tracks.get(renamed.get(key) ?? '')

  const adopt = (key: string, previousKey: string) => {
    const previous = tracks.get(previousKey)
    if (previous === undefined) return
    tracks.delete(previousKey)
    renamed.set(previousKey, key)
    const current = tracks.get(key)
    if (current === undefined) {
      previous.keys.add(key)
      tracks.set(key, previous)
      return
    }
    for (const name of previous.keys) current.keys.add(name)
    current.results = [...previous.results, ...current.results].sort((a, b) => a.sequence - b.sequence)
    current.tangled ||= previous.tangled || !current.gone
    alertCounts.doubt(current)
    current.counts.addAll(previous.counts)
    current.events = [...previous.events, ...current.events]
    for (const [id, state] of [...previous.alerts]) {
      previous.alerts.delete(id)
      const own = current.alerts.get(id)
      const givesWay = own === undefined || (current.gone ? !isLeft(own, state) : mattersLess(own, state))
      const dropped = givesWay ? own : state
      if (dropped?.incident !== undefined) quietIncidents.add(dropped.incident.id)
      if (dropped === state) continue
      if (own !== undefined) notices.moved(id, current, undefined)
      current.alerts.set(id, state)
      notices.moved(id, previous, current)
    }
    current.gone = false
  }

  const expectEvents = (track: Track, result: Result) => {
    const before = track.results.at(-1)?.result
    if (before === undefined) track.events.push({ type: 'START', at: result.at - 50 })
    if (before?.success === result.success) return
    track.events.push({ type: result.success ? 'HEALTHY' : 'UNHEALTHY', at: result.at })
  }

  const isLoud = (config: Config, track: Track, alertId: string) => {
    const named = config.endpoints.filter(({ key }) => track.keys.has(key))
    const rules = named.map(({ alerts }) => alerts.find(({ id }) => id === alertId))
    return rules.length > 0 && rules.every((rule) => rule?.enabled === true && rule.sendOnResolved)
  }

  const mayEndQuietly = (track: Track, alertId: string, since: number) =>
    configs.some(({ config, until }) => until >= since && !isLoud(config, track, alertId))

  const ended = (track: Track, alertId: string, incidentId: string) => {
    if (notices.hasResolve(incidentId) || notices.wasGivenUp(incidentId)) return
    if (mayEndQuietly(track, alertId, incidents.get(incidentId) ?? 0)) quietIncidents.add(incidentId)
    else world.violation(`an incident of ${[...track.keys]} ended without a notice that says so`)
  }

  const checkCounts = (track: Track, alertId: string) => {
    const problem = alertCounts.problem(track, alertId)
    if (problem !== undefined) world.violation(`the alert ${alertId} of ${[...track.keys]} ${problem}`)
  }

  const alertWritten = ({ endpointKey, alertId, state }: AlertRecord) => {
    const track = trackOf(endpointKey)
    if (track === undefined) return world.violation(`an alert of ${endpointKey}, which does not exist, was written`)
    const before = track.alerts.get(alertId)?.incident?.id
    const after = state.incident?.id
    if (state.triggered !== (after !== undefined)) world.violation(`${endpointKey}: triggered without an incident`)
    world.note(
      () =>
        `alert of ${endpointKey} ${alertId} written: ${state.incident?.id ?? 'at rest'}, ${state.failuresInARow} failed`,
    )
    track.alerts.set(alertId, state)
    if (after === before) return
    if (after !== undefined) {
      incidents.set(after, world.clock.monotonic())
      if (!notices.hasTrigger(after)) world.violation(`${endpointKey}: triggered in the store, but without a notice`)
    }
    if (before !== undefined) ended(track, alertId, before)
  }

  const configured = (config: Config) => {
    const last = configs.at(-1)
    if (last !== undefined) last.until = world.clock.monotonic()
    configs.push({ config, until: Infinity })
  }

  const inForce = ({ endpoints }: Config) => {
    const rules = new Map(endpoints.map(({ key, alerts }) => [tracks.get(key), alerts]))
    for (const track of tracks.values()) {
      // One that is gone goes on where it was when it returns.
      if (track.gone) continue
      const kept = (rules.get(track) ?? []).filter(({ enabled }) => enabled)
      alertCounts.configured(track, new Set(kept.map(({ id }) => id)))
    }
  }

  return {
    tracks,
    unwritten,
    trackOf,
    synced(endpoints) {
      const wanted = new Set(endpoints.map(({ key }) => key))
      for (const { key, previousKeys } of endpoints) {
        for (const previous of previousKeys) if (!wanted.has(previous)) adopt(key, previous)
        const known = tracks.get(key)
        if (known !== undefined) known.gone = false
        else
          tracks.set(key, {
            keys: new Set([key]),
            results: [],
            counts: createRecount(),
            events: [],
            alerts: new Map(),
            gone: false,
            tangled: false,
          })
      }
      for (const [key, track] of tracks) if (!wanted.has(key)) track.gone = true
    },
    appended({ results, alerts }) {
      for (const result of results) {
        const track = tracks.get(result.key)
        if (track === undefined) {
          world.violation(`a result of ${result.key} was acknowledged, but the store does not know that endpoint`)
          continue
        }
        if (written.has(idOf(result))) world.violation(`a result of ${result.key} was written twice`)
        written.add(idOf(result))
        unwritten.delete(idOf(result))
        expectEvents(track, result)
        track.counts.add(result)
        track.results.push({ sequence: sequence++, result })
        alertCounts.acknowledged(track, result)
      }
      for (const record of alerts) {
        alertWritten(record)
        const track = trackOf(record.endpointKey)
        if (track !== undefined) alertCounts.settled(track, record.alertId)
      }
      const touched = new Set(
        [...results, ...alerts.map(({ endpointKey: key }) => ({ key }))].map(({ key }) => trackOf(key)),
      )
      for (const track of touched) {
        if (track !== undefined) for (const alertId of alertCounts.alertIds(track)) checkCounts(track, alertId)
      }
    },
    alertWritten(record) {
      alertWritten(record)
      const track = trackOf(record.endpointKey)
      if (track !== undefined) checkCounts(track, record.alertId)
    },
    configured,
    restored(config) {
      alertCounts.restarted(tracks.values())
      inForce(config)
    },
    inForce,
    recorded(result) {
      unwritten.set(idOf(result), { result, since: world.clock.monotonic(), track: trackOf(result.key) })
    },
    counted(result, { alerts }) {
      const track = trackOf(result.key)
      if (track !== undefined) alertCounts.taken(track, result, alerts)
    },
    processEnded() {
      unwritten.clear()
    },
    mayEndQuietly,
    endedQuietly: (incidentId) => quietIncidents.has(incidentId),
  }
}
