import type { EndpointRow, OverviewModel, ResultEntry, State } from '../contract.ts'
import { withAppended, withNewest } from './history.ts'

const states: readonly State[] = ['up', 'degraded', 'down', 'maintenance', 'pending']

const whether = (changed: boolean): [1?] => (changed ? [1] : [])

/** The entries of an `r` message that have the agreed shape: an older page may meet a newer server. */
export function readEntries(data: unknown): ResultEntry[] {
  if (!Array.isArray(data)) return []
  const entries: ResultEntry[] = []
  for (const item of data) {
    if (!Array.isArray(item)) continue
    const [key, state, latency, bucket, at, changed]: unknown[] = item
    const known = states.find((candidate) => candidate === state)
    if (typeof key !== 'string' || known === undefined || typeof at !== 'number') continue
    entries.push([
      key,
      known,
      typeof latency === 'number' ? latency : null,
      typeof bucket === 'string' ? bucket : '',
      at,
      ...whether(changed === 1),
    ])
  }
  return entries
}

/** What a stream of results says about the model, whichever of them it includes already. Uptime, reasons and older buckets wait for the next snapshot. */
export function applyResults(model: OverviewModel, entries: readonly ResultEntry[]): OverviewModel {
  const latest = new Map(entries.map((entry) => [entry[0], entry]))
  const newest = Math.max(model.newestAt ?? 0, ...entries.map((entry) => entry[4] * 1000))
  return {
    ...model,
    newestAt: newest,
    rows: model.rows.map((row) => {
      const entry = latest.get(row.key)
      return entry === undefined ? row : applied(row, entry, model.range)
    }),
  }
}

function applied(row: EndpointRow, [, state, latencyMs, bucket, at]: ResultEntry, range: OverviewModel['range']) {
  const atMs = at * 1000
  const lastAt = Math.floor((row.lastCheckAt ?? 0) / 1000)
  // Included already: a snapshot and the messages around it overlap.
  if (at < lastAt || (at === lastAt && state === row.state)) return row
  const { reason, sinceAt, ...rest } = row
  const next: EndpointRow = {
    ...rest,
    state,
    lastCheckAt: atMs,
    stale: false,
    history: movedOn(row.history, range, state, bucket),
    ...(latencyMs === null ? {} : { latencyMs }),
    // An absent moment or reason stays absent.
    ...(state === row.state ? { sinceAt, reason } : { sinceAt: atMs }),
  }
  return next
}

function movedOn(history: string, range: OverviewModel['range'], state: State, bucket: string): string {
  if (range === '24h') return withNewest(history, bucket)
  if (range !== 'checks') return history
  return withAppended(
    history,
    state === 'down' ? 'd' : state === 'maintenance' ? 'm' : state === 'degraded' ? 'g' : 'u',
  )
}
