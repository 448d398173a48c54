import { ConfigError } from '../../../apps/monitor/src/config/issues.ts'
import { parseConfig } from '../../../apps/monitor/src/config/load.ts'
import type { Random } from '../../simulate/random.ts'
import type { FuzzBook } from './book.ts'
import { mutated, noise } from './text.ts'

const documents: readonly [string, ...string[]] = [
  `metrics: true
web: {address: 127.0.0.1, port: 8080, base-path: /status}
storage: {type: sqlite, path: data.db, maximum-number-of-results: 100}
defaults: &defaults
  interval: 30s
  conditions: ["[STATUS] == 200", "[BODY].status == UP"]
endpoints:
  - <<: *defaults
    name: website
    group: core
    url: https://example.org/health
    alerts:
      - type: slack
        failure-threshold: 2
        description: "down"
alerting:
  slack: {webhook-url: "\${SLACK_URL:-https://hooks.example.org/x}"}
`,
  `endpoints:
- name: tcp
  url: tcp://localhost:5432
  interval: 1m30s
  client: {timeout: 5s, insecure: yes}
  conditions:
  - '[CONNECTED] == true'
- name: grpc
  enabled: off
  url: grpc://localhost:50051/shop.Cart
  conditions: ['[BODY].status == SERVING']
  maintenance-windows:
  - {start: "23:00", duration: 1h, timezone: Europe/Berlin, every: [Monday]}
maintenance: {enabled: false, start: "01:00", duration: 30m}
`,
  `ui:
  title: "Überwachung 😀"
  buttons: [{name: home, link: "https://example.org"}]
  custom-css: |
    body { color: red }
endpoints:
  - {name: a, url: 'http://a', headers: {X-A: "1"}, body: >-
      {"a": 1}
    , method: POST, graphql: true, conditions: ["len([BODY]) > 0"], previous-keys: [_b]}
`,
]

const words: readonly [string, ...string[]] = [
  '&a ',
  '*a',
  '*defaults',
  '<<: ',
  '- ',
  ': ',
  '\n',
  '\n  ',
  '\t',
  '{',
  '}',
  '[',
  ']',
  '? ',
  '| ',
  '>-\n',
  '!!binary ',
  '!!python/object:os.system ',
  '--- ',
  '...\n',
  '%YAML 1.1\n',
  '# ',
  'null',
  'yes',
  '0o17',
  '1_000',
  '.inf',
  '2026-11-21',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is how a configuration names a variable.
  '${A:-${B:-c}}',
  '${',
  '$$',
  'endpoints:\n',
  'name: x\n',
  'url: http://x\n',
  'conditions: ["[STATUS] == 200"]\n',
]

/** Values in places where others are expected. */
const values: readonly [unknown, ...unknown[]] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  9007199254740993n.toString(),
  '',
  ' ',
  'a',
  '30s',
  '-1s',
  '99999999999h',
  'https://user:pass@example.org:99999/%zz',
  'tcp://[::1]:65536',
  'grpc://',
  'javascript:alert(1)',
  [],
  {},
  [[]],
  ['[STATUS] == '],
  { name: 'x' },
  [{ name: 'x', url: 'http://x', conditions: ['[STATUS] == 200'] }],
  '\u0000',
  '__proto__',
]

const base = (): unknown => ({
  metrics: true,
  concurrency: 5,
  web: { port: 8080, address: '0.0.0.0', 'read-buffer-size': 8192, 'base-path': '/x' },
  storage: { type: 'sqlite', path: 'x.db', 'maximum-number-of-results': 10, retention: { days: 10 } },
  ui: { title: 'x', header: 'y', buttons: [{ name: 'a', link: 'https://x' }], 'default-sort-by': 'name' },
  alerting: {
    slack: { 'webhook-url': 'https://x', overrides: [{ group: 'g', 'webhook-url': 'https://y' }] },
    discord: { 'webhook-url': 'https://x', 'default-alert': { 'failure-threshold': 3 } },
    custom: { url: 'https://x', method: 'POST', body: '[ALERT_DESCRIPTION]', placeholders: { A: { B: 'c' } } },
    webhook: { url: 'https://x', secret: 's', headers: { A: 'b' } },
  },
  maintenance: { start: '23:00', duration: '1h', every: ['Monday'], timezone: 'UTC' },
  endpoints: [
    {
      name: 'a',
      group: 'g',
      url: 'https://example.org',
      method: 'GET',
      interval: '30s',
      headers: { A: 'b' },
      body: 'x',
      conditions: ['[STATUS] == 200'],
      client: { timeout: '5s', insecure: false, 'ignore-redirect': true },
      ui: { 'hide-url': true, badge: { 'response-time': { thresholds: [50, 200, 300, 500, 750] } } },
      alerts: [{ type: 'slack', 'send-on-resolved': true }],
      'maintenance-windows': [{ start: '10:00', duration: '1h' }],
      'extra-labels': { a: 'b' },
      'previous-keys': ['_old'],
    },
  ],
})

/** Puts something else into a place of a document, chosen at random. */
function disturbed(node: unknown, random: Random): unknown {
  if (random.chance(0.08)) return random.pick(values)
  if (Array.isArray(node)) {
    const items = node.map((item) => disturbed(item, random))
    return random.chance(0.05) ? [...items, ...items, random.pick(values)] : items
  }
  if (typeof node !== 'object' || node === null) return random.chance(0.05) ? random.pick(values) : node
  const entries = Object.entries(node).flatMap(([key, value]): [string, unknown][] => {
    if (random.chance(0.04)) return []
    return [[random.chance(0.03) ? mutated(key, random, ['-', 'a']) : key, disturbed(value, random)]]
  })
  return Object.fromEntries(entries)
}

/** Whether a text is a configuration. */
function isAccepted(text: string): boolean {
  try {
    parseConfig([{ file: 'config.yaml', text }], { A: 'a', B: '' })
    return true
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    if (error.message.trim() === '') throw new Error('a problem without words')
    return false
  }
}

/** Whatever the text, it is a configuration, or has problems that are told. */
export function fuzzYaml(random: Random, count: number, book: FuzzBook): void {
  for (let index = 0; index < count; index += 1) {
    const text = random.chance(0.1) ? noise(random, 500) : mutated(random.pick(documents), random, words)
    book.try(text, () => isAccepted(text))
  }
}

/** The same of documents that are sound as YAML, with values that nobody expects. */
export function fuzzConfigurations(random: Random, count: number, book: FuzzBook): void {
  for (let index = 0; index < count; index += 1) {
    const text = JSON.stringify(disturbed(base(), random)) ?? 'null'
    book.try(text, () => isAccepted(text))
  }
}
