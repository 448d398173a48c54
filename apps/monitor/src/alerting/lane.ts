import type { OutboxEntry } from '../domain/notice.ts'
import type { Destination } from '../domain/ports.ts'

/** Notices of one alert that may wait; a provider that is away for hours must not fill the memory. */
const mostWaiting = 20

/** A notice to deliver, and what whoever decided on it goes on knowing. */
export interface Outgoing {
  readonly entry: OutboxEntry
  /** The key of now of its endpoint. */
  endpointKey(): string
  /** Notices of one lane go out one after the other. */
  readonly lane: string
  /** Settles when the notice is a row, or could not be made one for now. Never fails. */
  readonly written: Promise<void>
  /** Where it goes as of now, since a reload may have changed that. A text says why there is nowhere to go. */
  destination(): Destination | string
  /** Whether its incident is over. */
  isOver(): boolean
  /** Called when nobody will hear of it. Whether that changes the alert. */
  giveUp(): boolean
}

export interface Waiting {
  readonly outgoing: Outgoing
  entry: OutboxEntry
  /** Its age in milliseconds when it came here, and when that was on the monotonic clock. */
  readonly ageMs: number
  readonly since: number
}

/** The notices of one alert, which go out one after the other. */
export interface Lane {
  readonly waiting: Waiting[]
  /** Queued for an attempt, or in one. */
  busy: boolean
  /** Cancels the next attempt that is due later. */
  cancel: (() => void) | undefined
}

/** Whether a trigger or reminder at the head comes too late to be news. */
export function isLate({ waiting }: Lane, head: Waiting): boolean {
  const { kind, incidentId } = head.entry.content
  if (kind === 'resolve') return false
  return head.outgoing.isOver() || waiting.some(({ entry }) => isOf(entry, 'resolve', incidentId))
}

const isOf = ({ content }: OutboxEntry, kind: string, incidentId: string) =>
  content.kind === kind && content.incidentId === incidentId

/** Takes out the reminders of an incident that nobody heard of. */
export function takeReminders(lane: Lane, incidentId: string): Waiting[] {
  const reminders = lane.waiting.filter(({ entry }) => isOf(entry, 'remind', incidentId))
  remove(lane, reminders)
  return reminders
}

/**
 * Takes out what gives way when too many wait behind the head: the oldest reminder, else all of the oldest incident
 * that is over, so that a resolve never stands alone.
 */
export function takeExcess(lane: Lane): Waiting[] {
  if (lane.waiting.length <= mostWaiting) return []
  const behind = lane.waiting.slice(1)
  const reminder = behind.find(({ entry }) => entry.content.kind === 'remind')
  if (reminder !== undefined) return remove(lane, [reminder])
  const trigger = behind.find(({ entry }) => entry.content.kind === 'trigger')
  const incidentId = trigger?.entry.content.incidentId
  return remove(lane, incidentId === undefined ? behind.slice(0, 1) : ofIncident(behind, incidentId))
}

const ofIncident = (waiting: readonly Waiting[], incidentId: string) =>
  waiting.filter(({ entry }) => entry.content.incidentId === incidentId)

function remove(lane: Lane, gone: Waiting[]): Waiting[] {
  const kept = lane.waiting.filter((item) => !gone.includes(item))
  lane.waiting.splice(0, lane.waiting.length, ...kept)
  return gone
}
