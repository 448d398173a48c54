import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { decimal, duration, flag, integer, oneOf, secretMap, secretText, text, textList, textMap } from './fields.ts'
import { Scalar } from './scalar.ts'

const plain = (source: string) => new Scalar(source)
const quoted = (source: string) => new Scalar(source, { quoted: true })

/** What a schema makes of an input: the value, or the message and hint. */
function read(schema: z.ZodType, input: unknown): unknown {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const { hint }: Record<string, unknown> = (issue?.code === 'custom' && issue.params) || {}
  return `${issue?.message}${hint === undefined ? '' : ` (${hint})`}`
}

test.each([
  [plain('1.10'), '1.10'],
  [plain('yes'), 'yes'],
  [quoted(''), ''],
  [undefined, 'is required'],
  [[], 'expected a text, not a list'],
  [{}, 'expected a text, not a mapping'],
])('text() reads %o as %j', (input, expected) => {
  expect(read(text(), input)).toBe(expected)
})

test.each([
  ['8080', 8080],
  ['-5', -5],
  ['+5', 5],
  ['010', 8],
  ['08', 8],
  ['0x1f', 31],
  ['0b101', 5],
  ['0o17', 15],
  ['1_000', 1000],
  ['3.7', 3],
  ['-3.7', -3],
  ['1e3', 1000],
  ['.5', 0],
  ['1e999', 'expected an integer, not "1e999"'],
  ['99999999999999999999', 'this number is too large'],
  ['.inf', 'expected an integer, not ".inf"'],
  ['abc', 'expected an integer, not "abc"'],
  ['true', 'expected an integer, not "true"'],
])('integer() reads %s as %j', (source, expected) => {
  expect(read(integer(), plain(source))).toBe(expected)
})

test('numbers in quotes are no numbers, unless they were filled in', () => {
  expect(read(integer(), quoted('80'))).toBe('expected an integer, not "80" (remove the quotes)')
  expect(read(integer(), new Scalar('80', { quoted: true, fromEnvironment: true }))).toBe(80)
})

test('decimal() keeps what is behind the point', () => {
  expect(read(decimal(), plain('0.75'))).toBe(0.75)
})

test.each([
  [plain('true'), true],
  [plain('FALSE'), false],
  [plain('yes'), true],
  [quoted('off'), false],
  [quoted('true'), 'expected true or false, not "true" (remove the quotes)'],
  [plain('1'), 'expected true or false, not "1"'],
])('flag() reads %o as %j', (input, expected) => {
  expect(read(flag(), input)).toBe(expected)
})

test.each([
  [plain('1h30m'), 5_400_000],
  [plain('2d'), 172_800_000],
  [plain('-5m'), -300_000],
  [quoted('0'), 0],
  [plain('500us'), 0.5],
  [
    plain('60'),
    'expected a duration such as 30s, 5m or 1h30m, not the number "60" (durations need a unit: 60s for seconds)',
  ],
  [plain('1D'), 'expected a duration such as 30s, 5m or 1h30m, not "1D"'],
])('duration() reads %o as %j', (input, expected) => {
  expect(read(duration(), input)).toBe(expected)
})

test('oneOf() takes its words as they are spelt, and guesses', () => {
  const schema = oneOf(['name', 'group'])

  expect(read(schema, plain('group'))).toBe('group')
  expect(read(schema, plain('Group'))).toBe('must be one of name, group, not "Group" (did you mean "group"?)')
})

test('textList() takes lists alone, and leaves out nulls', () => {
  expect(read(textList(), [plain('a'), undefined, plain('1')])).toEqual(['a', '1'])
  expect(read(textList(), plain('a'))).toBe('expected a list, not a single value (write it as ["a"])')
  expect(read(textList(), {})).toBe('expected a list, not a mapping')
})

test('textMap() keeps texts, and reads null as nothing', () => {
  expect(read(textMap(), { a: plain('1.50'), b: undefined })).toEqual({ a: '1.50', b: '' })
  expect(read(textMap(), [])).toBe('expected a mapping, not a list')
})

test('a problem in a map or list has its place', () => {
  expect(textMap().safeParse({ a: [] }).error?.issues[0]?.path).toEqual(['a'])
  expect(textList().safeParse([plain('a'), {}]).error?.issues[0]?.path).toEqual([1])
})

test('__proto__ is a name like any other', () => {
  const headers = read(textMap(), JSON.parse('{"__proto__": "x"}'))

  expect(Object.entries(Object(headers))).toEqual([['__proto__', 'x']])
})

describe('secrets', () => {
  test('are never shown, and can be revealed', () => {
    const schema = z.strictObject({ token: secretText(), headers: secretMap() })

    const settings = schema.parse({ token: plain('hunter2'), headers: { A: plain('hunter2') } })

    expect(JSON.stringify(settings)).not.toContain('hunter2')
    expect(settings.token.reveal()).toBe('hunter2')
    expect(Object.values(settings.headers).map((value) => value.reveal())).toEqual(['hunter2'])
  })

  test('what came from the environment is not repeated', () => {
    const secret = new Scalar('hunter2', { fromEnvironment: true })

    for (const schema of [integer(), flag(), duration(), oneOf(['a']), textList()]) {
      expect(read(schema, secret)).not.toContain('hunter2')
    }
  })
})

describe('a fallback', () => {
  test('stands in for what is absent, and for the zero of its type', () => {
    expect(read(text({ fallback: 'GET' }), undefined)).toBe('GET')
    expect(read(text({ fallback: 'GET' }), quoted(''))).toBe('GET')
    expect(read(integer({ fallback: 80 }), plain('0'))).toBe(80)
    expect(read(duration({ fallback: '1m' }), undefined)).toBe(60_000)
    expect(read(duration({ fallback: '1m' }), plain('0s'))).toBe(60_000)
    expect(read(oneOf(['a', 'b'], { fallback: 'b' }), quoted(''))).toBe('b')
  })

  test('a flag that is false is no zero', () => {
    expect(read(flag({ fallback: true }), plain('false'))).toBe(false)
    expect(read(flag({ fallback: true }), undefined)).toBe(true)
  })
})

test('fields have a JSON Schema', () => {
  const schema = z.strictObject({
    token: secretText().describe('A token.'),
    method: text({ fallback: 'GET' }),
    every: duration().optional(),
    sort: oneOf(['a', 'b']),
  })

  expect(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })).toMatchObject({
    properties: {
      token: { description: 'A token.', writeOnly: true },
      method: { default: 'GET' },
      every: { type: 'string' },
      sort: { enum: ['a', 'b'] },
    },
    required: ['token', 'sort'],
  })
})
