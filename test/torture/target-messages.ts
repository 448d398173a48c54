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

/** Path of an endpoint beside the others, whose answers nobody asks for. */
export const pulsePath = '/pulse'

/** `calm`: the endpoints are up from now on, and the pulse beats: up, down, up. `rest`: it is up as well. */
export type ToTarget = 'calm' | 'rest' | 'drain'

export const targetMessage = (message: unknown): ToTarget =>
  message === 'calm' || message === 'rest' ? message : 'drain'

export type FromTarget =
  | { readonly type: 'listening'; readonly port: number }
  | { readonly type: 'answers'; readonly answers: Answers }
