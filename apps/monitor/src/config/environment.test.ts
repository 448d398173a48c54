// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables as the configuration has them

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { expand } from './environment.ts'

const env = { FOO: 'bar', EMPTY: '', NESTED: '$FOO' }

test.each([
  ['$FOO', 'bar'],
  ['${FOO}', 'bar'],
  ['$$FOO', '$FOO'],
  ['$$$FOO', '$bar'],
  ['$$$$FOO', '$$FOO'],
  ['$FOO-BAR', 'bar-BAR'],
  ['$FOO_BAR', ''],
  ['${FOO:-x}', 'bar'],
  ['${EMPTY:-x}', 'x'],
  ['${UNSET:-x y}', 'x y'],
  ['${UNSET:-}', ''],
  ['$NESTED', '$FOO'],
  ['${}', '${}'],
  ['${FOO', '${FOO'],
  ['${FOO $FOO', '${FOO bar'],
  ['$1x $* $(x) $/ ^a$', '$1x $* $(x) $/ ^a$'],
  ['a $', 'a $'],
])('%s becomes %s', (source, expected) => {
  expect(expand(source, env).text).toBe(expected)
})

test('says which variables have no value, but for those with a default', () => {
  const { gaps } = expand('$ONE ${TWO} ${THREE:-3} $EMPTY $FOO', env)

  expect(gaps).toEqual([
    { name: 'ONE', offset: 0 },
    { name: 'TWO', offset: 1 },
  ])
})

test('knows where everything came from', () => {
  const source = 'a: ${FOO}, b: $FOO, c'

  const expanded = expand(source, env)

  expect(expanded.text).toBe('a: bar, b: bar, c')
  expect(expanded.sourceOffset(expanded.text.indexOf('b:'))).toBe(source.indexOf('b:'))
  expect(expanded.sourceOffset(expanded.text.indexOf('ar'))).toBe(source.indexOf('${FOO}'))
  expect(expanded.sourceOffset(expanded.text.indexOf('c'))).toBe(source.indexOf('c'))
  expect(expanded.isFilledIn(3, 6)).toBe(true)
  expect(expanded.isFilledIn(6, 10)).toBe(false)
})

test('every character outside of values has its place in the source', () => {
  const part = fc.constantFrom('$FOO', '${FOO}', '$$', 'x', ' ', '${UNSET:-d}', '$', '{', '}', '\n', '$EMPTY')
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const source = parts.join('')
      const expanded = expand(source, env)
      let last = 0
      for (let offset = 0; offset < expanded.text.length; offset++) {
        const at = expanded.sourceOffset(offset)
        expect(at).toBeGreaterThanOrEqual(last)
        if (!expanded.isFilledIn(offset, offset + 1)) expect(source[at]).toBe(expanded.text[offset])
        last = at
      }
    }),
  )
})

test('a megabyte of open braces takes no time', () => {
  const source = '${A:-'.repeat(200_000)

  expect(expand(source, env).text).toBe(source)
})

describe('values from files', () => {
  const fileWith = (content: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'vedette-secret-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, 'secret'), content)
    return join(folder, 'secret')
  }

  test('NAME_FILE is read when NAME is not set, without the line break at its end', () => {
    expect(expand('$TOKEN', { TOKEN_FILE: fileWith('secret\n\n') }).text).toBe('secret\n')
  })

  test('NAME comes first, even when it is empty', () => {
    expect(expand('$TOKEN', { TOKEN: '', TOKEN_FILE: fileWith('secret') }).text).toBe('')
  })

  test('a file that cannot be read is a gap that says why', () => {
    const { gaps } = expand('${TOKEN:-x}', { TOKEN_FILE: '/no/such/file' })

    expect(gaps).toEqual([{ name: 'TOKEN', offset: 0, failure: expect.stringContaining('ENOENT') }])
  })

  test('a file without end is not read to its end', () => {
    const { gaps } = expand('$TOKEN', { TOKEN_FILE: '/dev/zero' })

    expect(gaps[0]?.failure).toContain('larger than 1 MiB')
  })
})
