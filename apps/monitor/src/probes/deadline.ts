import type { Clock } from '../domain/ports.ts'

/** Why a check was cut short; its message is what the result says. */
export class CheckAborted extends Error {
  override name = 'CheckAborted'
}

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

/** Aborts `controller` after `timeoutMs`, unless the returned function is called before. */
export const startDeadline = (clock: Clock, controller: AbortController, timeoutMs: number): (() => void) =>
  clock.after(timeoutMs, () => controller.abort(new CheckAborted(`timeout after ${shortDuration(timeoutMs)}`)))
