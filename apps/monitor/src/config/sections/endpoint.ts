import {
  type Condition,
  ConditionError,
  type ConditionWarning,
  conditionWarnings,
  explain,
  parseCondition,
} from '@vedette/conditions'
import { z } from 'zod'
import type { Endpoint } from '../../domain/endpoint.ts'
import { endpointKey, endpointType } from '../../domain/endpoint.ts'
import { duration, flag, text, textList, textMap } from '../../lib/fields.ts'
import type { Scalar } from '../../lib/scalar.ts'
import { userAgent } from '../../probes/user-agent.ts'
import type { Spot } from '../spot.ts'
import { alertSchema } from './alert.ts'
import type { Alerting } from './alerting.ts'
import type { PemPairs } from './client.ts'
import { clientSchema, readClient } from './client.ts'
import { displaySchema, readDisplay } from './display.ts'
import { readWindow, windowSchema } from './maintenance.ts'
import { checkRequest } from './request.ts'

export const endpointSchema = z
  .strictObject({
    enabled: flag({ fallback: true }).describe('Whether it is checked.'),
    name: text({ fallback: '' }).describe('Its name; required. Together with the group it must be unique.'),
    group: text({ fallback: '' }).describe('Heading under which it is listed.'),
    url: text({ fallback: '' }).describe('What to check, such as https://example.org/health; required.'),
    method: text({ fallback: 'GET' }).describe('HTTP method.'),
    headers: textMap().prefault({}).describe('HTTP headers.'),
    body: text({ fallback: '' }).describe('What to send.'),
    graphql: flag({ fallback: false }).describe('Send the body as a GraphQL query.'),
    interval: duration({ fallback: '1m' }).describe('Time from one check to the next.'),
    conditions: textList().prefault([]).describe('What must hold for a check to succeed; at least one.'),
    client: clientSchema.optional(),
    ui: displaySchema.optional(),
    alerts: z.array(alertSchema).prefault([]).describe('Whom to tell when checks fail.'),
    'maintenance-windows': z.array(windowSchema).prefault([]).describe('When no notices are sent.'),
    'extra-labels': textMap().prefault({}).describe('Further labels of its metrics.'),
    'previous-keys': textList().prefault([]).describe('Keys it had before it was renamed, to keep its history.'),
    store: textMap().optional().describe('Only means something in suites, which are not supported yet.'),
    'always-run': flag().optional().describe('Only means something in suites, which are not supported yet.'),
  })
  .meta({ description: 'Something to check.', required: ['name', 'url', 'conditions'] })

/** Keys that have readers of their own. */
const readElsewhere = ['client', 'ui', 'alerts', 'maintenance-windows', 'dns', 'ssh']

/** Label names that every metric of an endpoint has anyway. */
const takenLabels = new Set(['key', 'group', 'name', 'type', 'success', 'code'])

const leastDomainIntervalMs = 5 * 60_000

/** What is shared by all endpoints of a configuration. */
export interface EndpointContext {
  readonly alerting: Alerting
  readonly pemPairs: PemPairs
  /** Where each key was first given. */
  readonly keys: Map<string, Spot>
  /** By their text: many endpoints ask for the same. */
  readonly conditions: Map<string, CheckedCondition>
}

interface CheckedCondition {
  readonly needsDomain: boolean
  readonly slips: readonly ConditionWarning[]
}

/** Reads one endpoint, and reports all that is wrong with it. */
export function readEndpoint(spot: Spot, context: EndpointContext): Endpoint | undefined {
  const { alerting, pemPairs, keys } = context
  if (spot.node?.kind !== 'mapping') {
    spot.error(spot.present ? 'expected a mapping' : 'expected a mapping, not nothing')
    return undefined
  }
  const settings = spot.readSection(endpointSchema, readElsewhere)
  const { name, group, url, graphql } = settings
  const key = endpointKey(group, name)
  const fail = `invalid endpoint ${key}: `

  checkName(spot, name, group, fail)
  const first = keys.get(key)
  if (first === undefined) keys.set(key, spot)
  else spot.error(`${fail}name and group combination must be unique`, `the same as at ${first.where}`)
  if (settings.interval < 0) spot.at('interval').error(`${fail}interval must be positive`)
  checkRequest(spot, settings, fail)
  checkConditions(spot, settings, fail, context.conditions)
  checkLabels(spot.at('extra-labels'), settings['extra-labels'], fail)
  warnOfSuiteKeys(spot)
  // Gatus never looks at the windows of these, so that a wrong one may stand in a configuration that works.
  const severity = spot.at('dns').present || spot.at('ssh').present ? 'warning' : 'error'

  return {
    key,
    name,
    group,
    type: endpointType(url, spot.at('dns').present),
    url,
    method: settings.method,
    headers: withDefaults(settings.headers, graphql),
    body: settings.body,
    graphql,
    conditions: settings.conditions,
    client: readClient(spot.at('client'), fail, pemPairs),
    display: readDisplay(spot.at('ui'), fail),
    enabled: settings.enabled,
    // Gatus has no lower bound; timers have.
    intervalMs: Math.max(settings.interval, 1),
    alerts: alerting.rulesOf(group, spot.at('alerts'), fail),
    maintenanceWindows: spot
      .at('maintenance-windows')
      .items()
      .map((item) => readWindow(item, fail, severity))
      .filter((window) => window !== undefined),
    extraLabels: settings['extra-labels'],
    previousKeys: settings['previous-keys'],
  }
}

