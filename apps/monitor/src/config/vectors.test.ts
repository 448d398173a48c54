import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseCondition } from '@vedette/conditions'
import { describe, expect, test } from 'vitest'
import { vectors } from '../../../../test/support/vectors.ts'
import { providers } from '../alerting/providers/index.ts'
import type { AlertRule } from '../domain/alert-rule.ts'
import type { Config } from '../domain/config.ts'
import type { Endpoint } from '../domain/endpoint.ts'
import { displayName } from '../domain/endpoint.ts'
import type { MaintenanceWindow } from '../domain/maintenance.ts'
import { ConfigError } from './issues.ts'
import type { LoadedConfig } from './load.ts'
import { loadConfig } from './load.ts'

interface ConfigCase {
  readonly yaml?: string
  readonly files?: Readonly<Record<string, string>>
  readonly configPath?: string
  readonly env?: Readonly<Record<string, string>>
  readonly expect?: Record<string, unknown>
  readonly expectedErrorContains?: string | null
}

/** Loads the files of a case; the error when that fails. */
function load({ yaml = '', files = { 'config.yaml': yaml }, configPath = 'config.yaml', env = {} }: ConfigCase) {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-config-'))
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), content)
    }
    return loadConfig({ path: configPath, env, workingFolder: folder })
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const clock = (minute: number) => new Date(minute * 60_000).toISOString().slice(11, 16)

const windowFacts = ({ startMinute, durationMs, timezone, every }: MaintenanceWindow) => ({
  enabled: true,
  start: clock(startMinute),
  durationMs,
  timezone,
  every,
})

const alertFacts = ({ id: _id, destination: _destination, ...alert }: AlertRule) => alert

/** An endpoint in the words of the cases. */
function endpointFacts(endpoint: Endpoint): Record<string, unknown> {
  const { name, group, key, enabled, url, type, method, body, graphql, intervalMs, conditions, headers } = endpoint
  const { timeoutMs, insecure, ignoreRedirect } = endpoint.client
  const { badgeThresholds, ...display } = endpoint.display
  const needs = new Set(conditions.flatMap((condition) => [...parseCondition(condition).needs]))
  return {
    ...{ name, group, key, enabled, url, type, method, body, graphql, intervalMs, conditions, headers },
    displayName: displayName(endpoint),
    extraLabels: endpoint.extraLabels,
    alerts: endpoint.alerts.map(alertFacts),
    maintenanceWindows: endpoint.maintenanceWindows.map(windowFacts),
    client: { timeoutMs, insecure, ignoreRedirect },
    ui: { ...display, badgeResponseTimeThresholds: badgeThresholds },
    needs: { body: needs.has('body'), ip: needs.has('ip'), domainExpiration: needs.has('domainExpiration') },
  }
}

function configFacts(config: Config): Record<string, unknown> {
  const [window] = config.maintenance.windows
  const labels = config.endpoints.flatMap(({ enabled, extraLabels }) => (enabled ? Object.keys(extraLabels) : []))
  const { metrics, concurrency, skipInvalidConfigUpdate, alertProviders } = config
  return {
    ...{ metrics, concurrency, skipInvalidConfigUpdate, alertProviders },
    endpoints: config.endpoints.map(endpointFacts),
    web: config.web,
    storage: config.storage,
    ui: config.ui,
    maintenance: window === undefined ? { enabled: false } : windowFacts(window),
    extraMetricLabels: [...new Set(labels)].sort(),
    security: null,
    externalEndpoints: [],
    suites: [],
  }
}

/** What cases speak of and we have no use for: options that mean nothing here, or that have no reader yet. */
const notCompared = new Set([
  ...[
    'caching',
    'debug',
    'dnsResolver',
    'proxyUrl',
    'storeCookies',
    'tunnel',
    'oauth2',
    'identityAwareProxy',
    'network',
  ],
  ...['hasProviderOverride', 'store', 'alwaysRun', 'announcements', 'connectivity', 'remote', 'tunneling'],
])

/** What is compared as a whole: nothing may be there that is not expected. */
const wholeMaps = new Set(['headers', 'extraLabels'])

