import type { Clock } from '../../apps/monitor/src/domain/ports.ts'
import { Heap } from '../../apps/monitor/src/lib/heap.ts'

interface Timer {
  readonly work: () => void
  cancelled: boolean
}

/** A clock that jumps from timer to timer. */
export interface VirtualClock extends Clock {
  /** When the next timer is due, on the monotonic clock. */
  nextAt(): number
  /** Moves to the next timer and runs it; false if it was cancelled. */
  step(): boolean
  /** Moves the wall clock alone, as a time server or an operator does. */
  stepWallClock(ms: number): void
  /** The same time for one process: its timers go with it. */
  forProcess(isDead: () => boolean): Clock
}

export function virtualClock(startAt: number): VirtualClock {
  const timers = new Heap<Timer>()
  let elapsed = 0
  let wallOffset = startAt

  const now = () => Math.floor(wallOffset + elapsed)
  const monotonic = () => elapsed

  const after = (delayMs: number, work: () => void) => {
    const timer = { work, cancelled: false }
    timers.push(elapsed + Math.max(delayMs, 0), timer)
    return () => {
      timer.cancelled = true
    }
  }

  return {
    now,
    monotonic,
    after,
    nextAt: () => timers.nextRank ?? Infinity,
    step() {
      const at = timers.nextRank
      const timer = timers.pop()
      if (timer === undefined || at === undefined || timer.cancelled) return false
      elapsed = Math.max(at, elapsed)
      timer.work()
      return true
    },
    stepWallClock(ms) {
      wallOffset += ms
    },
    forProcess: (isDead) => ({
      now,
      monotonic,
      after: (delayMs, work) =>
        after(delayMs, () => {
          if (!isDead()) work()
        }),
    }),
  }
}
