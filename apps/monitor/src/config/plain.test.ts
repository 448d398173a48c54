import { describe, expect, test } from 'vitest'
import { sampleNotice } from '../alerting/sample.ts'
import { parseConfig } from './load.ts'
import { configFrom, plainConfig } from './plain.ts'

const text = `
alerting:
  slack:
    webhook-url: https://hooks.example.org/T0/secret-path
    overrides:
      - {group: core, webhook-url: "https://hooks.example.org/T1/other-path"}
  custom:
    url: https://example.org/notify
    method: PUT
    body: '{"what": "[ENDPOINT_NAME]", "key": "[ALERT_DESCRIPTION]"}'
    headers: {Authorization: Bearer secret-token, secret: plain}
    client: {timeout: 3s, insecure: true}
endpoints:
  - name: a
    group: core
    url: https://example.org/health
    conditions: ["[STATUS] == 200", "[BODY].items == 0x10"]
    alerts: [{type: slack}, {type: custom, description: broken}, {type: discord}]
    maintenance-windows: [{start: "23:00", duration: 1h, every: [Monday]}]
  - name: b
    url: tcp://127.0.0.1:5432
    interval: 30s
    conditions: ["[CONNECTED] == true"]
    alerts: [{type: slack}, {type: custom, provider-override: {url: "https://example.org/else"}}]
  - name: c
    group: core
    url: https://example.org
    conditions: ["[STATUS] == 200"]
    alerts: [{type: slack}]
`

const notice = sampleNotice({ type: 'custom', kind: 'trigger', now: 0, incidentId: 'incident' })

/** A configuration, and what arrives of it in another thread. */
function sent() {
  const loaded = parseConfig([{ file: 'config.yaml', text }], {})
  const arrived = configFrom(structuredClone(plainConfig(loaded)))
  return { loaded, arrived, rules: (config = arrived.config) => config.endpoints.flatMap(({ alerts }) => alerts) }
}

describe('a configuration from another thread', () => {
  test('says what it said there', () => {
    const { loaded, arrived } = sent()
    const withoutDestinations = ({ config }: Pick<typeof arrived, 'config'>) => ({
      ...config,
      endpoints: config.endpoints.map((endpoint) => ({
        ...endpoint,
        alerts: endpoint.alerts.map(({ destination, ...rule }) => ({ ...rule, type: destination?.type })),
      })),
    })

    expect(withoutDestinations(arrived)).toEqual(withoutDestinations(loaded))
    expect(arrived.warnings).toEqual(loaded.warnings)
    expect(arrived.warnings).toHaveLength(1)
    expect(arrived.fingerprint).toBe(loaded.fingerprint)
  })

  test('sends the notices it would have sent there', () => {
    const { loaded, rules } = sent()
    const requests = (all: ReturnType<typeof rules>) =>
      all.map(({ destination }) => {
        if (destination === undefined) return undefined
        const { request, ...rest } = destination
        return { ...rest, request: request(notice) }
      })

    expect(requests(rules())).toEqual(requests(rules(loaded.config)))
    expect(requests(rules()).map((sending) => sending?.request.url)).toEqual([
      'https://hooks.example.org/T1/other-path',
      'https://example.org/notify',
      undefined,
      'https://hooks.example.org/T0/secret-path',
      'https://example.org/else',
      'https://hooks.example.org/T1/other-path',
    ])
  })

  test('binds a destination once, however many alerts share it', () => {
    const { rules } = sent()
    const [first, , , , , last] = rules()

    expect(first?.destination).toBe(last?.destination)
  })

  test('can be sent on', () => {
    const { arrived } = sent()

    expect(plainConfig(configFrom(structuredClone(plainConfig(arrived))))).toEqual(plainConfig(arrived))
  })
})
