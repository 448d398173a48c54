import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { providerServer } from '../../../../test/fixtures/provider-server.ts'
import { endpointWith, resultAt } from '../../../../test/support/alerting.ts'
import { fakeClock } from '../../../../test/support/fake-clock.ts'
import { recordingLog } from '../../../../test/support/recording-log.ts'
import { vectors } from '../../../../test/support/vectors.ts'
import { restingAlert } from '../domain/alert.ts'
import type { AlertRule } from '../domain/alert-rule.ts'
import type { AlertRecord } from '../domain/ports.ts'
import type { Result } from '../domain/result.ts'
import { openSqliteStore } from '../storage/sqlite/index.ts'
import { createAlerting } from './alerting.ts'
import type { Alerted } from './dispatch.ts'

type Kind = 'TRIGGERED' | 'REMINDER' | 'RESOLVED'

interface Sequence {
  readonly alerts: readonly {
    readonly enabled?: boolean
    readonly failureThreshold?: number
    readonly successThreshold?: number
    readonly sendOnResolved?: boolean
    readonly minimumReminderIntervalMs?: number
  }[]
  readonly providerConfigured?: boolean
  readonly initialState?: {
    readonly failuresInARow: number
    readonly successesInARow: number
    readonly triggered: readonly boolean[]
    readonly lastReminderSentAtMs?: number
  }
  readonly steps: readonly {
    readonly atMs: number
    readonly success: boolean
    readonly providerFails?: boolean
    readonly underMaintenance?: boolean
    readonly expectedSends: readonly { readonly alert: number; readonly kind: Kind; readonly delivered: boolean }[]
    readonly expectedState: {
      readonly failuresInARow: number
      readonly successesInARow: number
      readonly triggered: readonly boolean[]
    }
  }[]
}

const kinds = { trigger: 'TRIGGERED', remind: 'REMINDER', resolve: 'RESOLVED' } as const

/** As the configuration does before a rule exists. */
const positive = (threshold: number | undefined, fallback: number) =>
  threshold === undefined || threshold <= 0 ? fallback : threshold

/** A store that knows `endpoint`, and takes alerts as the recorder writes them. */
async function storeWith({ key, name, group }: Alerted) {
  const store = await openSqliteStore({
    path: ':memory:',
    migrationsFolder: fileURLToPath(new URL('../../drizzle', import.meta.url)),
    maximumNumberOfResults: 100,
    maximumNumberOfEvents: 50,
    log: recordingLog(),
  })
  await store.syncEndpoints([{ key, name, group, previousKeys: [] }], 0)
  return {
    ...store,
    append: (alerts: readonly AlertRecord[]) => store.append({ results: [], events: [], buckets: [], alerts }),
    [Symbol.asyncDispose]: () => store.close(),
  }
}

describe('the sequences of results in alert-sequence.json', () => {
  test.each(vectors<Sequence>('alert-sequence.json'))('$name', async ({ alerts, initialState, steps, ...sequence }) => {
    await using server = await providerServer()
    const clock = fakeClock()
    const startAt = clock.now()
    const rules = alerts.map(
      (alert, index): AlertRule => ({
        id: String(index),
        type: 'custom',
        enabled: alert.enabled ?? true,
        failureThreshold: positive(alert.failureThreshold, 3),
        successThreshold: positive(alert.successThreshold, 2),
        sendOnResolved: alert.sendOnResolved ?? false,
        description: '',
        minimumReminderIntervalMs: alert.minimumReminderIntervalMs ?? 0,
        ...(sequence.providerConfigured !== false && {
          destination: {
            type: 'custom',
            request: ({ kind }) => ({
              method: 'POST',
              url: `${server.url}/${index}/${kinds[kind]}`,
              headers: {},
              body: '',
            }),
            secrets: [],
            timeoutMs: 10_000,
            insecure: false,
          },
        }),
      }),
    )
    const endpoint = endpointWith(rules)
    const last = initialState?.lastReminderSentAtMs
    await using store = await storeWith(endpoint)
    await store.append(
      initialState === undefined
        ? []
        : rules.map(({ id }, index) => ({
            endpointKey: endpoint.key,
            alertId: id,
            state: {
              failuresInARow: initialState.failuresInARow,
              successesInARow: initialState.successesInARow,
              triggered: initialState.triggered[index] ?? false,
              ...(last !== undefined && { lastNoticeAt: startAt + last }),
            },
          })),
    )
    const alerting = createAlerting({ store, clock, log: recordingLog(), random: () => 0 })
    await alerting.start({ alerting: true, endpoints: [endpoint] })

    for (const { atMs, success, providerFails, underMaintenance, expectedSends, expectedState } of steps) {
      const status = providerFails === true ? 400 : 200
      server.answer({ status })
      const earlier = server.requests.length
      await clock.advance(startAt + atMs - clock.now())
      const result: Result = { ...resultAt(clock.now(), success), maintenance: underMaintenance ?? false }

      alerting.handle(endpoint, result)
      await alerting.idle()

      const sends = server.requests.slice(earlier).map(({ path }) => {
        const [, alert, kind] = path.split('/')
        return { alert: Number(alert), kind, delivered: status === 200 }
      })
      // Alerts go out side by side, so that only the order within each is fixed.
      expect(sends.sort((a, b) => a.alert - b.alert)).toEqual(expectedSends)
      await store.append(alerting.changedAlerts())
      const stored = await store.alerts()
      for (const [index, { id }] of rules.entries()) {
        // Counters belong to alerts: without alerts there are none, and nothing of the state to compare.
        const { successesInARow, ...state } = stored.find(({ alertId }) => alertId === id)?.state ?? restingAlert
        expect(state).toMatchObject({
          failuresInARow: expectedState.failuresInARow,
          triggered: expectedState.triggered[index],
        })
        // Successes in a row mean nothing to an alert at rest, whose counting is not written.
        if (state.triggered) expect(successesInARow).toBe(expectedState.successesInARow)
      }
    }
  })
})
