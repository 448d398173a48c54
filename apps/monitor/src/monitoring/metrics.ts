import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Endpoint } from '../domain/endpoint.ts'
import type { Result } from '../domain/result.ts'
import { type Family, familiesText, isLabelName, labelsText } from './exposition.ts'

/** What is counted of one endpoint between two scrapes and beyond. */
interface Counts {
  endpoint: Endpoint
  succeeded: number
  failed: number
  connected: number
  readonly codes: Map<string, number>
  newest: Result
  /** Of all its series, as text; made when first asked for. */
  labels: string | undefined
}

/** What the monitor says of itself, asked for at each scrape. */
export interface SelfReport {
  readonly checksSkipped: number
  readonly checksRunning: number
  readonly storageBacklog: number
  readonly storageFailing: boolean
  readonly resultsLost: number
  readonly configurationWarnings: number
  readonly deliveries: readonly { readonly type: string; readonly outcome: string; readonly count: number }[]
  readonly noticesPending: number
}

export interface Metrics {
  configure(endpoints: readonly Endpoint[]): void
  /** Counts a result: a few additions, nothing is rendered until somebody asks. */
  record(endpoint: Endpoint, result: Result): void
  observeLag(lagMs: number): void
  /** Prometheus text format 0.0.4; checks have their turn while it is written. */
  render(): Promise<string>
}

/**
 * Names of extra labels of enabled endpoints, sorted: every series of an endpoint carries all of them. A name that no
 * label can have would keep Prometheus from reading anything.
 */
const extraLabelNames = (endpoints: readonly Endpoint[]) =>
  [...new Set(endpoints.filter(({ enabled }) => enabled).flatMap(({ extraLabels }) => Object.keys(extraLabels)))]
    .filter(isLabelName)
    .sort()

/** The series whose names and labels dashboards for Gatus know. */
const gatusFamilies: readonly Family<Counts>[] = [
  {
    name: 'gatus_results_total',
    help: 'Number of results per endpoint',
    type: 'counter',
    write({ succeeded, failed }, sample) {
      if (succeeded > 0) sample(succeeded, 'success="true"')
      if (failed > 0) sample(failed, 'success="false"')
    },
  },
  {
    name: 'gatus_results_connected_total',
    help: 'Total number of results in which a connection was successfully established',
    type: 'counter',
    write({ connected }, sample) {
      if (connected > 0) sample(connected)
    },
  },
  {
    name: 'gatus_results_code_total',
    help: 'Total number of results by code',
    type: 'counter',
    write({ codes }, sample) {
      for (const [code, count] of codes) sample(count, labelsText({ code }))
    },
  },
  {
    name: 'gatus_results_duration_seconds',
    help: 'Duration of the request in seconds',
    type: 'gauge',
    write: ({ newest }, sample) => sample(newest.durationMs / 1_000),
  },
  {
    name: 'gatus_results_certificate_expiration_seconds',
    help: 'Number of seconds until the certificate expires',
    type: 'gauge',
    write({ newest: { certificateExpirationMs } }, sample) {
      if (certificateExpirationMs) sample(certificateExpirationMs / 1_000)
    },
  },
  {
    name: 'gatus_results_domain_expiration_seconds',
    help: 'Number of seconds until the domain expires',
    type: 'gauge',
    write({ newest: { domainExpirationMs } }, sample) {
      if (domainExpirationMs) sample(domainExpirationMs / 1_000)
    },
  },
  {
    name: 'gatus_results_endpoint_success',
    help: 'Displays whether or not the endpoint was a success',
    type: 'gauge',
    write: ({ newest }, sample) => sample(newest.success ? 1 : 0),
  },
]

function selfSeries(registry: Registry) {
  const registers = [registry]
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers })
  const counter = (name: string, help: string) => new Counter({ name, help, registers })
  return {
    skipped: counter('vedette_checks_skipped_total', 'Turns missed because the check before was still running'),
    running: gauge('vedette_checks_running', 'Checks running now'),
    backlog: gauge('vedette_storage_backlog', 'Results that wait to be written'),
    failing: gauge('vedette_storage_failing', 'Whether storage refuses results (1) or not (0)'),
    lost: counter('vedette_results_lost_total', 'Results given up because storage refused them for too long'),
    warnings: gauge('vedette_configuration_warnings', 'Warnings of the configuration in use'),
    pending: gauge('vedette_notices_pending', 'Notices that wait to be delivered'),
    deliveries: new Counter({
      name: 'vedette_deliveries_total',
      help: 'Attempts to deliver a notice, by provider and outcome',
      labelNames: ['type', 'outcome'],
      registers,
    }),
  }
}

const newCounts = (endpoint: Endpoint, newest: Result): Counts => ({
  endpoint,
  succeeded: 0,
  failed: 0,
  connected: 0,
  codes: new Map(),
  newest,
  labels: undefined,
})

/** `gatus_*` for existing dashboards, `vedette_*` about the monitor itself. */
export function createMetrics(report: () => SelfReport): Metrics {
  const self = new Registry()
  // More precisely, it would wake the process a hundred times a second.
  collectDefaultMetrics({ register: self, eventLoopMonitoringPrecision: 100 })
  const own = selfSeries(self)
  const lag = new Histogram({
    name: 'vedette_schedule_lag_seconds',
    help: 'How late checks started',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [self],
  })
  const counts = new Map<string, Counts>()
  let extra: readonly string[] = []

  const labelsOf = (entry: Counts) => {
    const { key, group, name, type, extraLabels } = entry.endpoint
    entry.labels ??= labelsText({
      key,
      group,
      name,
      type,
      ...Object.fromEntries(extra.map((label) => [label, extraLabels[label] ?? ''])),
    })
    return entry.labels
  }

  const renderSelf = () => {
    const now = report()
    const total = (counter: Counter, value: number) => {
      counter.reset()
      counter.inc(value)
    }
    total(own.skipped, now.checksSkipped)
    total(own.lost, now.resultsLost)
    own.running.set(now.checksRunning)
    own.backlog.set(now.storageBacklog)
    own.failing.set(now.storageFailing ? 1 : 0)
    own.warnings.set(now.configurationWarnings)
    own.pending.set(now.noticesPending)
    own.deliveries.reset()
    for (const { type, outcome, count } of now.deliveries) own.deliveries.inc({ type, outcome }, count)
    return self.metrics()
  }

  return {
    configure(endpoints) {
      extra = extraLabelNames(endpoints)
      const configured = new Map(endpoints.map((endpoint) => [endpoint.key, endpoint]))
      for (const [key, entry] of counts) {
        const endpoint = configured.get(key)
        if (endpoint === undefined) counts.delete(key)
        else {
          entry.endpoint = endpoint
          entry.labels = undefined
        }
      }
    },
    record(endpoint, result) {
      const known = counts.get(endpoint.key)
      const entry = known ?? newCounts(endpoint, result)
      if (known === undefined) counts.set(endpoint.key, entry)
      entry.newest = result
      if (result.success) entry.succeeded += 1
      else entry.failed += 1
      if (result.connected) entry.connected += 1
      for (const code of [result.dnsRcode, result.status ? String(result.status) : undefined]) {
        if (code) entry.codes.set(code, (entry.codes.get(code) ?? 0) + 1)
      }
    },
    observeLag: (lagMs) => lag.observe(lagMs / 1_000),
    render: async () => `${await familiesText(gatusFamilies, () => counts.values(), labelsOf)}\n${await renderSelf()}`,
  }
}
