import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { configJsonSchema, configJsonSchemaText } from './json-schema.ts'
import { parseConfig } from './load.ts'

const docs = readFileSync(fileURLToPath(new URL('../../../../docs/configuration.md', import.meta.url)), 'utf8')

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Paths of all keys that hold values, each with its default as the docs write it. */
function leaves(schema: unknown, path = ''): [path: string, fallback: string][] {
  if (!isRecord(schema)) return []
  const { properties, items, default: fallback } = schema
  if (isRecord(items) && 'properties' in items) return leaves(items, `${path}[]`)
  if (!isRecord(properties)) return [[path, shown(fallback)]]
  return Object.entries(properties).flatMap(([key, value]) => leaves(value, path === '' ? key : `${path}.${key}`))
}

function shown(fallback: unknown): string {
  if (Array.isArray(fallback)) return fallback.length === 0 ? '' : `\`[${fallback.join(', ')}]\``
  if (fallback === undefined || fallback === '' || isRecord(fallback)) return ''
  return `\`${String(fallback).replaceAll('|', '\\|')}\``
}

/** The rows of all tables of keys: below a heading of paths they continue these paths. */
function documented(): Map<string, string> {
  const rows = new Map<string, string>()
  let prefixes: string[] = []
  let isKeys = false
  for (const line of docs.split('\n')) {
    if (line.startsWith('## ')) {
      prefixes = line === '## At the top' ? [''] : [...line.matchAll(/`([^`]+)`/g)].map(([, path = '']) => `${path}.`)
    }
    if (!line.startsWith('|')) isKeys = false
    if (line.startsWith('| key | type | default |')) isKeys = true
    const [, key, , fallback = ''] = /^\| `([^`]+)` \| (.*?) \| ?(.*?) ?(?<!\\)\| .* \|$/.exec(line) ?? []
    if (!isKeys || key === undefined) continue
    for (const prefix of prefixes) rows.set(`${prefix}${key}`, fallback)
  }
  return rows
}

/** Settings of providers are in docs/alerting.md. */
const expected = new Map(leaves(configJsonSchema()).filter(([path]) => !path.startsWith('alerting.')))

describe('the reference', () => {
  test('has a row for every key, and no other', () => {
    expect([...documented().keys()].sort()).toEqual([...expected.keys()].sort())
  })

  test.each([...expected].filter(([, fallback]) => fallback !== ''))('%s has the default %s', (path, fallback) => {
    expect(documented().get(path)).toBe(fallback)
  })
})

describe('the examples', () => {
  const examples = [...docs.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text)

  test('there are some', () => {
    expect(examples.length).toBeGreaterThan(5)
  })

  test.each(examples)('example %# is valid, with nothing to warn of', (text) => {
    const env = { SLACK_WEBHOOK_URL: 'https://hooks.example.org/x' }

    expect(parseConfig([{ file: 'configuration.md', text }], env).warnings).toEqual([])
  })
})

/** `npx vitest run apps/monitor/src/config/docs.test.ts -u` writes it. */
test('schema.json is the one of this configuration', async () => {
  await expect(configJsonSchemaText()).toMatchFileSnapshot(
    fileURLToPath(new URL('../../../../schema.json', import.meta.url)),
  )
})

test('schema.json takes keys for the operator, and no other unknown ones', () => {
  const schema = configJsonSchema()

  expect(schema).toMatchObject({ additionalProperties: false, patternProperties: { '^x-': {} } })
})

test('schema.json asks for what an endpoint cannot do without', () => {
  expect(JSON.stringify(configJsonSchema())).toContain('"required":["name","url","conditions"]')
})
