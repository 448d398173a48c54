import { describe, expect, test } from 'vitest'
import { providerContract } from '../../../../../test/contracts/provider.ts'
import { vectors } from '../../../../../test/support/vectors.ts'
import type { Notice } from '../../domain/notice.ts'
import type { ConditionResult } from '../../domain/result.ts'
import { sampleNotice } from '../sample.ts'
import type { AlertProvider } from './define.ts'
import { providers } from './index.ts'

const types: Readonly<Record<string, AlertProvider>> = providers

providerContract({
  provider: providers.custom,
  settings: (url, secret) => ({
    url: `${url}/in/[ENDPOINT_NAME]?token=${secret}`,
    method: 'POST',
    headers: { authorization: `Bearer ${secret}` },
    body: '[ALERT_TRIGGERED_OR_RESOLVED] [ALERT_DESCRIPTION] [RESULT_ERRORS] [RESULT_CONDITIONS]',
  }),
})
providerContract({
  provider: providers.discord,
  settings: (url, secret) => ({ 'webhook-url': `${url}/api/webhooks/1/${secret}` }),
})
providerContract({
  provider: providers.slack,
  settings: (url, secret) => ({ 'webhook-url': `${url}/services/T0/B0/${secret}` }),
})
providerContract({
  provider: providers.webhook,
  settings: (url, secret) => ({ url: `${url}/${secret}`, headers: { 'x-api-key': secret }, secret }),
})

interface RequestCase {
  readonly provider: string
  readonly config: Readonly<Record<string, unknown>> & {
    readonly overrides?: readonly (Record<string, unknown> & { readonly group: string })[]
  }
  readonly alert: Readonly<Record<string, unknown>> & {
    readonly 'failure-threshold'?: number
    readonly 'success-threshold'?: number
    readonly description?: string
    readonly 'send-on-resolved'?: boolean
  }
  readonly endpoint: { readonly name: string; readonly group?: string; readonly url: string }
  readonly conditionResults: readonly ConditionResult[]
  readonly result?: { readonly errors?: readonly string[] }
  readonly resolved: boolean
  readonly expected: {
    readonly method: string
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: unknown
  }
}

function noticeOf({ provider, alert, endpoint, conditionResults, result, resolved }: RequestCase): Notice {
  const sample = sampleNotice({ type: provider, kind: resolved ? 'resolve' : 'trigger', now: 0, incidentId: 'i' })
  return {
    ...sample,
    endpoint: { key: '', name: endpoint.name, group: endpoint.group ?? '', url: endpoint.url },
    alert: {
      type: provider,
      description: alert.description ?? '',
      failureThreshold: alert['failure-threshold'] ?? 3,
      successThreshold: alert['success-threshold'] ?? 2,
      sendOnResolved: alert['send-on-resolved'] ?? false,
    },
    result: { ...sample.result, errors: result?.errors ?? [], conditions: conditionResults },
  }
}

const isOurs = ({ provider }: RequestCase) => provider in types
const cases = vectors<RequestCase>('alert-requests.json').filter(isOurs)

describe.runIf(cases.length > 0)('the requests in alert-requests.json', () => {
  test.each(cases)('$name', (entry) => {
    const { provider, config, endpoint, expected } = entry
    const { overrides = [], ...settings } = config
    const override = overrides.find(({ group }) => group === endpoint.group) ?? {}
    const definition = types[provider]
    expect(definition).toBeDefined()
    if (definition === undefined) return

    const bound = definition.bind(definition.settings.parse({ ...settings, ...override }))
    const { method, url, headers, body } = bound.request(noticeOf(entry))

    const lowerCase = (all: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(all).map(([name, value]) => [name.toLowerCase(), value]))
    const isJson = typeof expected.body === 'object'
    expect({ method, url, body: isJson ? JSON.parse(body ?? '') : body }).toEqual({
      method: expected.method,
      url: expected.url,
      body: expected.body,
    })
    expect(lowerCase(headers)).toMatchObject(lowerCase(expected.headers))
  })
})

test('each provider is registered under its type', () => {
  for (const [name, { type }] of Object.entries(types)) expect(name).toBe(type)
})
