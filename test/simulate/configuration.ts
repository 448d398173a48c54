import { parseConfig } from '../../apps/monitor/src/config/load.ts'
import type { AlertRule } from '../../apps/monitor/src/domain/alert-rule.ts'
import type { Config } from '../../apps/monitor/src/domain/config.ts'
import type { Endpoint } from '../../apps/monitor/src/domain/endpoint.ts'
import { endpointKey } from '../../apps/monitor/src/domain/endpoint.ts'
import type { NoticeKind } from '../../apps/monitor/src/domain/notice.ts'
import type { Destination } from '../../apps/monitor/src/domain/ports.ts'
import type { Random } from './random.ts'
import type { Weather } from './weather.ts'

const minuteMs = 60_000

export const providerTypes = ['chat', 'pager', 'hook'] as const

const plain = parseConfig(
  [
    {
      file: 'config.yaml',
      text: 'endpoints: [{ name: plain, url: "https://plain.example.org", conditions: ["[STATUS] == 200"] }]',
    },
  ],
  {},
).config

/** What a request says of its notice. */
export interface Sent {
  readonly id: string
  readonly kind: NoticeKind
  readonly incidentId: string
  readonly key: string
  readonly alertId: string
}

const destinationOf = (type: string, alertId: string): Destination => ({
  type,
  request({ id, kind, incidentId, endpoint: { key } }) {
    const sent: Sent = { id, kind, incidentId, key, alertId }
    return { method: 'POST', url: `https://${type}.example.org/`, headers: {}, body: JSON.stringify(sent) }
  },
  secrets: [],
  timeoutMs: 10_000,
  insecure: false,
})

function ruleOf(random: Random, index: number): AlertRule {
  const type = random.pick(providerTypes)
  return {
    id: `${type}-${index}`,
    type,
    enabled: true,
    failureThreshold: 1 + random.below(4),
    successThreshold: 1 + random.below(3),
    sendOnResolved: random.chance(0.85),
    description: '',
    minimumReminderIntervalMs: random.pick([0, 0, 5 * minuteMs, 30 * minuteMs]),
    destination: destinationOf(type, `${type}-${index}`),
  }
}

const rulesOf = (random: Random) => Array.from({ length: random.below(3) }, (_, index) => ruleOf(random, index))

function endpointOf(random: Random, name: string, { intervalsMs }: Weather): Endpoint {
  const [base] = plain.endpoints
  if (base === undefined) throw new Error('the plain configuration has an endpoint')
  const group = random.pick(['core', 'web'])
  return {
    ...base,
    key: endpointKey(group, name),
    name,
    group,
    url: `https://${name}.example.org`,
    intervalMs: random.pick(intervalsMs),
    alerts: rulesOf(random),
    maintenanceWindows: random.chance(0.2)
      ? [
          {
            startMinute: random.below(1_440),
            durationMs: random.pick([10, 60, 300]) * minuteMs,
            timezone: 'UTC',
            every: [],
          },
        ]
      : [],
  }
}

/** Names are few, so that those of removed endpoints come back. */
const names = ['ada', 'bert', 'cleo', 'dora', 'emil', 'fay', 'gus', 'hal'] as const

export function firstConfig(random: Random, weather: Weather): Config {
  const { endpoints, maximumNumberOfResults } = weather
  const chosen = names.slice(0, endpoints).map((name) => endpointOf(random, name, weather))
  return {
    ...plain,
    endpoints: chosen,
    alerting: true,
    concurrency: random.pick([0, 0, 1, 2]),
    storage: { ...plain.storage, maximumNumberOfResults },
  }
}

/** As the configuration demands: no key twice, and no previous key that is in use. */
function consistent(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const used = new Set<string>()
  const unique = endpoints.filter(({ key }) => !used.has(key) && used.add(key))
  return unique.map((endpoint) => ({
    ...endpoint,
    previousKeys: endpoint.previousKeys.filter((key) => !used.has(key)),
  }))
}

type Change = (
  endpoints: readonly Endpoint[],
  random: Random,
  weather: Weather,
) => { endpoints: readonly Endpoint[]; what: string }

