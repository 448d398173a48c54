import type { AlertRule } from '../domain/alert-rule.ts'
import type { Config } from '../domain/config.ts'
import type { Endpoint } from '../domain/endpoint.ts'
import type { Destination } from '../domain/ports.ts'
import type { PlainDestination } from './destination.ts'
import { destinationFrom, plainDestination } from './destination.ts'
import type { CheckedConfig } from './load.ts'

/** `destination` is an index, since most alerts share theirs. */
type PlainRule = Omit<AlertRule, 'destination'> & { readonly destination?: number }

type PlainEndpoint = Omit<Endpoint, 'alerts'> & { readonly alerts: readonly PlainRule[] }

/** A checked configuration as plain data, which one thread sends to another. */
export interface PlainConfig extends Omit<CheckedConfig, 'config'> {
  readonly config: Omit<Config, 'endpoints'> & { readonly endpoints: readonly PlainEndpoint[] }
  readonly destinations: readonly PlainDestination[]
}

export function plainConfig({ config, warnings, fingerprint }: CheckedConfig): PlainConfig {
  const indices = new Map<Destination, number>()
  const indexOf = (destination: Destination) => {
    const index = indices.get(destination) ?? indices.size
    indices.set(destination, index)
    return index
  }
  const plainRule = ({ destination, ...rule }: AlertRule): PlainRule =>
    destination === undefined ? rule : { ...rule, destination: indexOf(destination) }
  const endpoints = config.endpoints.map((endpoint) => ({ ...endpoint, alerts: endpoint.alerts.map(plainRule) }))
  return {
    config: { ...config, endpoints },
    destinations: [...indices.keys()].map(plainDestination),
    warnings,
    fingerprint,
  }
}

export function configFrom({ config, destinations, warnings, fingerprint }: PlainConfig): CheckedConfig {
  const bound = destinations.map(destinationFrom)
  const ruleFrom = ({ destination: index, ...rule }: PlainRule): AlertRule => {
    const destination = index === undefined ? undefined : bound[index]
    return { ...rule, ...(destination !== undefined && { destination }) }
  }
  const endpoints = config.endpoints.map((endpoint) => ({ ...endpoint, alerts: endpoint.alerts.map(ruleFrom) }))
  return { config: { ...config, endpoints }, warnings, fingerprint }
}
