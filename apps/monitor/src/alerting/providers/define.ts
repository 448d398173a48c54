import type { z } from 'zod'
import type { Notice } from '../../domain/notice.ts'
import type { Destination, OutboundRequest } from '../../domain/ports.ts'
import { secretsOf } from '../mask.ts'
import type { ClientOptions } from './client.ts'

const defaultTimeoutMs = 10_000

/** A kind of place where notices go. */
export interface AlertProvider<Settings extends z.ZodObject = z.ZodObject> {
  /** Its key under `alerting`, and the `type` of alerts that use it. */
  readonly type: string
  /** Its own settings; what all providers share (`default-alert`, `overrides`) is not in here. */
  readonly settings: Settings
  /** Whether `overrides` replace settings for groups. */
  readonly overridable: boolean
  /** Settings that each group override must have, besides its group. */
  readonly mustOverride: readonly string[]
  /** Whether group overrides must name a group, each another one. */
  readonly checksGroups: boolean
  /** A destination out of settings that the schema has read, overrides included. */
  bind(settings: z.output<Settings>): Destination
}

/** A request as a provider writes it. At most one of `json` and `body`. */
export interface WebhookRequest {
  readonly url: string
  /** Default `POST`. */
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON, with its content type. */
  readonly json?: unknown
  readonly body?: string
}

export interface WebhookDefinition<Settings extends z.ZodObject> {
  readonly type: string
  readonly settings: Settings
  /** Default true. */
  readonly overridable?: boolean
  readonly mustOverride?: readonly (keyof z.output<Settings> & string)[]
  /** Default true. */
  readonly checksGroups?: boolean
  /** The `client` section, for providers that have one. */
  readonly client?: (settings: z.output<Settings>) => ClientOptions | undefined
  /** The request that delivers a notice. Pure; throws when there can be none. */
  readonly request: (notice: Notice, settings: z.output<Settings>) => WebhookRequest
}

/** A provider whose notices are one HTTP request each. */
export function defineWebhook<Settings extends z.ZodObject>(
  definition: WebhookDefinition<Settings>,
): AlertProvider<Settings> {
  const { type, settings, overridable = true, mustOverride = [], checksGroups = true, client, request } = definition
  return {
    type,
    settings,
    overridable,
    mustOverride,
    checksGroups,
    bind(bound) {
      const options = client?.(bound) ?? {}
      return {
        type,
        secrets: secretsOf(bound),
        // Without a limit, a provider that never answers would hold its alert for ever.
        timeoutMs: options.timeout !== undefined && options.timeout > 0 ? options.timeout : defaultTimeoutMs,
        insecure: options.insecure ?? false,
        ignoreRedirect: options['ignore-redirect'] ?? false,
        request: (notice) => outbound(request(notice, bound)),
      }
    },
  }
}

function outbound({ url, method = 'POST', headers = {}, json, body }: WebhookRequest): OutboundRequest {
  if (json === undefined) return { url, method, headers, body }
  return { url, method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(json) }
}
