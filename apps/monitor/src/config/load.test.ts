// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as the configuration has them

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ConfigError, formatIssue } from './issues.ts'
import { loadConfig, parseConfig } from './load.ts'
import type { LoadOptions } from './sources.ts'

const endpoint = (name: string) => `{name: ${name}, url: "https://example.org", conditions: ["[STATUS] == 200"]}`

const configText = (...names: string[]) => `endpoints:\n${names.map((name) => `  - ${endpoint(name)}\n`).join('')}`

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-load-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

const namesOf = (options: LoadOptions) => loadConfig(options).config.endpoints.map(({ name }) => name)

function errorOf(work: () => unknown): string {
  try {
    work()
    return ''
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
}

const parse = (text: string, env = {}) => parseConfig([{ file: 'config.yaml', text }], env)

describe('where the configuration is', () => {
  const files = {
    'config.yaml': configText('here'),
    'config/config.yaml': configText('below'),
    'own.yaml': configText('own'),
    'gatus.yaml': configText('gatus'),
  }

  test.each([
    ['the argument first', { path: 'own.yaml', env: { VEDETTE_CONFIG_PATH: 'gatus.yaml' } }, 'own'],
    ['then our variable', { env: { VEDETTE_CONFIG_PATH: 'own.yaml', GATUS_CONFIG_PATH: 'gatus.yaml' } }, 'own'],
    ['then that of Gatus', { env: { GATUS_CONFIG_PATH: 'gatus.yaml', GATUS_CONFIG_FILE: 'own.yaml' } }, 'gatus'],
    ['then the older one', { env: { GATUS_CONFIG_FILE: 'gatus.yaml' } }, 'gatus'],
    ['then config.yaml', { env: {} }, 'here'],
    ['also when that of Gatus names nothing', { env: { GATUS_CONFIG_PATH: 'nothing.yaml' } }, 'here'],
  ])('%s', (_, options, expected) => {
    expect(namesOf({ ...options, workingFolder: folderWith(files) })).toEqual([expected])
  })

  test.each([['config/config.yaml'], ['config/config.yml']])('then %s', (name) => {
    expect(namesOf({ env: {}, workingFolder: folderWith({ [name]: configText('below') }) })).toEqual(['below'])
  })

  test('one that we are told of must be there', () => {
    const workingFolder = folderWith(files)

    expect(errorOf(() => loadConfig({ path: 'no.yaml', env: {}, workingFolder }))).toContain('not found: no.yaml')
    expect(errorOf(() => loadConfig({ env: { VEDETTE_CONFIG_PATH: 'no' }, workingFolder }))).toContain('not found: no')
  })

  test('without any, the message says where it was looked for', () => {
    expect(errorOf(() => loadConfig({ env: {}, workingFolder: folderWith({}) }))).toMatch(/not found.*config\.yaml/)
  })
})

describe('a folder', () => {
  test('is read in the order of names, with what is below where it sorts', () => {
    const workingFolder = folderWith({
      'conf/b.yaml': configText('b'),
      'conf/a/z.yml': configText('az'),
      'conf/B.yaml': configText('upper'),
      'conf/c.json': '{',
      'conf/..data/x.yaml': configText('hidden'),
    })

    expect(namesOf({ path: 'conf', env: {}, workingFolder })).toEqual(['upper', 'az', 'b'])
  })

  test('follows links to files, and none to folders', () => {
    const workingFolder = folderWith({ 'other/a.yaml': configText('a'), 'conf/b.yaml': configText('b') })
    symlinkSync('../other/a.yaml', join(workingFolder, 'conf/a.yaml'))
    symlinkSync('../other', join(workingFolder, 'conf/folder'))

    expect(namesOf({ path: 'conf', env: {}, workingFolder })).toEqual(['a', 'b'])
  })

  test('may be named with ..', () => {
    const workingFolder = folderWith({ 'conf/a.yaml': configText('a'), 'work/x': '' })

    expect(namesOf({ path: '../conf', env: {}, workingFolder: join(workingFolder, 'work') })).toEqual(['a'])
  })

  test('keeps the place of everything', () => {
    const workingFolder = folderWith({
      'conf/a.yaml': configText('a'),
      'conf/b.yaml': `# first line\nendpoints:\n  - {name: b, url: "https://example.org", conditions: ["[STATUS]"]}\n`,
    })

    expect(errorOf(() => loadConfig({ path: 'conf', env: {}, workingFolder }))).toContain(
      'conf/b.yaml:3:56: endpoints[1].conditions[0]: ',
    )
  })

  test('refuses a value that two files set, and says where the other is', () => {
    const workingFolder = folderWith({
      'conf/a.yaml': `${configText('a')}metrics: true\n`,
      'conf/b.yaml': 'metrics: true',
    })

    expect(errorOf(() => loadConfig({ path: 'conf', env: {}, workingFolder }))).toBe(
      'conf/b.yaml:1:1: metrics: only maps and slices/arrays can be merged (already set at conf/a.yaml:3)',
    )
  })

  test('refuses a mapping where there is a list, and takes it where there is nothing', () => {
    const of = (b: string) =>
      loadConfig({
        path: 'conf',
        env: {},
        workingFolder: folderWith({ 'conf/a.yaml': `${configText('a')}web:\n`, 'conf/b.yaml': b }),
      })

    expect(of('web: {port: 81}').config.web.port).toBe(81)
    expect(errorOf(() => of('endpoints: {a: b}'))).toContain('a mapping cannot be merged with a list')
  })

  test('keeps what a variable holds a text, when the file has it in quotes', () => {
    const workingFolder = folderWith({ 'conf/a.yaml': configText('"${NAME}"') })

    expect(namesOf({ path: 'conf', env: { NAME: 'a: b' }, workingFolder })).toEqual(['a: b'])
  })
})

describe('YAML', () => {
  test('only the first document counts', () => {
    expect(parse(`${configText('a')}---\n]`).config.endpoints).toHaveLength(1)
  })

  test('a merge key fills in what is not there, wherever it stands', () => {
    const { config } = parse(`
x-a: &a {interval: 10s, method: PUT}
x-b: &b {interval: 20s, body: b}
endpoints:
  - name: a
    interval: 30s
    <<: [*a, *b]
    url: https://example.org
    conditions: ["[STATUS] == 200"]
`)

    expect(config.endpoints[0]).toMatchObject({ intervalMs: 30_000, method: 'PUT', body: 'b' })
  })

  test('text stays as it is written', () => {
    const { config } = parse(`
endpoints:
  - name: 0x1F
    group: 1.10
    url: https://example.org
    headers: {A: yes, B: 0123, C: 2024-01-01, D: , 5: ~, E: 12:30}
    conditions: ["[STATUS] == 200"]
`)

    expect(config.endpoints[0]).toMatchObject({ name: '0x1F', group: '1.10' })
    expect(config.endpoints[0]?.headers).toMatchObject({
      A: 'yes',
      B: '0123',
      C: '2024-01-01',
      D: '',
      5: '',
      E: '12:30',
    })
  })

  test.each([
    ['010', 8],
    ['0x1F90', 8080],
    ['0o17620', 8080],
    ['8_080', 8080],
    ['8080.9', 8080],
    ['1e3', 1000],
    ['"${PORT}"', 9000],
    ['${PORT}', 9000],
  ])('port: %s is %i', (written, port) => {
    expect(parse(`${configText('a')}web: {port: ${written}}`, { PORT: '9000' }).config.web.port).toBe(port)
  })

  test('aliases of aliases do not grow without measure', () => {
    const lines = ['x-0: &a0 [x, x, x, x, x, x, x, x, x, x]']
    for (let i = 1; i < 30; i++) lines.push(`x-${i}: &a${i} [${`*a${i - 1}, `.repeat(10)}]`)

    expect(errorOf(() => parse(lines.join('\n')))).toMatch(/^config\.yaml:\d+:\d+: invalid YAML: aliases make this/)
  })

  test.each([
    ['[', 100_000],
    ['{a: ', 100_000],
    ['- ', 100_000],
    ['a:\n', 10],
  ])('%j, %i times over, is an error and no crash', (part, count) => {
    expect(errorOf(() => parse(part.repeat(count)))).not.toBe('')
  })

  test('a place behind a variable is that of the file, not of the value', () => {
    const text = `endpoints:\n  - {group: "\${GROUP}", name: a, url: "https://example.org", conditions: [x]}\n`

    expect(errorOf(() => parse(text, { GROUP: 'a much longer text' }))).toContain('config.yaml:2:75: ')
  })
})

test('what came from the environment is not repeated', () => {
  const text = `endpoints:\n  - {name: a, url: "https://example.org", interval: $SECRET, enabled: $SECRET, conditions: ["$SECRET"]}\n`

  const message = errorOf(() => parse(text, { SECRET: 'hunter2' }))

  expect(message.split('\n')).toHaveLength(3)
  expect(message).not.toContain('hunter2')
})

test('ten thousand endpoints are read in a reasonable time', { timeout: 20_000 }, () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `endpoint-${index}`)

  expect(parse(configText(...names)).config.endpoints).toHaveLength(10_000)
})

