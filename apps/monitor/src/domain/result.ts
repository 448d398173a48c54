import type { Phases } from './observation.ts'

/** Whether a condition held, and the text to show. */
export interface ConditionResult {
  readonly condition: string
  readonly success: boolean
}

/** One observation judged by its conditions, at a time. */
export interface Result {
  /** Key of the endpoint. */
  readonly key: string
  /** When the check ended, in milliseconds since 1970. */
  readonly at: number
  readonly success: boolean
  /** Response time in milliseconds, whole microseconds. */
  readonly durationMs: number
  readonly connected: boolean
  readonly status?: number
  readonly hostname?: string
  readonly ip?: string
  readonly dnsRcode?: string
  readonly certificateExpirationMs?: number
  readonly domainExpirationMs?: number
  readonly errors: readonly string[]
  readonly conditions: readonly ConditionResult[]
  readonly phases?: Phases
  /** Inside a maintenance window. Set by the recorder, since a checker does not know windows. */
  readonly maintenance: boolean
}

/** The first thing to say about a failed result: its first error, else its first failed condition. */
export function failureReason(result: Pick<Result, 'success' | 'errors' | 'conditions'>): string | undefined {
  if (result.success) return undefined
  return result.errors[0] ?? result.conditions.find((condition) => !condition.success)?.condition
}
