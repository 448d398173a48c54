import type { DeliveryState, NoticeKind, OutboxEntry } from '../../apps/monitor/src/domain/notice.ts'
import type { Sent } from './configuration.ts'
import type { Ledger, Track } from './ledger.ts'
import { firstMisplaced } from './notice-order.ts'
import type { World } from './world.ts'

interface Known {
  readonly name: string
  readonly alertId: string
  readonly kind: NoticeKind
  readonly incidentId: string
  readonly key: string
  readonly decidedAt: number
  /** As last written. */
  state: DeliveryState
  error: string | undefined
  track: Track | undefined
  written: boolean
  /** Writing it failed: it may go out before it is a row. */
  unwritable: boolean
  /** Its process was killed before it was a row. */
  orphaned: boolean
  /** The service took or refused it, and this process knows. */
  concluded: boolean
  /** The process that sent it last. */
  run: number
  /** In what order notices arrived for the first time: of all, and of those that the same process sent. */
  arrival: number | undefined
  readonly arrivalOf: Map<number, number>
  /** When its process gave it up. */
  abandonedAt: number | undefined
  /** That process was killed before the row could say so: the next one takes it up again. */
  revived: boolean
}

/** How long a store that takes its time may take to write. */
const longestWriteMs = 10_000

/** What was decided, written, sent and received, notice by notice. */
export interface NoticeLedger {
  decided(entry: OutboxEntry): void
  written(entry: OutboxEntry): void
  unwritable(entry: OutboxEntry): void
  /** Writing how a delivery stands has begun, which changes its alert. */
  updating(entry: OutboxEntry): void
  updated(entry: OutboxEntry): void
  /** The process has heard that a notice, or how its delivery stands, is written. */
  told(entry: OutboxEntry): void
  /** A request left. */
  sent(sent: Sent): void
  /** A service took it, or refuses it; `answered`, if somebody hears so. */
  arrived(id: string, answered: boolean): void
  refused(id: string, answered: boolean): void
  cutOff(id: string): void
  /** The process said that nobody will hear of it. */
  abandoned(id: string): void
  processEnded(): void
  /** The notices of an alert go with it to another endpoint. */
  moved(alertId: string, from: Track, to: Track | undefined): void
  /** Whether the process does not know yet that something which changed an alert is written, so that its state waits. */
  isHeld(track: Track, alertId: string): boolean
  hasTrigger(incidentId: string): boolean
  hasResolve(incidentId: string): boolean
  /** Whether the trigger of an incident was refused or expired. */
  wasGivenUp(incidentId: string): boolean
  /** At the end of all: every notice has been delivered or visibly given up, in order, and they agree with the alerts. */
  audit(ledger: Ledger): void
  readonly states: () => Record<string, number>
}

