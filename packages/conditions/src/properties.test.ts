import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFacts, evaluate, type Facts, parseCondition, resolvePlaceholder } from './index.ts'
import { LongNumber, parseJsonKeepingDigits } from './json.ts'
import { operators } from './lex.ts'

const operator = fc.constantFrom(...operators)
const word = fc.stringMatching(/^[a-zé0-9_.,-]{0,8}$/)
const decimalText = fc
  .tuple(fc.constantFrom('', '-'), fc.bigInt({ min: 0n, max: 10n ** 40n }), fc.integer({ min: -60, max: 60 }))
  .map(([sign, digits, exponent]) => `${sign}${digits}e${exponent}`)
const numberText = fc.oneof(
  decimalText,
  fc.integer().map(String),
  fc.double().map(String),
  fc.constantFrom('0x1f', '010'),
)
const durationText = fc
  .tuple(fc.nat(), fc.constantFrom('ns', 'us', 'ms', 's', 'm', 'h', 'd', 'w'))
  .map(([count, unit]) => `${count}${unit}`)
const path = fc.array(fc.oneof(fc.constantFrom('.a', '.b', '.n', '[0]', '[1]', '.'), word), { maxLength: 4 })
const placeholder = fc.oneof(
  fc.constantFrom('[STATUS]', '[response_time]', '[IP]', '[DNS_RCODE]', '[Connected]', '[BODY]', '[FOO]', '[CONTEXT]'),
  fc.constantFrom('[CERTIFICATE_EXPIRATION]', '[domain_expiration]'),
  path.map((parts) => `[BODY].${parts.join('')}`),
  path.map((parts) => `[body]${parts.join('')}`),
  path.map((parts) => `[CONTEXT].${parts.join('')}`),
)
const call = fc
  .tuple(
    fc.constantFrom('len', 'has', 'pat', 'any', 'LEN'),
    fc.oneof(placeholder, word, fc.stringMatching(/^[ab*?[\]^,-]{0,9}$/)),
  )
  .map(([name, inner]) => `${name}(${inner})`)
const operand = fc.oneof(word, numberText, durationText, placeholder, call)
const condition = fc.tuple(operand, operator, operand).map(([left, symbol, right]) => `${left} ${symbol} ${right}`)

const leaf = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
)
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'n', '', '__proto__'), tie('tree'), { maxKeys: 3 }),
  ),
}))
const body = fc.oneof(
  fc.string(),
  tree.map((value) => JSON.stringify(value)),
  numberText.map((text) => `{"n":${text}}`),
)
const context = fc.dictionary(
  fc.constantFrom('a', 'b', 'n'),
  fc.oneof(fc.string(), fc.double(), fc.bigInt(), fc.boolean(), fc.constant(null), fc.constant([1, { b: 'x' }])),
)
const facts: fc.Arbitrary<Facts> = fc.record(
  {
    status: fc.oneof(fc.integer(), fc.constant(Number.NaN)),
    responseTimeMs: fc.double(),
    ip: fc.string(),
    body,
    connected: fc.boolean(),
    certificateExpirationMs: fc.double(),
    domainExpirationMs: fc.integer(),
    dnsRcode: fc.string(),
    context,
  },
  { requiredKeys: [] },
)

describe('any condition', () => {
  test('means the same with its white space reduced to what it needs', () => {
    fc.assert(
      fc.property(operand, operator, operand, facts, (left, symbol, right, seen) => {
        const spaced = parseCondition(` \t${left}   ${symbol}  \n${right} `)

        const plain = parseCondition(`${spaced.left.source} ${spaced.operator} ${spaced.right.source}`)

        expect(plain.operator).toBe(symbol)
        expect(plain.left).toEqual(spaced.left)
        expect(plain.right).toEqual(spaced.right)
        expect(plain.test).toEqual(spaced.test)
        const sheet = createFacts(seen)
        const display = { resolveSuccessful: true }
        expect(evaluate(plain, sheet, display)).toEqual(evaluate(spaced, sheet, display))
      }),
    )
  })

  test('can be judged whatever was seen', () => {
    const anything = fc.oneof(
      condition,
      fc.tuple(fc.string({ unit: 'binary' }), operator, fc.string()).map(([a, symbol, b]) => `${a} ${symbol} ${b}`),
    )
    fc.assert(
      fc.property(anything, facts, fc.boolean(), fc.boolean(), (source, seen, resolveSuccessful, dontResolveFailed) => {
        const result = evaluate(parseCondition(source), createFacts(seen), { resolveSuccessful, dontResolveFailed })

        expect(typeof result.success).toBe('boolean')
        expect(typeof result.condition).toBe('string')
      }),
      { numRuns: 2_000 },
    )
  })

  test('is judged the same with and without its values shown', () => {
    fc.assert(
      fc.property(condition, facts, (source, seen) => {
        const parsed = parseCondition(source)
        const sheet = createFacts(seen)

        const shown = evaluate(parsed, sheet, { resolveSuccessful: true })

        expect(shown.success).toBe(evaluate(parsed, sheet, { dontResolveFailed: true }).success)
      }),
    )
  })

  test('holds with != exactly when it does not with ==', () => {
    fc.assert(
      fc.property(operand, operand, facts, (left, right, seen) => {
        const sheet = createFacts(seen)

        const same = evaluate(parseCondition(`${left} == ${right}`), sheet).success

        expect(evaluate(parseCondition(`${left} != ${right}`), sheet).success).toBe(!same)
        expect(evaluate(parseCondition(`${right} == ${left}`), sheet).success).toBe(same)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('paths into JSON', () => {
  test('find what the same keys and indexes find in the parsed value', () => {
    const steps = fc.array(fc.oneof(fc.constantFrom('a', 'b', 'n'), fc.nat({ max: 2 })), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(steps, fc.stringMatching(/^[a-z]{1,9}$/), (keys, value) => {
        const holder = keys.reduceRight<unknown>(
          (inner, key) => (typeof key === 'number' ? [...Array(key).fill('other'), inner] : { other: 1, [key]: inner }),
          value,
        )
        const address = keys.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')

        const found = resolvePlaceholder(`[BODY]${address}`, createFacts({ body: JSON.stringify(holder) }))

        expect(found).toEqual({ text: value, found: true })
      }),
    )
  })

  test('see the same document when it is read for its digits', () => {
    const rounded = (_: string, value: unknown) => (value instanceof LongNumber ? value.value : value)
    fc.assert(
      fc.property(tree, fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent)

        const again: unknown = parseJsonKeepingDigits(text)

        expect(JSON.stringify(again, rounded)).toBe(JSON.stringify(JSON.parse(text)))
      }),
      { numRuns: 500 },
    )
  })
})