describe('whatever the text', () => {
  const part = fc.constantFrom(
    ...['endpoints', 'alerting', 'web', 'ui', 'storage', 'maintenance', 'metrics', 'client', 'alerts', 'slack', 'x'],
    ...[
      ':',
      ': ',
      '- ',
      '\n',
      '\n  ',
      '\n    ',
      ' ',
      '[',
      ']',
      '{',
      '}',
      ',',
      '"',
      "'",
      '|',
      '>',
      '&a',
      '*a',
      '<<',
      '!',
      '?',
    ],
    ...[
      '#',
      '$X',
      '${X}',
      '~',
      'null',
      '1',
      '1.5',
      'yes',
      '10s',
      '\t',
      '\u0000',
      '\ud800',
      '\ufeff',
      '---',
      '...',
      '%',
      '@',
    ],
    ...['__proto__', 'constructor', 'toString', 'conditions', 'overrides', 'default-alert', 'windows', 'type', 'group'],
  )
  const text = fc.oneof(
    fc.array(part, { maxLength: 60 }).map((parts) => parts.join('')),
    fc.string({ maxLength: 200 }),
  )

  test('the outcome is a configuration or a ConfigError', () => {
    fc.assert(
      fc.property(text, (random) => {
        errorOf(() => parse(random, { X: 'a: [' }))
        errorOf(() => parse(`${configText('a')}${random}`, { X: ']\n' }))
      }),
      { numRuns: 2_000 },
    )
  })

  /** Any JSON in the place of any section: JSON is YAML. */
  const anything = fc.jsonValue({ maxDepth: 2 })

  test('so it is for any values in any section', () => {
    const section = fc.dictionary(
      fc.constantFrom(
        'type',
        'slack',
        'webhook',
        'overrides',
        'default-alert',
        'group',
        'port',
        'tls',
        'windows',
        'start',
      ),
      anything,
    )
    const root = fc.record(
      {
        endpoints: fc.array(
          fc.record(
            {
              ...{ name: anything, url: anything, conditions: anything, alerts: fc.array(section), client: section },
              ...{ ui: section, headers: anything, interval: anything, 'maintenance-windows': fc.array(section) },
            },
            { requiredKeys: [] },
          ),
        ),
        ...{ alerting: section, web: section, ui: section, storage: section, maintenance: section, metrics: anything },
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(root, (value) => {
        errorOf(() => parse(JSON.stringify(value)))
      }),
      { numRuns: 100 },
    )
  })
})

test('a key that is there twice hides nothing else, and warnings come with the errors that may explain them', () => {
  const text = 'endpoints:\n  - name: a\n    name: b\n    ur1: http://x\n    conditions: ["[STATUS] = 200"]\n'

  expect(() => parse(text)).toThrowError(
    expect.objectContaining({
      message: expect.stringMatching(
        /:3:5: mapping key "name" already defined at line 2\n[\s\S]*invalid condition[\s\S]*:4:5: warning: endpoints\[0\]\.ur1: unknown key \(did you mean "url"\?\)$/,
      ),
    }),
  )
})

test('issues of one file are in the order of its lines', () => {
  try {
    parse('web: {port: -1}\nstorage: {type: x}\nendpoints: [{name: a}]\n')
    expect.unreachable()
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    expect(error.issues.map(({ place }) => place?.line)).toEqual([1, 2, 3, 3])
    expect(error.message).toBe(error.issues.map((issue) => formatIssue(issue)).join('\n'))
  }
})
