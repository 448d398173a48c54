import { type Alerting, createAlerting } from '../../apps/monitor/src/alerting/alerting.ts'
import type { Alerted } from '../../apps/monitor/src/alerting/dispatch.ts'
import { type AlertState, restingAlert } from '../../apps/monitor/src/domain/alert.ts'
import type { AlertRule } from '../../apps/monitor/src/domain/alert-rule.ts'
import type { OutboxEntry } from '../../apps/monitor/src/domain/notice.ts'
import type { AlertRecord, Destination, Store } from '../../apps/monitor/src/domain/ports.ts'
import type { Result } from '../../apps/monitor/src/domain/result.ts'
import type { ProviderServer } from '../fixtures/provider-server.ts'
import { type FakeClock, fakeClock } from './fake-clock.ts'
import { recordingLog } from './recording-log.ts'

/* What the tests of alerting share. */

export const endpointWith = (alerts: readonly AlertRule[], fields: Partial<Alerted> = {}): Alerted => ({
  key: 'core_api',
  name: 'api',
  group: 'core',
  url: 'https://api.example.org/health',
  display: {
    hideConditions: false,
    hideHostname: false,
    hideUrl: false,
    hidePort: false,
    hideErrors: false,
    dontResolveFailedConditions: false,
    resolveSuccessfulConditions: false,
    badgeThresholds: [],
  },
  previousKeys: [],
  alerts,
  ...fields,
})

export const resultAt = (at: number, success: boolean, fields: Partial<Result> = {}): Result => ({
  key: 'core_api',
  at,
  success,
  durationMs: 12,
  connected: true,
  status: success ? 200 : 503,
  errors: [],
  conditions: [{ condition: success ? '[STATUS] == 200' : '[STATUS] (503) == 200', success }],
  maintenance: false,
  ...fields,
})

export interface MemoryStore extends Pick<Store, 'alerts' | 'pendingNotices' | 'saveAlert' | 'updateNotice'> {
  /** All notices, as written. */
  readonly entries: ReadonlyMap<string, OutboxEntry>
  /** What the recorder does with changed alerts. */
  append(records: readonly AlertRecord[]): void
  stateOf(endpointKey: string, alertId: string): AlertState
  /** Makes writing fail, as on a full disk. */
  fail(failing: boolean): void
}

/** A store that can be made to fail. */
export function memoryStore(initial: readonly AlertRecord[] = []): MemoryStore {
  const entries = new Map<string, OutboxEntry>()
  const records = new Map<string, AlertRecord>()
  let failing = false

  const put = (record: AlertRecord) => records.set(`${record.endpointKey}\n${record.alertId}`, structuredClone(record))
  const mayFail = async () => {
    await undefined
    if (failing) throw new Error('SQLITE_FULL: database or disk is full')
  }
  initial.forEach(put)

  return {
    entries,
    append: (changed) => changed.forEach(put),
    stateOf: (endpointKey, alertId) => records.get(`${endpointKey}\n${alertId}`)?.state ?? restingAlert,
    fail(next) {
      failing = next
    },
    alerts: async () => [...records.values()],
    async saveAlert(record, notice) {
      await mayFail()
      put(record)
      if (notice !== undefined) entries.set(notice.id, structuredClone(notice))
    },
    pendingNotices: async () =>
      [...entries.values()].filter(({ state }) => state === 'pending').sort((a, b) => a.sequence - b.sequence),
    async updateNotice(entry, record) {
      await mayFail()
      if (!entries.has(entry.id)) throw new Error(`no such notice: ${entry.id}`)
      entries.set(entry.id, structuredClone(entry))
      if (record !== undefined) put(record)
    },
  }
}

/** Sends what a notice says of itself as JSON. */
export const destinationAt = (url: string, fields: Partial<Destination> = {}): Destination => ({
  type: 'test',
  request: ({ id, kind, late, incidentId, endpoint }) => ({
    method: 'POST',
    url: `${url}/${endpoint.name}`,
    headers: { authorization: 'Bearer s3cret-token' },
    body: JSON.stringify({ id, kind, late, incidentId }),
  }),
  secrets: ['s3cret-token'],
  timeoutMs: 10_000,
  insecure: false,
  ...fields,
})

export const ruleTo = (destination: Destination | undefined, fields: Partial<AlertRule> = {}): AlertRule => ({
  id: 'a',
  type: destination?.type ?? 'test',
  enabled: true,
  failureThreshold: 1,
  successThreshold: 1,
  sendOnResolved: true,
  description: '',
  minimumReminderIntervalMs: 0,
  ...(destination !== undefined && { destination }),
  ...fields,
})

/** Alerting for one endpoint with `rules`. */
export async function startAlerting(rules: readonly AlertRule[], { clock = fakeClock(), store = memoryStore() } = {}) {
  const log = recordingLog()
  const endpoint = endpointWith(rules)
  const alerting = createAlerting({ store, clock, log, random: () => 0 })
  await alerting.start({ alerting: true, endpoints: [endpoint] })
  return {
    alerting,
    clock,
    store,
    log,
    endpoint,
    /** A result, and all attempts that it leads to at once. */
    async result(success: boolean) {
      alerting.handle(endpoint, resultAt(clock.now(), success))
      await alerting.idle()
    },
  }
}

/** Lets time pass in steps shorter than any wait, so that real requests end before the next timer is due. */
export async function pass(ms: number, { clock, alerting }: { clock: FakeClock; alerting: Alerting }, stepMs = 1_000) {
  for (let passed = 0; passed < ms; passed += stepMs) {
    await clock.advance(stepMs)
    await alerting.idle()
  }
}

interface Sent {
  readonly id: string
  readonly kind: string
  readonly late: boolean
  readonly incidentId: string
}

/** What has arrived from `destinationAt`. */
export const sent = ({ requests }: ProviderServer) => requests.map(({ body }): Sent => JSON.parse(body))
export const kindsOf = (server: ProviderServer) => sent(server).map(({ kind }) => kind)
export const entriesOf = ({ store }: { store: ReturnType<typeof memoryStore> }) => [...store.entries.values()]
