import { createHash } from 'node:crypto'
import { z } from 'zod'
import { duration, flag, integer, text } from '../../lib/fields.ts'
import { Scalar } from '../../lib/scalar.ts'
import type { Spot } from '../spot.ts'

/** One alert of an endpoint, or the `default-alert` of a provider. */
export const alertSchema = z
  .strictObject({
    type: text({ fallback: '' }).describe('The provider that sends it, such as slack.'),
    enabled: flag().optional().describe('Whether it is sent. Default true.'),
    'failure-threshold': integer().optional().describe('Failures in a row that trigger it. Default 3.'),
    'success-threshold': integer().optional().describe('Successes in a row that resolve it. Default 2.'),
    'send-on-resolved': flag().optional().describe('Tell when it is resolved too. Default false.'),
    'minimum-reminder-interval': duration()
      .optional()
      .describe('Least time between reminders while it stays triggered, at least 5m. Default: no reminders.'),
    description: text().optional().describe('Text that goes with it.'),
    'provider-override': z
      .unknown()
      .optional()
      .meta({ type: 'object', description: 'Settings of the provider that are different for this alert.' }),
  })
  .describe('When to tell somebody, and how.')

export type AlertFields = z.output<typeof alertSchema>

export interface AlertValues {
  readonly enabled: boolean
  readonly failureThreshold: number
  readonly successThreshold: number
  readonly sendOnResolved: boolean
  readonly description: string
  readonly minimumReminderIntervalMs: number
}

/** A `default-alert` and where it stands. */
export interface DefaultAlert {
  readonly spot: Spot
  readonly fields: AlertFields
}

const leastReminderIntervalMs = 5 * 60_000

const orDefault = (value: number, fallback: number) => (value > 0 ? value : fallback)

/** What an alert says, then what its default says, then our defaults. `fail` begins the messages of errors. */
export function alertValues(
  spot: Spot,
  fields: AlertFields,
  fallback: DefaultAlert | undefined,
  fail: string,
): AlertValues {
  const defaults = fallback?.fields
  // Zero is absent here, but for a description every text is an answer.
  const reminderMs = fields['minimum-reminder-interval'] || defaults?.['minimum-reminder-interval'] || 0
  const description = fields.description ?? defaults?.description ?? ''
  if (reminderMs !== 0 && reminderMs < leastReminderIntervalMs) {
    const origin = fields['minimum-reminder-interval'] ? spot : fallback?.spot
    origin
      ?.at('minimum-reminder-interval')
      .error(`${fail}minimum-reminder-interval must be either omitted or be at least 5m`)
  }
  if (/["\\]/.test(description)) {
    const origin = fields.description === undefined ? fallback?.spot : spot
    origin?.at('description').error(`${fail}alert description must not have " or \\`, "use ' or / instead")
  }
  return {
    enabled: fields.enabled ?? defaults?.enabled ?? true,
    failureThreshold: orDefault(fields['failure-threshold'] || defaults?.['failure-threshold'] || 0, 3),
    successThreshold: orDefault(fields['success-threshold'] || defaults?.['success-threshold'] || 0, 2),
    sendOnResolved: fields['send-on-resolved'] ?? defaults?.['send-on-resolved'] ?? false,
    description,
    minimumReminderIntervalMs: reminderMs,
  }
}

/** A value as text, the same whatever the order of its keys. */
export function canonical(value: unknown): string {
  if (value instanceof Scalar) return JSON.stringify(value.text)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return ''
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`)
  return `{${entries.sort().join(',')}}`
}

/**
 * The identities of the alerts of one endpoint: their type and a hash of what they say and whom they tell, so that
 * thresholds can change and the state stays. Equal ones are numbered.
 */
export function alertIds(alerts: readonly AlertFields[]): readonly string[] {
  const counts = new Map<string, number>()
  return alerts.map(({ type, description = '', 'provider-override': override }) => {
    const hash = createHash('sha256').update(JSON.stringify([description, canonical(override)]))
    const id = `${type}-${hash.digest('hex').slice(0, 8)}`
    const count = (counts.get(id) ?? 0) + 1
    counts.set(id, count)
    return count === 1 ? id : `${id}-${count}`
  })
}
