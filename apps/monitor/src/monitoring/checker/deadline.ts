import type { Clock } from '../../domain/ports.ts'

const unitsMs = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const

/** `10 s`, `1.5 s`, `250 ms`, `2 m`. */
export function shortDuration(durationMs: number): string {
  for (const [unit, unitMs] of unitsMs) {
    if (durationMs >= unitMs && (durationMs % unitMs === 0 || unit === 's')) return `${durationMs / unitMs} ${unit}`
  }
  return `${durationMs} ms`
}

/** Aborts `controller`, saying so as the reason, after `timeoutMs`, unless the returned function is called before. */
export const startDeadline = (clock: Clock, controller: AbortController, timeoutMs: number): (() => void) =>
  clock.after(timeoutMs, () => controller.abort(new Error(`timeout after ${shortDuration(timeoutMs)}`)))
