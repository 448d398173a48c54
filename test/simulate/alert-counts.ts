import type { AlertState } from '../../apps/monitor/src/domain/alert.ts'
import { restingAlert } from '../../apps/monitor/src/domain/alert.ts'
import type { AlertRule } from '../../apps/monitor/src/domain/alert-rule.ts'
import type { Result } from '../../apps/monitor/src/domain/result.ts'
import type { Track } from './ledger.ts'
import { idOf } from './ledger.ts'
import type { World } from './world.ts'

type Counters = Pick<AlertState, 'failuresInARow' | 'successesInARow'>

interface Counted extends Counters {
  /** After which result; absent where a configuration or a start set them. */
  readonly resultId?: number
}

/**
 * Failures and successes in a row, counted anew from the results. The store may be ahead of the results that it has
 * taken, since a notice is written at once and results a moment later; never behind them, or a crash would cost a count.
 */
export interface AlertCounts {
  /** The process took a result, and its endpoint has these rules. */
  taken(track: Track, result: Result, rules: readonly Pick<AlertRule, 'id'>[]): void
  /** The store took a result. */
  acknowledged(track: Track, result: Result): void
  /** An alert was written with results, as it is only while none of its notices waits. */
  settled(track: Track, alertId: string): void
  /** A configuration came into force: of this endpoint, only alerts in `kept` go on counting. */
  configured(track: Track, kept: ReadonlySet<string>): void
  /** A process ended: the next one goes on from what is stored. */
  restarted(tracks: Iterable<Track>): void
  /** Until the next start, nobody knows: two endpoints became one. */
  doubt(track: Track): void
  /** What is wrong with the state of an alert, if anything. */
  problem(track: Track, alertId: string): string | undefined
  alertIds(track: Track): Iterable<string>
}

const text = ({ failuresInARow, successesInARow }: Counters) => `${failuresInARow} failed, ${successesInARow} succeeded`

/** At rest, successes mean nothing, and are not written. */
const same = ({ triggered, failuresInARow, successesInARow }: AlertState, counted: Counters) =>
  failuresInARow === counted.failuresInARow && (!triggered || successesInARow === counted.successesInARow)

/** `isHeld`: whether something that changed an alert is not written yet. Others may wait behind it, unseen. */
export function createAlertCounts(
  totals: Pick<World['counts'], 'comparedAlerts'>,
  isHeld: (track: Track, alertId: string) => boolean,
): AlertCounts {
  /** Oldest first: what the store has at least, then what it may have already. */
  let counts = new WeakMap<Track, Map<string, Counted[]>>()
  let doubtful = new WeakSet<Track>()
  /** Results came in while a notice waited: until it and those behind it are written, the state is an older one. */
  let behind = new WeakMap<Track, Set<string>>()

  const ofTrack = (track: Track) => {
    const known = counts.get(track) ?? new Map<string, Counted[]>()
    counts.set(track, known)
    return known
  }

  const noteHeld = (track: Track, alertId: string) => {
    if (isHeld(track, alertId)) behind.set(track, (behind.get(track) ?? new Set()).add(alertId))
  }

  const listOf = (track: Track, alertId: string) => {
    const known = ofTrack(track)
    const list: Counted[] = known.get(alertId) ?? [restingAlert]
    known.set(alertId, list)
    return list
  }

  return {
    taken(track, result, rules) {
      if (result.maintenance) return
      for (const { id } of rules) {
        noteHeld(track, id)
        const list = listOf(track, id)
        const { failuresInARow, successesInARow } = list.at(-1) ?? restingAlert
        list.push({
          resultId: idOf(result),
          failuresInARow: result.success ? 0 : failuresInARow + 1,
          successesInARow: result.success ? successesInARow + 1 : 0,
        })
      }
    },
    acknowledged(track, result) {
      for (const [alertId, list] of ofTrack(track)) {
        noteHeld(track, alertId)
        const index = list.findIndex(({ resultId }) => resultId === idOf(result))
        if (index > 0) list.splice(0, index)
      }
    },
    settled(track, alertId) {
      behind.get(track)?.delete(alertId)
    },
    configured(track, kept) {
      for (const [alertId, list] of ofTrack(track)) if (!kept.has(alertId)) list.push(restingAlert)
    },
    restarted(tracks) {
      counts = new WeakMap()
      doubtful = new WeakSet()
      behind = new WeakMap()
      for (const track of tracks) {
        counts.set(track, new Map([...track.alerts].map(([alertId, state]) => [alertId, [state]])))
      }
    },
    doubt(track) {
      doubtful.add(track)
    },
    problem(track, alertId) {
      if (doubtful.has(track) || isHeld(track, alertId) || behind.get(track)?.has(alertId) === true) return undefined
      const list = listOf(track, alertId)
      const state = track.alerts.get(alertId) ?? restingAlert
      totals.comparedAlerts++
      if (list.some((counted) => same(state, counted))) return undefined
      return `has ${text(state)} in a row; should have ${list.map(text).join(', or ')}`
    },
    alertIds: (track) => ofTrack(track).keys(),
  }
}