function checkName(spot: Spot, name: string, group: string, fail: string): void {
  if (name === '') spot.error(`${fail}you must specify a name for each endpoint`, 'add name: ...')
  for (const [part, value] of [
    ['name', name],
    ['group', group],
  ] as const) {
    if (/["\\]/.test(value)) spot.at(part).error(`${fail}endpoint name and group must not have " or \\`)
  }
}

function withDefaults(headers: Readonly<Record<string, string>>, graphql: boolean): Readonly<Record<string, string>> {
  const given = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
  return {
    ...headers,
    ...(!given.has('user-agent') && { 'User-Agent': userAgent }),
    ...(graphql && !given.has('content-type') && { 'Content-Type': 'application/json' }),
  }
}

function checkConditions(
  spot: Spot,
  settings: z.output<typeof endpointSchema>,
  fail: string,
  known: Map<string, CheckedCondition>,
): void {
  const { conditions, interval } = settings
  const list = spot.at('conditions')
  if (conditions.length === 0 && (list.node === undefined || !list.present || list.node.kind === 'list')) {
    const hint = 'for example conditions: ["[STATUS] == 200"]'
    spot.error(`${fail}you must specify at least one condition per endpoint`, hint)
  }
  if (list.node?.kind !== 'list') return
  for (const item of list.items()) {
    if (item.node?.kind !== 'scalar' || !item.present) continue
    const needsDomain = checkCondition(item, item.node.scalar, fail, known)
    if (needsDomain && interval >= 0 && interval < leastDomainIntervalMs) {
      spot
        .at('interval')
        .error(
          `${fail}the minimum interval for an endpoint with a condition using the [DOMAIN_EXPIRATION] placeholder is 300s (5m)`,
          'registries limit how often they may be asked',
        )
    }
  }
}

const checked = (condition: Condition): CheckedCondition => ({
  needsDomain: condition.needs.has('domainExpiration'),
  slips: conditionWarnings(condition),
})

/** Reports what is wrong with a condition; tells whether it asks for the expiration of the domain. */
function checkCondition(
  spot: Spot,
  { text: source, fromEnvironment }: Scalar,
  fail: string,
  known: Map<string, CheckedCondition>,
): boolean {
  try {
    const condition = known.get(source) ?? checked(parseCondition(source))
    known.set(source, condition)
    for (const { problem, hint } of condition.slips) {
      if (fromEnvironment) spot.warn('this condition is probably not what is meant')
      else spot.warn(problem, hint)
    }
    return condition.needsDomain
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error
    const format = `${fail}invalid condition format: does not match '<VALUE> <COMPARATOR> <VALUE>'`
    if (fromEnvironment) spot.error(`${format}: ${error.problem}`)
    else spot.error(`${format}: ${error.message}`, undefined, explain(error).split('\n'))
    return /\[DOMAIN_EXPIRATION\]/i.test(source)
  }
}

function checkLabels(spot: Spot, labels: Readonly<Record<string, string>>, fail: string): void {
  for (const name of Object.keys(labels)) {
    if (takenLabels.has(name)) {
      const hint = `every metric has one: ${[...takenLabels].join(', ')} are taken`
      spot.at(name).error(`${fail}extra label "${name}" collides with a label of every metric`, hint)
    } else if (!/^[A-Za-z_]\w*$/.test(name)) {
      spot.at(name).warn('unusual name for a metric label', 'Prometheus expects letters, digits and _')
    }
  }
}

function warnOfSuiteKeys(spot: Spot): void {
  for (const key of ['store', 'always-run']) {
    if (spot.at(key).present) spot.at(key).warn('has no effect outside a suite')
  }
}

/** Keys of the past must be nobody's now, and only one endpoint's. */
export function checkPreviousKeys(
  endpoints: readonly { readonly endpoint: Endpoint; readonly spot: Spot }[],
  keys: ReadonlyMap<string, Spot>,
): void {
  const claimed = new Map<string, Spot>()
  for (const { endpoint, spot } of endpoints) {
    for (const previous of endpoint.previousKeys) {
      const list = spot.at('previous-keys')
      const other = claimed.get(previous)
      const current = keys.get(previous)
      if (current !== undefined) {
        list.error(`"${previous}" is the key of the endpoint at ${current.where}`, 'remove it here')
      } else if (other !== undefined && other !== spot) {
        list.error(`"${previous}" is a previous key of the endpoint at ${other.where} too`, 'one can have its history')
      }
      claimed.set(previous, spot)
    }
  }
}
