import { z } from 'zod'
import type { Config } from '../domain/config.ts'
import { flag, integer } from '../lib/fields.ts'
import type { LoadedConfig } from './load.ts'
import type { NotYet } from './not-yet.ts'
import { reportNotYet } from './not-yet.ts'
import { alertingSchema, readAlerting } from './sections/alerting.ts'
import { checkPreviousKeys, endpointSchema, readEndpoint } from './sections/endpoint.ts'
import { maintenanceSchema, readMaintenance } from './sections/maintenance.ts'
import { readStorage, storageSchema } from './sections/storage.ts'
import { readUi, uiSchema } from './sections/ui.ts'
import { readWeb, webSchema } from './sections/web.ts'
import type { Spot } from './spot.ts'

/** The whole configuration, from one file per section. */
export const configSchema = z.strictObject({
  endpoints: z.array(endpointSchema).prefault([]).describe('What to check.'),
  alerting: alertingSchema.optional(),
  ui: uiSchema.optional(),
  web: webSchema.optional(),
  storage: storageSchema.optional(),
  maintenance: maintenanceSchema.optional(),
  metrics: flag({ fallback: false }).describe('Serve metrics for Prometheus at /metrics.'),
  concurrency: integer({ fallback: 0 }).describe('Most checks at the same time; 0 means no limit.'),
  'skip-invalid-config-update': flag({ fallback: false }).describe(
    'Accepted from Gatus: an invalid change of the configuration is never applied here.',
  ),
  debug: flag({ fallback: false }).describe('Deprecated; has no effect.'),
  'disable-monitoring-lock': flag({ fallback: false }).describe('Deprecated: the same as concurrency: 0.'),
})

const sections = ['endpoints', 'alerting', 'ui', 'web', 'storage', 'maintenance']

const notYet: NotYet = {
  security: 'error',
  suites: 'error',
  'external-endpoints': 'error',
  tunneling: 'error',
  announcements: 'warning',
  remote: 'warning',
  connectivity: 'warning',
}

/** Makes a configuration of a tree. What is wrong is reported, and the rest read as if it were not there. */
export function readConfig(root: Spot): Pick<LoadedConfig, 'config' | 'destinationOf'> {
  reportNotYet(root, notYet)
  // Keys that begin with x- are for the operator, for example to hold anchors.
  const free = root.keys().filter((key) => key.startsWith('x-'))
  const settings = root.readSection(configSchema, [...sections, ...Object.keys(notYet), ...free])
  warnOfDeprecated(root, settings)

  const alerting = readAlerting(root.at('alerting'))
  const endpoints = readEndpoints(root.at('endpoints'), alerting)
  alerting.warnOfUnsent()
  const watched = ['endpoints', 'suites', 'external-endpoints'].some((key) => hasItems(root.at(key)))
  if (!watched) {
    root.error('configuration should contain at least one endpoint or suite', 'add one below endpoints:')
  }
  const config: Config = {
    endpoints,
    alerting: alerting.configured,
    alertProviders: alerting.types,
    metrics: settings.metrics,
    concurrency: settings['disable-monitoring-lock'] ? 0 : Math.max(0, settings.concurrency),
    skipInvalidConfigUpdate: settings['skip-invalid-config-update'],
    web: readWeb(root.at('web')),
    ui: readUi(root.at('ui')),
    storage: readStorage(root.at('storage')),
    maintenance: readMaintenance(root.at('maintenance')),
  }
  return { config, destinationOf: alerting.destinationOf }
}

const hasItems = ({ node, present }: Spot) => present && (node?.kind !== 'list' || node.items.length > 0)

function readEndpoints(spot: Spot, alerting: ReturnType<typeof readAlerting>): Config['endpoints'] {
  const context = { alerting, pemPairs: new Map(), keys: new Map<string, Spot>(), conditions: new Map() }
  const read = []
  for (const item of spot.items()) {
    const endpoint = readEndpoint(item, context)
    if (endpoint !== undefined) read.push({ endpoint, spot: item })
  }
  checkPreviousKeys(read, context.keys)
  return read.map(({ endpoint }) => endpoint)
}

function warnOfDeprecated(root: Spot, settings: z.output<typeof configSchema>): void {
  if (settings.debug) root.at('debug').warn('deprecated, and has no effect', 'set VEDETTE_LOG_LEVEL=DEBUG')
  const lock = root.at('disable-monitoring-lock')
  if (lock.present) lock.warn('deprecated', 'use concurrency: 0, which is the default')
}