/** Our facts, cut down to what is expected of them. */
function compared(expected: unknown, actual: unknown, whole = false): [expected: unknown, actual: unknown] {
  if (expected === '<default>') return ['a text', typeof actual === 'string' && actual !== '' ? 'a text' : actual]
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const pairs = expected.map((item, index) => compared(item, actual[index]))
    return [pairs.map(([item]) => item), [...pairs.map(([, item]) => item), ...actual.slice(expected.length)]]
  }
  if (!isRecord(expected) || !isRecord(actual)) return [expected, actual]
  const names = whole ? Object.keys({ ...actual, ...expected }) : Object.keys(expected)
  const pairs = names
    .filter((name) => !notCompared.has(name))
    .map((name) => [name, compared(expected[name], actual[name], wholeMaps.has(name))] as const)
  return [
    Object.fromEntries(pairs.map(([name, [value]]) => [name, value])),
    Object.fromEntries(pairs.map(([name, [, value]]) => [name, value])),
  ]
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The number of results shown is one of storage here. */
function expectedFacts({ ui, alertProviders, ...rest }: Record<string, unknown>): Record<string, unknown> {
  const { maximumNumberOfResults: _, ...page } = isRecord(ui) ? ui : {}
  const ours = Array.isArray(alertProviders) ? alertProviders.filter((type) => Object.hasOwn(providers, type)) : []
  return {
    ...rest,
    ...(ui !== undefined && { ui: page }),
    ...(alertProviders !== undefined && { alertProviders: ours }),
  }
}

/** Sections that are only warned of: whatever they hold, the configuration starts. */
const needsIgnored = ({ yaml = '' }: ConfigCase) => /^(announcements|connectivity|remote):/m.test(yaml)

/** What we have no reader for yet: such a case must fail, for exactly that reason. */
function needsUnsupported({ yaml = '', files = {}, env = {} }: ConfigCase): boolean {
  const text = [yaml, ...Object.values(files), ...Object.values(env)].join('\n')
  const sections = /^\s*"?(security|suites|external-endpoints|tunneling|dns|ssh|tunnel|oauth2)"?:/m
  const inline = /[{ ](dns|ssh|oauth2|proxy-url|dns-resolver|identity-aware-proxy|tunnel): ?[^ ]/
  const schemes = /(?:^|["' ])(udp|sctp|icmp|tls|starttls|ws|wss|ssh):\/\//m
  return sections.test(text) || inline.test(text) || schemes.test(text) || /type: postgres/.test(text)
}

const errorsOf = (outcome: LoadedConfig | ConfigError): readonly string[] =>
  outcome instanceof ConfigError
    ? outcome.issues.filter(({ severity }) => severity === 'error').map(({ reason }) => reason)
    : []

describe('valid configurations', () => {
  const cases = vectors<ConfigCase>('configs-valid.json')

  test.each(cases.filter((entry) => !needsUnsupported(entry)))('$name', (entry) => {
    const outcome = load(entry)

    if (outcome instanceof ConfigError) throw outcome
    const [expected, actual] = compared(expectedFacts(entry.expect ?? {}), configFacts(outcome.config))
    expect(actual).toEqual(expected)
  })

  test.each(cases.filter(needsUnsupported))(
    '$name: refused for what is not supported yet, and nothing else',
    (entry) => {
      const errors = errorsOf(load(entry))

      expect(errors).not.toEqual([])
      for (const error of errors) expect(error).toMatch(/not supported yet$/)
    },
  )
})

describe('invalid configurations', () => {
  const cases = vectors<ConfigCase>('configs-invalid.json')

  test.each(cases.filter(needsIgnored))('$name: warned of as not supported yet', (entry) => {
    const outcome = load(entry)

    if (outcome instanceof ConfigError) throw outcome
    expect(outcome.warnings.map(({ reason }) => reason)).toEqual([expect.stringMatching(/not supported yet$/)])
  })

  test.each(cases.filter((entry) => !needsIgnored(entry)))('$name', (entry) => {
    const errors = errorsOf(load(entry))

    expect(errors).not.toEqual([])
    if (needsUnsupported(entry)) expect(errors.some((error) => error.endsWith('not supported yet'))).toBe(true)
    else expect(errors.join('\n')).toContain(entry.expectedErrorContains ?? '')
  })
})
