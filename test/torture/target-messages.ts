export interface TargetSettings {
  readonly seed: number
  readonly endpoints: number
  /** So many of them, the first ones, fail now and then. */
  readonly unsteady: number
}

/** Answers in the order they were given, as columns. */
export interface Answers {
  /** Index of the endpoint. */
  readonly endpoints: number[]
  readonly statuses: number[]
  /** Milliseconds since 1970. */
  readonly times: number[]
}

/** Statuses from here on say that the endpoint is down. */
export const isFailing = { from: 500 }

export type ToTarget = 'calm' | 'drain'

export const targetMessage = (message: unknown): ToTarget => (message === 'calm' ? 'calm' : 'drain')

export type FromTarget =
  | { readonly type: 'listening'; readonly port: number }
  | { readonly type: 'answers'; readonly answers: Answers }
