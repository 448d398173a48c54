import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { AlertProvider } from '../../apps/monitor/src/alerting/providers/define.ts'
import { providers } from '../../apps/monitor/src/alerting/providers/index.ts'
import { parseConfig } from '../../apps/monitor/src/config/load.ts'

const docs = readFileSync(new URL('../../docs/alerting.md', import.meta.url), 'utf8')

const types: Readonly<Record<string, AlertProvider>> = providers

const env = {
  SLACK_WEBHOOK_URL: 'https://hooks.example.org/slack',
  DISCORD_WEBHOOK_URL: 'https://hooks.example.org/discord',
  DISCORD_PAYMENTS_WEBHOOK_URL: 'https://hooks.example.org/payments',
  STATUS_TOKEN: 't0ken',
  WEBHOOK_SECRET: 'swordfish',
}

const endpoint = `
endpoints:
  - name: example
    url: https://example.org
    conditions: ["[STATUS] == 200"]
`

const examples = [...docs.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => text)

describe('docs/alerting.md', () => {
  test.each(examples)('has an example that is valid: %s', (example) => {
    const text = example.includes('endpoints:') ? example : example + endpoint

    const { config, warnings } = parseConfig([{ file: 'alerting.md', text }], env)

    expect(warnings).toEqual([])
    expect(config.alertProviders).toHaveLength(1)
    for (const { alerts } of config.endpoints) for (const alert of alerts) expect(alert.destination).toBeDefined()
  })

  test('lists exactly the providers there are, and their settings', () => {
    const [, sections = ''] = docs.split('\n## Providers\n')
    const documented = sections.split('\n### ').slice(1)
    const ofProviders = documented.filter((section) => !section.startsWith('client\n'))

    const tables = ofProviders.map((section) => {
      const [type = '', ...lines] = section.split('\n')
      const table = lines.slice(lines.indexOf('| key | default | meaning |') + 2)
      const keys = table.slice(0, table.indexOf('')).map((row) => row.split('`')[1])
      return [type, keys] as const
    })

    const shapes = Object.entries(types).map(([type, { settings }]) => [type, Object.keys(settings.shape).sort()])
    expect(Object.fromEntries(tables.map(([type, keys]) => [type, [...keys].sort()]))).toEqual(
      Object.fromEntries(shapes),
    )
  })
})
