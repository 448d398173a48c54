import { describe, expect, test } from 'vitest'
import { vectors } from '../../../test/support/vectors.ts'
import { createFacts, evaluate, type Facts, parseCondition } from './index.ts'

interface ConditionCase {
  readonly condition: string
  readonly result: Facts
  readonly dontResolveFailedConditions?: boolean
  readonly resolveSuccessfulConditions?: boolean
  readonly expectedSuccess: boolean
  readonly expectedOutput: string | null
  readonly expectedError?: string
}

describe('a condition on the outcome of one check', () => {
  test.each(vectors<ConditionCase>('conditions.json'))('$name', (entry) => {
    if (entry.expectedOutput === null) {
      expect(() => parseCondition(entry.condition)).toThrow(expect.objectContaining({ message: entry.expectedError }))
      return
    }
    const display = {
      dontResolveFailed: entry.dontResolveFailedConditions === true,
      resolveSuccessful: entry.resolveSuccessfulConditions === true,
    }

    const result = evaluate(parseCondition(entry.condition), createFacts(entry.result), display)

    expect(result).toEqual({ condition: entry.expectedOutput, success: entry.expectedSuccess })
  })
})

const outcome = (condition: string, facts: Facts) => evaluate(parseCondition(condition), createFacts(facts))

describe('numbers of the body', () => {
  const id = { body: '{"id":9007199254740993,"ids":[9007199254740993]}' }

  test.each([
    ['[BODY].id == 9007199254740993', id, true],
    ['[BODY].id == 9007199254740994', id, false],
    ['[BODY].id > 9007199254740992', id, true],
    ['[BODY].n == 9007199254740993', { body: '{"n":9007199254740992}' }, false],
    ['[BODY].ids[0] < 9007199254740994', id, true],
    ['[BODY].id == [CONTEXT].id', { ...id, context: { id: 9007199254740993n } }, true],
    ['[BODY].id == [CONTEXT].id', { ...id, context: { id: 9007199254740995n } }, false],
    ['[BODY].n > 5', { body: '{"n":1e400}' }, true],
    ['[BODY].n < 1e401', { body: '{"n":1e400}' }, true],
    ['[BODY].n == 0.30000000000000001', { body: '{"n":0.30000000000000001}' }, true],
    ['[BODY].n == any(1e+06, 2)', { body: '{"n":1000000}' }, true],
    ['[BODY].n == any(1.0, 2)', { body: '{"n":1}' }, true],
    ['[BODY].n == any(1.0, 2)', { body: '{"n":"1"}' }, false],
    ['[BODY].n == 010', { body: '{"n":8}' }, true],
    ['[BODY].n == 010', { body: '{"n":10}' }, false],
    ['[BODY].n == 08', { body: '{"n":8}' }, false],
    ['[BODY].a == [BODY].b', { body: '{"a":1e2,"b":100.0}' }, true],
    // Stored decimals are doubles: what a body had when it was stored must still equal it.
    ['[BODY].n == [CONTEXT].n', { body: '{"n":0.1000000000000000055}', context: { n: 0.1 } }, true],
    ['[BODY].n == 9007199254740992', { body: '{"n":9007199254740992.0}' }, true],
  ] as const)('%s with %o: %s', (condition, facts, success) => {
    expect(outcome(condition, facts).success).toBe(success)
  })
})

describe('two values that are both looked up', () => {
  const body = JSON.stringify({ one: 1, half: 0.5, text: '1.0', same: '1.0', hex: '0x10', sixteen: '16', two: '2' })

  test.each([
    ['[BODY].one == [BODY].text', false],
    ['[BODY].text == [BODY].one', false],
    ['[BODY].text == [BODY].same', true],
    ['[BODY].hex == [BODY].sixteen', true],
    ['[BODY].two == [BODY].sixteen', false],
    ['[BODY].two != [BODY].sixteen', true],
    ['[STATUS] == [BODY].one', true],
    ['[STATUS] == [BODY].half', false],
    ['1.0 == [BODY].one', true],
    ['[BODY].one == any(x, 2)', false],
    ['len([BODY].text) == 3', true],
    ['len([BODY].text) == 3.0', false],
    ['[CONTEXT].n == 1.0', true],
    ['[CONTEXT]xn == 1', false],
    ['[BODY].one == any(2.0, 3)', false],
    ['[BODY].one != any(2.0, 3)', true],
  ])('%s: %s', (condition, success) => {
    expect(outcome(condition, { status: 1, body, context: { n: 1 } }).success).toBe(success)
  })
})

describe('literals', () => {
  test.each([
    ['pat(a) == pat(a)', true],
    ['pat(*) == pat(a)', false],
    ['pat(0x10) == pat(16)', true],
    ['any(0x10) == any(16)', true],
    ['any(a) == any(b)', false],
    ['any(a) != any(b)', true],
    ['pat(any*) == any(x)', true],
    ['any(x) == pat(any*)', true],
    ['any(x, y) == y', true],
    ['any(x, y) == z', false],
    ['1_0 == 10', true],
    ['0x_f == 15', true],
    ['1__0 == 10', false],
    ['1_ == 1', false],
    ['_1 == 1', false],
    ['1__0 > 0', false],
    ['1_0.5 > 10', true],
    ['1_.5 > 0', false],
    ['08 > 7', true],
    ['-0x10 < -15', true],
    ['0x1.8p1 >= 3', true],
    ['0x1p-2 >= 0.25', true],
    ['0x1p-2 <= 0.25', true],
    ['0x1p1024 > 1e308', true],
    ['0x1p10000 > 0', false],
    ['0x.p1 < 1', true],
    ['-0x1p-1074 < 0', true],
    ['9223372036854775807 == 0x7fffffffffffffff', true],
    ['9223372036854775808 == 0x8000000000000000', false],
    ['9223372036854775808 >= 0x8000000000000000', true],
    ['-0x8000000000000000 == -9223372036854775808', true],
    ['12345678901234567 < inf', true],
    ['12345678901234567 > -Infinity', true],
    ['+inf > 12345678901234567', true],
    ['-12345678901234567 > -12345678901234568', true],
    ['500us < 1', true],
    ['500us > 0', true],
    ['300000000h > 1w', true],
  ])('%s: %s', (condition, success) => {
    expect(outcome(condition, {}).success).toBe(success)
  })
})

