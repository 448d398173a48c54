import { isDeepStrictEqual } from 'node:util'
import type { CheckTarget } from '../../domain/endpoint.ts'
import { checkTargetOf } from './checker.ts'

export interface TargetChanges {
  /** New ones, and those that differ from what is known under their key. */
  readonly set: readonly CheckTarget[]
  /** Keys that are gone. */
  readonly removed: readonly string[]
}

/** What differs between the targets known so far and those wanted; where a key is there twice, its first counts. */
export function targetChanges(
  known: ReadonlyMap<string, { readonly target: CheckTarget }>,
  wanted: readonly CheckTarget[],
): TargetChanges {
  const keys = new Set<string>()
  const set: CheckTarget[] = []
  for (const endpoint of wanted) {
    if (keys.has(endpoint.key)) continue
    keys.add(endpoint.key)
    const target = checkTargetOf(endpoint)
    if (!isDeepStrictEqual(known.get(target.key)?.target, target)) set.push(target)
  }
  return { set, removed: [...known.keys()].filter((key) => !keys.has(key)) }
}