export function createNoticeLedger(world: World, trackOf: (key: string) => Track | undefined): NoticeLedger {
  const known = new Map<string, Known>()
  const byIncident = new Map<string, Partial<Record<NoticeKind, Known>>>()
  const held = new Set<Known>()
  let arrivals = 0
  let run = 1

  const describe = (notice: Known) =>
    `${notice.name} (${notice.kind} of ${notice.incidentId}, ${notice.key} ${notice.alertId})`

  const find = (id: string) => {
    const notice = known.get(id)
    if (notice === undefined) world.violation('a notice was sent that nobody ever tried to write')
    return notice
  }

  const givenUp = (notice: Known | undefined) =>
    notice !== undefined && (notice.state === 'refused' || notice.state === 'expired')

  const begin = ({ id, kind, incidentId, key, alertId }: Sent, unwritable: boolean): Known => {
    const notice: Known = {
      name: `notice ${known.size + 1}`,
      alertId,
      kind,
      incidentId,
      key,
      decidedAt: world.clock.monotonic(),
      state: 'pending',
      error: undefined,
      track: trackOf(key),
      written: false,
      unwritable,
      orphaned: false,
      concluded: false,
      run,
      arrival: undefined,
      arrivalOf: new Map(),
      abandonedAt: undefined,
      revived: false,
    }
    known.set(id, notice)
    byIncident.set(incidentId, { ...byIncident.get(incidentId), [kind]: notice })
    world.counts.notices++
    world.note(() => `decided: ${describe(notice)}`)
    return notice
  }

  /** Whether earlier notices of an alert cannot be written: a later one does not overtake them, but goes out. */
  const isStuck = ({ key, alertId }: Sent) => {
    const track = trackOf(key)
    for (const notice of known.values()) {
      const waits = notice.unwritable && !notice.orphaned && (!notice.written || held.has(notice))
      if (waits && notice.track === track && notice.alertId === alertId) return true
    }
    return false
  }

  /** Whether the store refused, or had no time, to take down that a notice was given up. */
  const couldNotSay = ({ abandonedAt }: Known) =>
    abandonedAt !== undefined &&
    (world.refusedAt >= abandonedAt || world.clock.monotonic() - abandonedAt < longestWriteMs)

  const auditOne = (notice: Known) => {
    const { state, error, written, orphaned, arrival } = notice
    if (!written && orphaned) return
    if (!written) return world.violation(`${describe(notice)} was decided, but never became a row`)
    if (state === 'pending') return world.violation(`${describe(notice)} still waits`)
    if (state === 'delivered' && arrival === undefined) {
      return world.violation(`${describe(notice)} counts as delivered, but never arrived`)
    }
    if (givenUp(notice) && (error ?? '') === '') world.violation(`${describe(notice)} was given up without a reason`)
  }

  /** What another process had given up comes late when the next one takes it up again. */
  const keepsPlace = ({ state, revived, incidentId }: Known) =>
    state === 'delivered' && !revived && byIncident.get(incidentId)?.trigger?.orphaned !== true

  const auditOrder = (decided: readonly Known[]) => {
    const notice = firstMisplaced(decided, keepsPlace)
    if (notice !== undefined) world.violation(`${describe(notice)} arrived before what came first`)
  }

  const auditAlert = (ledger: Ledger, track: Track, alertId: string, decided: readonly Known[]) => {
    const at = `${[...track.keys]} ${alertId}`
    const arrived = decided.filter(({ arrival, state }) => arrival !== undefined && state === 'delivered')
    const isOver = (incidentId: string) => {
      const { trigger, resolve } = byIncident.get(incidentId) ?? {}
      if (trigger !== undefined && ledger.mayEndQuietly(track, alertId, trigger.decidedAt)) return true
      return ledger.endedQuietly(incidentId) || resolve?.orphaned === true || givenUp(resolve)
    }
    let open: string | undefined
    for (const notice of arrived) {
      const { kind, incidentId } = notice
      if (byIncident.get(incidentId)?.trigger?.orphaned === true) continue
      if (kind === 'trigger') {
        if (open !== undefined && !isOver(open))
          world.violation(`${describe(notice)}: triggered again without a resolve`)
        open = incidentId
        continue
      }
      const trigger = byIncident.get(incidentId)?.trigger
      // A resolve is never held back, even if its trigger was given up in the end: who knows which attempt got through.
      if (open !== incidentId && trigger?.arrival === undefined && !givenUp(trigger)) {
        world.violation(`${describe(notice)}: nobody heard of that incident`)
      }
      if (kind === 'resolve') open = undefined
    }
    // Nobody promises anything of an alert that is not in the configuration any more.
    if (ledger.mayEndQuietly(track, alertId, world.clock.monotonic())) return
    const state = track.alerts.get(alertId)
    const incidentId = state?.incident?.id
    if (incidentId !== undefined && incidentId !== open && byIncident.get(incidentId)?.trigger?.orphaned !== true) {
      world.violation(`${at}: triggered, but the last that was heard is something else`)
    }
    if (incidentId === undefined && open !== undefined && !isOver(open)) {
      world.violation(`${at}: at rest, but it was last heard that it is triggered`)
    }
  }

  return {
    decided({ id, content: { kind, incidentId }, endpointKey, alertId }) {
      const notice = known.get(id) ?? begin({ id, kind, incidentId, key: endpointKey, alertId }, false)
      if (!notice.written) held.add(notice)
    },
    written(entry) {
      const notice = find(entry.id)
      if (notice === undefined) return
      notice.state = entry.state
      notice.error = entry.error
      notice.written = true
    },
    told({ id }) {
      const notice = find(id)
      if (notice !== undefined) held.delete(notice)
    },
    unwritable(entry) {
      const notice = find(entry.id)
      if (notice !== undefined) notice.unwritable = true
    },
    updating({ id }) {
      const notice = find(id)
      if (notice !== undefined) held.add(notice)
    },
    updated(entry) {
      const notice = find(entry.id)
      if (notice === undefined) return
      notice.state = entry.state
      notice.error = entry.error
      world.note(() => `written: ${describe(notice)} is ${entry.state}`)
    },
    sent(sent) {
      const notice = known.get(sent.id) ?? (isStuck(sent) ? begin(sent, true) : find(sent.id))
      if (notice === undefined) return
      world.note(() => `sent: ${describe(notice)}`)
      notice.run = run
      if (!notice.written && !notice.unwritable) world.violation(`${describe(notice)} was sent before it was a row`)
      if (notice.written && notice.state !== 'pending') {
        world.violation(`${describe(notice)} was sent although its row says ${notice.state}`)
      }
      if (notice.concluded) world.violation(`${describe(notice)} was sent again without need`)
    },
    arrived(id, answered) {
      const notice = find(id)
      if (notice === undefined) return
      const order = arrivals++
      notice.arrival ??= order
      if (!notice.arrivalOf.has(notice.run)) notice.arrivalOf.set(notice.run, order)
      if (answered) notice.concluded = true
      world.note(() => `arrived: ${describe(notice)}`)
    },
    refused(id, answered) {
      const notice = find(id)
      if (notice === undefined) return
      if (answered) notice.concluded = true
      world.note(() => `refused: ${describe(notice)}`)
    },
    cutOff(id) {
      const notice = find(id)
      if (notice !== undefined) world.note(() => `cut off: ${describe(notice)}`)
    },
    abandoned(id) {
      const notice = known.get(id)
      if (notice !== undefined) notice.abandonedAt = world.clock.monotonic()
    },
    processEnded() {
      held.clear()
      run++
      for (const notice of known.values()) {
        notice.revived ||= notice.state === 'pending' && couldNotSay(notice)
        notice.abandonedAt = undefined
        notice.concluded = false
        if (!notice.written) notice.orphaned = true
      }
    },
    moved(alertId, from, to) {
      for (const notice of known.values()) {
        if (notice.track === from && notice.alertId === alertId) notice.track = to
      }
    },
    isHeld(track, alertId) {
      for (const notice of held) if (notice.track === track && notice.alertId === alertId) return true
      return false
    },
    hasTrigger: (incidentId) => byIncident.get(incidentId)?.trigger?.written === true,
    hasResolve: (incidentId) => byIncident.get(incidentId)?.resolve?.written === true,
    wasGivenUp: (incidentId) => givenUp(byIncident.get(incidentId)?.trigger),
    audit(ledger) {
      const alerts = new Map<Track, Map<string, Known[]>>()
      for (const notice of known.values()) {
        auditOne(notice)
        if (notice.track === undefined) continue
        const ofTrack = alerts.get(notice.track) ?? new Map<string, Known[]>()
        alerts.set(notice.track, ofTrack.set(notice.alertId, [...(ofTrack.get(notice.alertId) ?? []), notice]))
      }
      for (const [track, ofTrack] of alerts) {
        for (const [alertId, decided] of ofTrack) {
          auditOrder(decided)
          auditAlert(ledger, track, alertId, decided)
        }
      }
    },
    states() {
      const states: Record<string, number> = {}
      for (const { state } of known.values()) states[state] = (states[state] ?? 0) + 1
      return states
    },
  }
}