describe('values that are no finite number', () => {
  test('infinities lie beyond every number, and NaN is in no order with any', () => {
    const facts = { body: '{"inf":"+Inf","nan":"NaN"}' }

    expect(outcome('[BODY].inf > 1e300', facts).success).toBe(true)
    expect(outcome('[BODY].inf < -1e300', facts).success).toBe(false)
    expect(outcome('[BODY].nan < 1', facts)).toEqual({ condition: '[BODY].nan (NaN) < 1', success: false })
    expect(outcome('[BODY].nan >= 1', facts).success).toBe(false)
  })
})

describe('the text to show', () => {
  test('is the condition itself, the very same object for every check, when it passed', () => {
    const condition = parseCondition('[STATUS] == 200')

    const first = evaluate(condition, createFacts({ status: 200 }))
    const second = evaluate(condition, createFacts({ status: 200 }))

    expect(first).toBe(second)
    expect(Object.isFrozen(first)).toBe(true)
  })

  test('keeps 1,024 characters of a value', () => {
    expect(outcome('[BODY] == x', { body: 'é'.repeat(1_024) }).condition).toBe(`[BODY] (${'é'.repeat(1_024)}) == x`)
    expect(outcome('[BODY] == x', { body: '😀'.repeat(1_025) }).condition).toBe(
      `[BODY] (${'😀'.repeat(1_024)}...(truncated)) == x`,
    )
    expect(outcome('[BODY] > 1', { body: 'x'.repeat(5_000) }).condition).toBe(
      `[BODY] (${'x'.repeat(1_024)}...(truncated)) > 1`,
    )
  })

  test('never cuts what the condition itself says', () => {
    const long = 'x'.repeat(5_000)

    expect(outcome(`[BODY] == ${long}`, { body: 'y' }).condition).toBe(`[BODY] (y) == ${long}`)
    expect(outcome(`${long} == pat(y*)`, {}).condition).toBe(`${long} == pat(y*)`)
    expect(outcome(`[BODY].${long} == y`, {}).condition).toBe(`[BODY].${long} (INVALID) == y`)
  })

  test('shows a value that is like the operand, or its mark, without repeating it', () => {
    expect(outcome('[BODY].a == x', { body: '{"a":"[BODY].a"}' }).condition).toBe('[BODY].a == x')
    expect(outcome('[BODY].a == x', { body: '{"a":"[BODY].a (INVALID)"}' }).condition).toBe('[BODY].a (INVALID) == x')
    expect(outcome('[BODY].a == pat(x*)', { body: '{}' }).condition).toBe('[BODY].a (INVALID) == pat(x*)')
  })

  test('keeps 25 bytes of what a pattern was matched with', () => {
    const shown = (a: string) => outcome('[BODY].a == pat(z*)', { body: JSON.stringify({ a }) }).condition

    expect(shown('x'.repeat(25))).toBe(`[BODY].a (${'x'.repeat(25)}) == pat(z*)`)
    expect(shown('x'.repeat(26))).toBe(`[BODY].a (${'x'.repeat(25)}...(truncated)) == pat(z*)`)
    expect(shown(`${'é'.repeat(12)}x`)).toBe(`[BODY].a (${'é'.repeat(12)}x) == pat(z*)`)
    expect(shown('é'.repeat(13))).toBe(`[BODY].a (${'é'.repeat(13)}...(truncated)) == pat(z*)`)
  })

  test('gives the time left as a duration, and its length as a number', () => {
    const facts = { certificateExpirationMs: 3_600_000 }

    expect(outcome('[CERTIFICATE_EXPIRATION] > 2h', facts).condition).toBe('[CERTIFICATE_EXPIRATION] (1h) > 2h')
    expect(outcome('len([CERTIFICATE_EXPIRATION]) > 9', facts).condition).toBe('len([CERTIFICATE_EXPIRATION]) (7) > 9')
  })

  test('says that text was compared as 0, on either side', () => {
    expect(outcome('[STATUS] < soon', { status: 200 }).condition).toBe('[STATUS] (200) < soon (0)')
    expect(outcome('[CONTEXT].n > 1', {}).condition).toBe('[CONTEXT].n (0) > 1')
  })
})

test('a parsed condition works after being posted to another thread', () => {
  const facts = createFacts({ status: 503, body: '{"a":[{"b":"x"}]}' })
  const sources = ['[STATUS] == any(200, 503)', '[BODY].a[0].b == pat([w-z])', '[BODY].a == pat(y*)', '[STATUS] < 1.5']

  for (const source of sources) {
    const condition = parseCondition(source)

    expect(evaluate(structuredClone(condition), facts)).toEqual(evaluate(condition, facts))
  }
})