const replaceOne = (
  endpoints: readonly Endpoint[],
  random: Random,
  change: (endpoint: Endpoint) => Endpoint,
  what: string,
) => {
  const chosen = endpoints[random.below(endpoints.length)]
  return {
    endpoints: endpoints.map((endpoint) => (endpoint === chosen ? change(endpoint) : endpoint)),
    what: `${what} ${chosen?.key}`,
  }
}

const add: Change = (endpoints, random, weather) => {
  const endpoint = endpointOf(random, random.pick(names), weather)
  return { endpoints: [...endpoints, endpoint], what: `add ${endpoint.key}` }
}

const remove: Change = (endpoints, random) => {
  const gone = endpoints.length > 1 ? endpoints[random.below(endpoints.length)] : undefined
  return { endpoints: endpoints.filter((endpoint) => endpoint !== gone), what: `remove ${gone?.key}` }
}

const rename: Change = (endpoints, random) => {
  const name = random.pick(names)
  return replaceOne(
    endpoints,
    random,
    (endpoint) => ({
      ...endpoint,
      name,
      key: endpointKey(endpoint.group, name),
      previousKeys: [...endpoint.previousKeys, endpoint.key],
    }),
    `rename to ${name}:`,
  )
}

/** Two become one, under a name that may be new, or that of either. */
const join: Change = (endpoints, random) => {
  const [one, other] = [endpoints[random.below(endpoints.length)], endpoints[random.below(endpoints.length)]]
  const name = random.pick(names)
  if (one === undefined || other === undefined || one === other) return { endpoints, what: 'nothing' }
  const previousKeys = random.chance(0.5) ? [one.key, other.key] : [other.key, one.key]
  const joined: Endpoint = {
    ...one,
    name,
    key: endpointKey(one.group, name),
    previousKeys: [...new Set([...one.previousKeys, ...other.previousKeys, ...previousKeys])],
  }
  return {
    endpoints: endpoints
      .filter((endpoint) => endpoint !== other)
      .map((endpoint) => (endpoint === one ? joined : endpoint)),
    what: `join as ${name}: ${previousKeys}`,
  }
}

const changeRule = (rule: AlertRule, random: Random): readonly AlertRule[] =>
  random.pick([
    [],
    [{ ...rule, enabled: !rule.enabled }],
    [{ ...rule, sendOnResolved: !rule.sendOnResolved }],
    [{ ...rule, failureThreshold: 1 + random.below(4), successThreshold: 1 + random.below(3) }],
    [{ ...rule, minimumReminderIntervalMs: random.pick([0, 5 * minuteMs]) }],
  ])

const changeAlerts: Change = (endpoints, random) =>
  replaceOne(
    endpoints,
    random,
    (endpoint) => ({
      ...endpoint,
      alerts:
        endpoint.alerts.length === 0 ? rulesOf(random) : endpoint.alerts.flatMap((rule) => changeRule(rule, random)),
    }),
    'change the alerts of',
  )

const changeInterval: Change = (endpoints, random, { intervalsMs }) =>
  replaceOne(
    endpoints,
    random,
    (endpoint) => ({ ...endpoint, intervalMs: random.pick(intervalsMs) }),
    'change the interval of',
  )

const switchOnOrOff: Change = (endpoints, random) =>
  replaceOne(endpoints, random, (endpoint) => ({ ...endpoint, enabled: !endpoint.enabled }), 'switch')

const forgetPreviousKeys: Change = (endpoints, random) =>
  replaceOne(endpoints, random, (endpoint) => ({ ...endpoint, previousKeys: [] }), 'forget the previous keys of')

/** Another configuration, as an operator would make it, and what changed. */
export function changedConfig(
  random: Random,
  config: Config,
  weather: Weather,
): { readonly config: Config; readonly what: string } {
  const change = random.pick<Change>([
    add,
    remove,
    rename,
    rename,
    join,
    changeAlerts,
    changeAlerts,
    changeInterval,
    switchOnOrOff,
    forgetPreviousKeys,
  ])
  const { endpoints, what } = change(config.endpoints, random, weather)
  return { config: { ...config, endpoints: consistent(endpoints) }, what }
}
