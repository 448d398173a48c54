import { Scalar } from '../lib/scalar.ts'
import type { Spot } from './spot.ts'

/**
 * Keys that Gatus has and we do not yet. An error where passing over them would expose or lose something, or would
 * check something else than was asked for; a warning otherwise.
 */
export type NotYet = Readonly<Record<string, 'error' | 'warning'>>

export const notSupportedYet = 'not supported yet'

/** Reports the keys of `notYet` that say something. */
export function reportNotYet(spot: Spot, notYet: NotYet): void {
  if (!spot.present) return
  for (const [key, severity] of Object.entries(notYet)) {
    const found = spot.at(key)
    if (saysNothing(found.plain())) continue
    if (severity === 'error') found.error(notSupportedYet, 'remove it to start without it')
    else found.warn(notSupportedYet, 'it has no effect')
  }
}

/** Absent, empty, or switched off. */
function saysNothing(value: unknown): boolean {
  if (value instanceof Scalar) return value.text === '' || value.value === false
  return value === undefined || (Array.isArray(value) && value.length === 0)
}
