import { describe, expect, test } from 'vitest'
import {
  ConditionError,
  conditionWarnings,
  contextGet,
  contextSet,
  createFacts,
  evaluate,
  explain,
  type Facts,
  matchesPattern,
  parseCondition,
  parseDuration,
  replaceContext,
  storeValue,
} from './index.ts'

const million = 1_000_000

const holds = (condition: string, facts: Facts) => evaluate(parseCondition(condition), createFacts(facts)).success

/** Each of these ends in time and without an error, or this file does not. */
describe('input of a megabyte', () => {
  test.each([
    ['a word', 'x'.repeat(million)],
    ['digits', '9'.repeat(million)],
    ['digits with underscores', '1_'.repeat(million / 2)],
    ['zeros', '0'.repeat(million)],
    ['hexadecimal digits', `0x${'f'.repeat(million)}`],
    ['a hexadecimal exponent', '0x1p999999999'],
    ['a fraction', `0.${'7'.repeat(million)}`],
    ['an exponent', `1e${'9'.repeat(million)}`],
    ['a duration of many parts', '1h'.repeat(million / 2)],
    ['a duration of many digits', `${'9'.repeat(million)}h`],
    ['a path of many names', `[BODY]${'.a'.repeat(million / 2)}`],
    ['a path of many indexes', `[BODY].a${'[0]'.repeat(million / 3)}`],
    ['a path of brackets', `[BODY].${'['.repeat(million)}`],
    ['a context path', `[CONTEXT]${'.a'.repeat(million / 2)}`],
    ['alternatives', `any(${'1.5,'.repeat(million / 4)})`],
    ['a pattern of stars', `pat(${'*'.repeat(million)})`],
    ['a pattern of classes', `pat(${'[a-c]'.repeat(million / 5)})`],
    ['an open class', `pat([${'a-z'.repeat(million / 3)})`],
    ['functions', 'len('.repeat(million / 4)],
    ['white space', ' '.repeat(million)],
  ])('as an operand: %s', (_, operand) => {
    const facts = createFacts({ body: '{"a":[1]}', context: { a: 1 } })

    for (const operator of ['==', '!=', '<', '>=']) {
      for (const source of [`[BODY].a[0] ${operator} ${operand}`, `${operand} ${operator} ${operand}`]) {
        const condition = parseCondition(source)

        expect(typeof evaluate(condition, facts).success).toBe('boolean')
        expect(conditionWarnings(condition).length).toBeLessThan(4)
      }
    }
  })

  test.each(['x'.repeat(million), '='.repeat(million), '('.repeat(million), ' is'.repeat(million / 3), '='.repeat(3)])(
    'as a condition that is none',
    (source) => {
      expect(() => parseCondition(source)).toThrow(ConditionError)
      expect(explain(new ConditionError(source, 'wrong', { start: 0, end: source.length })).length).toBeLessThan(1_000)
    },
  )

  test.each([
    ['*a*a*a*a*b', 'a'.repeat(million)],
    ['*aaaaaaaaab*', 'a'.repeat(million)],
    ['*a?b*', 'a'.repeat(million)],
    ['*[a]a[a]b*', 'a'.repeat(million)],
    [`*${'?'.repeat(500)}b*`, 'a'.repeat(million)],
    [`*${'[a]'.repeat(500)}[b]*`, 'a'.repeat(million)],
    [`*${'a'.repeat(10_000)}[b]*`, 'a'.repeat(million)],
    ['*?'.repeat(1_000), 'a'.repeat(999)],
  ])('as the text for a pattern that all but fits: %.40s', (pattern, text) => {
    expect(matchesPattern(pattern, text)).toBe(false)
  })

  test('as a value: what it was compared with stays short', () => {
    const { condition } = evaluate(parseCondition('[BODY] > 1'), createFacts({ body: '1e'.repeat(million / 2) }))

    expect(condition.length).toBeLessThan(1_100)
  })

  test('as a path of a context', () => {
    const path = 'a.'.repeat(million / 2)

    const context = contextSet({}, path, 1)

    expect(contextGet(context, path)).toBe(1)
    expect(replaceContext(`[CONTEXT].${path}`, context).text).toBe('1')
  })

  test('as a duration', () => {
    expect(parseDuration('1ns'.repeat(million / 3))).toBeCloseTo(0.333333)
    expect(parseDuration('9'.repeat(million))).toBeUndefined()
    expect(parseDuration(`0.${'9'.repeat(million)}s`)).toBe(999.999999)
  })
})

describe('JSON nested a million levels deep', () => {
  test.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('%s', (_, open, close) => {
    const value = `${open.repeat(million)}12345678901234567890${close.repeat(million)}`
    const facts = createFacts({ body: `{"deep":${value},"n":1}` })

    for (const source of ['[BODY].n == 1', 'has([BODY].deep) == true', 'len([BODY].deep) > 0', '[BODY].deep != x']) {
      expect(evaluate(parseCondition(source), facts).success).toBe(true)
    }
    expect(evaluate(parseCondition('[BODY].deep == x'), facts).condition.length).toBeLessThan(1_100)
  })

  test('and never closed', () => {
    expect(holds('has([BODY].a) == false', { body: '['.repeat(million) })).toBe(true)
  })
})

describe('numbers of a body', () => {
  const nines = '9'.repeat(million)

  test('of a million digits are compared digit by digit', () => {
    const body = `{"n":${nines},"m":${nines.slice(1)}8}`

    expect(holds('[BODY].n > [BODY].m', { body })).toBe(true)
    expect(holds(`[BODY].n == ${nines}`, { body })).toBe(true)
    expect(holds(`[BODY].m == ${nines}`, { body })).toBe(false)
    expect(typeof storeValue('[BODY].n', createFacts({ body }))).toBe('string')
  })

  test('with exponents beyond measure are never written out', () => {
    const body = '{"n":1e999999999,"small":1e-999999999}'

    expect(holds('[BODY].n > 1e999999998', { body })).toBe(true)
    expect(holds('[BODY].n == 10e999999998', { body })).toBe(true)
    expect(holds('[BODY].small > 0', { body })).toBe(true)
    expect(holds('[BODY].small < 1e-999999998', { body })).toBe(true)
  })
})

describe('a value that looks like something else', () => {
  test.each(['pat(*)', 'any(x, y)', '[STATUS]', 'len([BODY])', '<h1>', '[BODY].a (INVALID)'])('%s is text', (value) => {
    expect(holds('[BODY].a == x', { body: JSON.stringify({ a: value }) })).toBe(false)
    expect(holds('[BODY].a == [BODY].b', { body: JSON.stringify({ a: value, b: 'x' }) })).toBe(false)
  })
})
