import { describe, expect, test } from 'vitest'
import type { AlertRule } from '../../domain/alert-rule.ts'
import type { Notice } from '../../domain/notice.ts'
import { ConfigError } from '../issues.ts'
import type { LoadedConfig } from '../load.ts'
import { parseConfig } from '../load.ts'

/** JSON is YAML. */
function load(alerting: unknown, alerts: unknown[], group = 'core'): LoadedConfig {
  const endpoint = { name: 'a', group, url: 'https://example.org', conditions: ['[STATUS] == 200'], alerts }
  const text = JSON.stringify({ alerting, endpoints: [endpoint] })
  return parseConfig([{ file: 'config.yaml', text }], {})
}

const rulesOf = (...options: Parameters<typeof load>): readonly AlertRule[] =>
  load(...options).config.endpoints.flatMap(({ alerts }) => alerts)

const notice: Notice = {
  kind: 'trigger',
  endpoint: { key: 'core_a', name: 'a', group: 'core', url: 'https://example.org' },
  alert: { type: 'slack', description: '', failureThreshold: 3, successThreshold: 2, sendOnResolved: false },
  incidentId: 'incident',
  triggeredAt: 0,
  result: { at: 0, success: false, durationMs: 1, errors: [], conditions: [] },
  id: 'notice',
  sentAt: 0,
  late: false,
}

const urlOf = ({ destination }: AlertRule) => destination?.request(notice).url

const slack = { 'webhook-url': 'https://hooks.example.org/base' }

describe('what an alert says', () => {
  test('comes from the alert, then from its default, then from us', () => {
    const alerting = {
      slack: {
        ...slack,
        'default-alert': { 'failure-threshold': 7, 'send-on-resolved': true, description: 'default', enabled: false },
      },
    }

    const [own, inherited] = rulesOf(alerting, [
      { type: 'slack', 'failure-threshold': 2, 'send-on-resolved': false, description: '', enabled: true },
      { type: 'slack' },
    ])

    expect(own).toMatchObject({ enabled: true, failureThreshold: 2, sendOnResolved: false, description: '' })
    expect(inherited).toMatchObject({
      enabled: false,
      failureThreshold: 7,
      sendOnResolved: true,
      description: 'default',
    })
    expect(inherited).toMatchObject({ successThreshold: 2, minimumReminderIntervalMs: 0 })
  })

  test('a threshold of 0 is none, and a negative one is ours', () => {
    const alerting = { slack: { ...slack, 'default-alert': { 'failure-threshold': 7 } } }

    const rules = rulesOf(alerting, [
      { type: 'slack', 'failure-threshold': 0 },
      { type: 'slack', 'failure-threshold': -1 },
    ])

    expect(rules.map(({ failureThreshold }) => failureThreshold)).toEqual([7, 3])
  })

  test('a default that is wrong is an error where it is used, at its own place', () => {
    const alerting = { slack: { ...slack, 'default-alert': { 'minimum-reminder-interval': '1m' } } }

    expect(() => load(alerting, [{ type: 'slack' }])).toThrow(
      /alerting\.slack\.default-alert\.minimum-reminder-interval: invalid endpoint core_a: minimum-reminder-interval/,
    )
    expect(load(alerting, []).config.alertProviders).toEqual(['slack'])
  })
})

