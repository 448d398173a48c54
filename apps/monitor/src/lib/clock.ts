import type { Clock } from '../domain/ports.ts'

/** The longest delay a timer of the platform takes; a longer one would fire at once. */
const longestDelayMs = 2 ** 31 - 1

/** The time of this machine. Timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs, work) {
    const timer = setTimeout(work, Math.min(Math.max(delayMs, 0), longestDelayMs))
    timer.unref()
    return () => clearTimeout(timer)
  },
}
