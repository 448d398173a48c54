import type { CheckTarget } from '../../domain/endpoint.ts'
import type { Result } from '../../domain/result.ts'

/** Runs checks, wherever that may be. */
export interface Checker {
  /** Replaces what can be checked; what stays the same keeps its connections. */
  configure(targets: readonly CheckTarget[]): void
  /** Checks once; every such call leads to one result, unless the target is removed or the checker closed before. */
  check(key: string): void
  /** Takes no more checks, waits so long for those under way, and drops the rest. */
  close(graceMs: number): Promise<void>
}

/** Never empty; in the order in which the checks ended. */
export type OnResults = (results: readonly Result[]) => void

/** The part of an endpoint that a checker needs, and nothing else of it: it is cloned into another thread. */
export const checkTargetOf = (endpoint: CheckTarget): CheckTarget => ({
  key: endpoint.key,
  name: endpoint.name,
  group: endpoint.group,
  type: endpoint.type,
  url: endpoint.url,
  method: endpoint.method,
  headers: endpoint.headers,
  body: endpoint.body,
  graphql: endpoint.graphql,
  conditions: endpoint.conditions,
  client: endpoint.client,
  display: endpoint.display,
})