describe('where an alert goes', () => {
  const alerting = {
    slack: {
      ...slack,
      overrides: [
        { group: 'core', 'webhook-url': 'https://hooks.example.org/core' },
        { group: 'other', 'webhook-url': 'https://hooks.example.org/other' },
      ],
    },
  }

  test('is set by the provider, then by the group, then by the alert', () => {
    const override = { 'webhook-url': 'https://hooks.example.org/alert' }

    expect(rulesOf(alerting, [{ type: 'slack' }], 'third').map(urlOf)).toEqual(['https://hooks.example.org/base'])
    expect(rulesOf(alerting, [{ type: 'slack' }], 'core').map(urlOf)).toEqual(['https://hooks.example.org/core'])
    expect(rulesOf(alerting, [{ type: 'slack', 'provider-override': override }]).map(urlOf)).toEqual([
      'https://hooks.example.org/alert',
    ])
  })

  test('an override sets nothing with what is empty', () => {
    const override = { 'webhook-url': '', title: 'Title' }

    expect(rulesOf(alerting, [{ type: 'slack', 'provider-override': override }]).map(urlOf)).toEqual([
      'https://hooks.example.org/core',
    ])
  })

  test('lists and mappings are replaced as a whole', () => {
    const [rule] = rulesOf({ custom: { url: 'https://example.org', headers: { A: 'a', B: 'b' } } }, [
      { type: 'custom', 'provider-override': { headers: { C: 'c' } } },
    ])

    expect(rule?.destination?.request(notice).headers).toEqual({ C: 'c' })
  })

  test('alerts with the same settings share a destination', () => {
    const [first, second] = rulesOf(alerting, [{ type: 'slack' }, { type: 'slack', 'failure-threshold': 9 }])

    expect(first?.destination).toBeDefined()
    expect(first?.destination).toBe(second?.destination)
  })

  test('an override that makes no valid settings is a warning at its place, and the alert goes nowhere', () => {
    const { config, warnings } = load({ slack }, [
      { type: 'slack', 'provider-override': { 'webhook-url': 'nonsense' } },
    ])

    expect(config.endpoints[0]?.alerts[0]?.destination).toBeUndefined()
    expect(warnings).toEqual([
      expect.objectContaining({ path: 'endpoints[0].alerts[0].provider-override.webhook-url', severity: 'warning' }),
    ])
  })

  test('a provider with wrong settings is left out, and its default alert with it', () => {
    const { config, warnings } = load({ slack: { 'webhook-url': 'x', 'default-alert': { 'failure-threshold': 9 } } }, [
      { type: 'slack' },
    ])

    expect(config.alertProviders).toEqual([])
    expect(config.endpoints[0]?.alerts[0]).toMatchObject({ failureThreshold: 3 })
    expect(warnings.map(({ path }) => path)).toEqual(['alerting.slack.webhook-url', 'endpoints[0].alerts[0].type'])
  })

  test('a setting of the wrong type is an error', () => {
    expect(() => load({ slack: { 'webhook-url': ['x'] } }, [])).toThrow(ConfigError)
    expect(() => load({ custom: { url: 'https://example.org', client: 'x' } }, [])).toThrow(
      /custom\.client: expected a/,
    )
    expect(() => load({ slack }, [{ type: 'slack', 'provider-override': { title: { a: 'b' } } }])).toThrow(
      /override\.title: exp/,
    )
  })

  test('overrides without a group of their own leave the provider out', () => {
    const withGroups = (...groups: string[]) => {
      const overrides = groups.map((group) => ({ group, 'webhook-url': 'https://hooks.example.org/x' }))
      return load({ slack: { ...slack, overrides } }, []).config.alertProviders
    }

    expect(withGroups('a', 'b')).toEqual(['slack'])
    expect(withGroups('a', 'a')).toEqual([])
    expect(withGroups('')).toEqual([])
  })

  test('alerts that nobody sends are told of once for each type', () => {
    const { warnings } = load({}, [{ type: 'slack' }, { type: 'slack' }, { type: 'slack', enabled: false }])

    expect(warnings.map(({ reason }) => reason)).toEqual([
      'this alert is never sent, nor is another of this type: provider slack is not configured',
    ])
  })
})

describe('the identity of an alert', () => {
  const idOf = (alert: unknown, alerting: unknown = { slack }) => rulesOf(alerting, [alert])[0]?.id

  test('stays when thresholds and defaults change', () => {
    const before = idOf({ type: 'slack', description: 'x', 'failure-threshold': 1 })

    expect(idOf({ type: 'slack', description: 'x', 'failure-threshold': 5, 'send-on-resolved': true })).toBe(before)
    expect(
      idOf({ type: 'slack', description: 'x' }, { slack: { ...slack, 'default-alert': { description: 'd' } } }),
    ).toBe(before)
  })

  test('differs with the description and the override', () => {
    const ids = [
      idOf({ type: 'slack' }),
      idOf({ type: 'slack', description: 'x' }),
      idOf({ type: 'slack', 'provider-override': { title: 'x' } }),
    ]

    expect(new Set(ids).size).toBe(3)
  })

  test('does not depend on the order of keys', () => {
    expect(idOf({ type: 'slack', 'provider-override': { a: '1', b: '2' } })).toBe(
      idOf({ type: 'slack', 'provider-override': { b: '2', a: '1' } }),
    )
  })

  test('equal alerts are numbered', () => {
    const [first, second] = rulesOf({ slack }, [{ type: 'slack' }, { type: 'slack' }])

    expect(second?.id).toBe(`${first?.id}-2`)
  })
})

test('alerting is configured when its section is there', () => {
  expect(load({}, []).config.alerting).toBe(true)
  expect(load(null, []).config.alerting).toBe(false)
})
