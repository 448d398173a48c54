import type { CheckTarget } from '../../domain/endpoint.ts'
import type { ResultBatch } from './result-code.ts'

/**
 * What travels between the threads. A slot is a number for one version of a target: a target that changes gets another
 * one, so that a result always says which version it is of.
 */
export type ToThread =
  | {
      readonly type: 'configure'
      readonly set: readonly (readonly [slot: number, target: CheckTarget])[]
      readonly removed: readonly string[]
      readonly revision: number
    }
  | { readonly type: 'check'; readonly slots: readonly number[] }
  | { readonly type: 'close'; readonly graceMs: number }

export type FromThread =
  | { readonly type: 'results'; readonly batch: ResultBatch }
  /** From here on, only slots of this revision report. */
  | { readonly type: 'configured'; readonly revision: number }
  | { readonly type: 'closed' }
