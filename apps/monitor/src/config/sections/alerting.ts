import { z } from 'zod'
import type { AlertProvider } from '../../alerting/providers/define.ts'
import { providers } from '../../alerting/providers/index.ts'
import type { AlertRule } from '../../domain/alert-rule.ts'
import type { Destination } from '../../domain/ports.ts'
import { didYouMean } from '../../lib/suggest.ts'
import { notSupportedYet } from '../not-yet.ts'
import type { Spot } from '../spot.ts'
import { alertIds, alertSchema, alertValues } from './alert.ts'
import type { ConfiguredProvider } from './provider.ts'
import { readProvider } from './provider.ts'

const registry: Readonly<Record<string, AlertProvider>> = providers

/** What Gatus can send to. https://github.com/TwiN/gatus#configuring-alerts */
const gatusProviders = new Set(
  [
    'aws-ses clickup custom datadog discord email github gitlab gitea googlechat gotify homeassistant ifttt ilert',
    'incident-io line matrix mattermost messagebird newrelic n8n ntfy opsgenie pagerduty plivo pushover rocketchat',
    'sendgrid signal signl4 slack splunk squadcast teams teams-workflows telegram twilio vonage webex zapier zulip',
  ].flatMap((names) => names.split(' ')),
)

const withShared = ({ settings, overridable }: AlertProvider) => {
  const own = z.strictObject(settings.shape)
  return z.strictObject({
    ...settings.shape,
    'default-alert': alertSchema.optional(),
    ...(overridable && { overrides: z.array(own.partial().extend({ group: z.string() })).optional() }),
  })
}

/** For `schema.json`: the settings of every provider. */
export const alertingSchema = z
  .strictObject(
    Object.fromEntries(Object.entries(registry).map(([type, provider]) => [type, withShared(provider).optional()])),
  )
  .describe('Where alerts are sent.')

export interface Alerting {
  readonly configured: boolean
  /** Types of the providers that are configured and valid, sorted. */
  readonly types: readonly string[]
  /** Where alerts of a group go that override nothing. */
  destinationOf(type: string, group: string): Destination | undefined
  /** The alerts of one endpoint. `fail` begins the messages of errors. */
  rulesOf(group: string, alerts: Spot, fail: string): readonly AlertRule[]
  /** To be called in the end: warns of the alerts that are never sent, once for each type. */
  warnOfUnsent(): void
}

export function readAlerting(spot: Spot): Alerting {
  const configured = readProviders(spot)
  const unsent = new Map<string, { readonly first: Spot; count: number }>()

  const ruleOf = (alert: Spot, fields: z.output<typeof alertSchema>, id: string, group: string, fail: string) => {
    const provider = configured.get(fields.type)
    const values = alertValues(alert, fields, provider?.defaultAlert, fail)
    const destination = provider?.destination(group, alert.at('provider-override'))
    if (values.enabled && provider === undefined) {
      const known = unsent.get(fields.type)
      if (known === undefined) unsent.set(fields.type, { first: alert, count: 1 })
      else known.count++
    }
    return { id, type: fields.type, ...values, ...(destination !== undefined && { destination }) }
  }

  return {
    configured: spot.present,
    types: [...configured.keys()].sort(),
    destinationOf: (type, group) => configured.get(type)?.destination(group, spot.at(type).at('provider-override')),
    rulesOf(group, alerts, fail) {
      const spots = alerts.items()
      const fields = spots.map((alert) => alert.readSection(alertSchema))
      const ids = alertIds(fields)
      return spots.map((alert, index) =>
        ruleOf(alert, fields[index] ?? alertSchema.parse({}), ids[index] ?? '', group, fail),
      )
    },
    warnOfUnsent() {
      for (const [type, { first, count }] of unsent) {
        const others = ['', ', nor is another of this type'][count - 1] ?? `, nor are ${count - 1} others of this type`
        const { reason, hint } = whyUnsent(type, spot)
        first.at('type').warn(`this alert is never sent${others}: ${reason}`, hint)
      }
    },
  }
}

function whyUnsent(type: string, alerting: Spot): { reason: string; hint: string | undefined } {
  if (type === '') return { reason: 'it has no type', hint: 'name a provider, such as type: slack' }
  const section = alerting.at(type)
  if (registry[type] === undefined) {
    if (gatusProviders.has(type)) return { reason: `provider ${type} is ${notSupportedYet}`, hint: undefined }
    return { reason: `there is no provider "${type}"`, hint: didYouMean(type, Object.keys(registry)) }
  }
  if (section.present) return { reason: `provider ${type} is left out`, hint: `see ${section.where}` }
  return { reason: `provider ${type} is not configured`, hint: `add ${type} below alerting` }
}

function readProviders(spot: Spot): ReadonlyMap<string, ConfiguredProvider> {
  const configured = new Map<string, ConfiguredProvider>()
  if (spot.present && spot.node?.kind !== 'mapping') spot.error('expected a mapping')
  for (const type of spot.keys()) {
    const section = spot.at(type)
    const provider = Object.hasOwn(registry, type) ? registry[type] : undefined
    if (provider === undefined) {
      if (!gatusProviders.has(type)) section.warn('unknown key', didYouMean(type, Object.keys(registry)))
      else if (section.present) section.warn(notSupportedYet, 'its alerts will not be sent')
    } else if (section.present) {
      const read = readProvider(section, provider)
      if (read !== undefined) configured.set(type, read)
    }
  }
  return configured
}
