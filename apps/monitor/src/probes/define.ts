import type { EndpointType } from '../domain/endpoint.ts'
import type { Clock, Probe } from '../domain/ports.ts'

/** What a probe takes from the outside world. */
export interface ProbeOutside {
  readonly clock: Clock
}

/** One entry of the registry: a protocol that endpoints can be observed over. */
export interface ProbeDefinition {
  readonly type: EndpointType
  /** Schemes of the urls it takes, each with its colon, such as `http:`. */
  readonly schemes: readonly string[]
  /** What is wrong with a url of one of these schemes, and what to write instead; `undefined` when it is fine. */
  problem?(url: string): string | undefined
  /** A probe that needs much code loads it here: only the thread that runs checks creates any. */
  create(outside: ProbeOutside): Probe | Promise<Probe>
}

export const defineProbe = (definition: ProbeDefinition): ProbeDefinition => definition
