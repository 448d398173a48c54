import type { Board, BoardEntry } from '../../domain/board.ts'
import type { EndpointName, SubscribeModel } from '../contract.ts'

/** Nobody finds one in a list of thousands. */
const mostNames = 300

const nameOf = ({ endpoint: { key, name, group } }: BoardEntry): EndpointName => ({ key, name, group })

/** Endpoints to choose from, of one group or all; none when they are too many. */
export function endpointNames(board: Board, group?: string): readonly EndpointName[] {
  const entries = board.entries().filter(({ endpoint }) => group === undefined || endpoint.group === group)
  return entries.length > mostNames ? [] : entries.map(nameOf)
}

/** For the endpoint with the key, or the first one. Nothing when there is none with it. */
export function subscribeModel(board: Board, key: string | undefined): SubscribeModel | undefined {
  const entry = key === undefined ? board.entries()[0] : board.get(key)
  if (entry === undefined && key !== undefined) return undefined
  return {
    endpoint: entry && nameOf(entry),
    endpoints: endpointNames(board),
    badges: entry !== undefined && entry.results.length > 0,
  }
}
