import type { Bucket } from '../../apps/monitor/src/domain/bucket.ts'
import { createAccumulator } from '../../apps/monitor/src/domain/bucket.ts'
import type { OutboxEntry } from '../../apps/monitor/src/domain/notice.ts'
import type { AlertRecord, Batch, PastRequest } from '../../apps/monitor/src/domain/ports.ts'
import type { Result } from '../../apps/monitor/src/domain/result.ts'

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** The beginning of a day in UTC. */
export const midnight = Date.parse('2026-03-05T00:00:00Z')

/** A healthy result. */
export const resultOf = (key: string, at: number, changes: Partial<Result> = {}): Result => ({
  key,
  at,
  success: true,
  durationMs: 12.345,
  connected: true,
  status: 200,
  hostname: 'example.org',
  errors: [],
  conditions: [
    { condition: '[STATUS] == 200', success: true },
    { condition: '[RESPONSE_TIME] < 300', success: true },
  ],
  maintenance: false,
  ...changes,
})

export const batchOf = (parts: Partial<Batch>): Batch => ({
  results: [],
  events: [],
  buckets: [],
  alerts: [],
  ...parts,
})

/** All there is of some endpoints, to be read while endpoints are synchronised. */
export const allPastOf = (key: string, visit: PastRequest['visit'] = () => {}): PastRequest => ({
  keys: new Set([key]),
  talliesFrom: { '5m': 0, '1h': 0, '1d': 0 },
  visit,
})

/** A bucket with one result per duration, a second apart. */
export function bucketOf(startAt: number, durationsMs: readonly number[]): Bucket {
  const accumulator = createAccumulator(startAt)
  for (const [i, durationMs] of durationsMs.entries()) {
    accumulator.add({ at: startAt + i * 1000, success: i % 4 !== 3, durationMs, maintenance: i % 3 === 2 })
  }
  return accumulator.bucket()
}

export const alertOf = (endpointKey: string, changes: Partial<AlertRecord['state']> = {}): AlertRecord => ({
  endpointKey,
  alertId: 'slack-0',
  state: { failuresInARow: 0, successesInARow: 0, triggered: false, ...changes },
})

export const noticeOf = (endpointKey: string, sequence: number, changes: Partial<OutboxEntry> = {}): OutboxEntry => ({
  id: `notice-${sequence}`,
  endpointKey,
  alertId: 'slack-0',
  content: {
    kind: 'trigger',
    endpoint: { key: endpointKey, name: 'api', group: 'core', url: 'https://example.org' },
    alert: { type: 'slack', description: 'down', failureThreshold: 3, successThreshold: 2, sendOnResolved: true },
    incidentId: 'incident-1',
    triggeredAt: midnight,
    result: {
      at: midnight,
      success: false,
      durationMs: 1.5,
      status: 500,
      errors: ['connection refused'],
      conditions: [{ condition: '[STATUS] (500) == 200', success: false }],
    },
  },
  sequence,
  createdAt: midnight + sequence,
  state: 'pending',
  attempts: 0,
  nextAttemptAt: midnight + sequence,
  ...changes,
})
