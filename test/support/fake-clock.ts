import type { Clock } from '../../apps/monitor/src/domain/ports.ts'

interface Timer {
  readonly at: number
  readonly work: () => void
}

export interface FakeClock extends Clock {
  /** Moves time forward, running what falls due, each at its own moment, and letting promises settle between. */
  advance(ms: number): Promise<void>
  /** Moves the wall clock alone, as a time server or an operator does. */
  stepWallClock(ms: number): void
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

/** A clock that stands still until told to move. */
export function fakeClock(startAt: string | number = '2026-11-21T14:14:00Z'): FakeClock {
  let elapsed = 0
  let wallOffset = new Date(startAt).getTime()
  const timers = new Set<Timer>()

  const nextDue = (until: number): Timer | undefined => {
    let next: Timer | undefined
    for (const timer of timers) if (timer.at <= until && (next === undefined || timer.at < next.at)) next = timer
    return next
  }

  return {
    now: () => wallOffset + elapsed,
    monotonic: () => elapsed,
    after(delayMs, work) {
      const timer = { at: elapsed + Math.max(delayMs, 0), work }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    async advance(ms) {
      const until = elapsed + ms
      await settle()
      for (let timer = nextDue(until); timer !== undefined; timer = nextDue(until)) {
        timers.delete(timer)
        elapsed = timer.at
        timer.work()
        await settle()
      }
      elapsed = until
      await settle()
    },
    stepWallClock(ms) {
      wallOffset += ms
    },
  }
}
