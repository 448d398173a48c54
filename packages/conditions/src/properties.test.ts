import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFacts, evaluate, type Facts, matchesPattern, parseCondition, resolvePlaceholder } from './index.ts'
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

interface Scaled {
  readonly digits: bigint
  readonly exponent: number
}

const scaled = fc.record({
  digits: fc.oneof(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.bigInt({ min: -30n, max: 30n })),
  exponent: fc.integer({ min: -40, max: 40 }),
})

/** Two numbers, often so close that only their last digits tell them apart. */
const twoNumbers = fc.oneof(
  fc.tuple(scaled, scaled),
  fc
    .tuple(scaled, fc.bigInt({ min: -2n, max: 2n }))
    .map(([a, step]) => [a, { ...a, digits: a.digits + step }] as const),
)

/** The model: both brought to the same power of ten. */
const orderOf = (a: Scaled, b: Scaled) => {
  const least = Math.min(a.exponent, b.exponent)
  const difference = a.digits * 10n ** BigInt(a.exponent - least) - b.digits * 10n ** BigInt(b.exponent - least)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

const scientific = ({ digits, exponent }: Scaled) => `${digits}e${exponent}`

function plain({ digits, exponent }: Scaled): string {
  if (exponent >= 0) return `${digits}${'0'.repeat(exponent)}`
  const text = String(digits < 0n ? -digits : digits).padStart(1 - exponent, '0')
  return `${digits < 0n ? '-' : ''}${text.slice(0, exponent)}.${text.slice(exponent)}`
}

describe('numbers', () => {
  test('are in the order of their exact values, wherever they come from', () => {
    fc.assert(
      fc.property(twoNumbers, ([a, b]) => {
        const order = orderOf(a, b)
        const bodies = `{"a":${scientific(a)},"text":"${plain(a)}"}`
        const pairs = [
          `${scientific(a)} < ${plain(b)}`,
          `[BODY].text < ${scientific(b)}`,
          `[BODY].a < ${scientific(b)}`,
        ]

        for (const pair of pairs) {
          const judge = (symbol: string) =>
            evaluate(parseCondition(pair.replace('<', symbol)), createFacts({ body: bodies })).success
          expect(judge('<')).toBe(order < 0)
          expect(judge('<=')).toBe(order <= 0)
          expect(judge('>')).toBe(order > 0)
          expect(judge('>=')).toBe(order >= 0)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('of JSON equal the decimals of the same value', () => {
    fc.assert(
      fc.property(twoNumbers, ([a, b]) => {
        const sheet = createFacts({ body: `{"n":${scientific(a)}}` })
        const doubled = Number(scientific(a)) === Number(scientific(b))

        expect(evaluate(parseCondition(`[BODY].n == ${scientific(a)}`), sheet).success).toBe(true)
        if (!doubled) expect(evaluate(parseCondition(`[BODY].n == ${scientific(b)}`), sheet).success).toBe(false)
      }),
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

/** Go's description of patterns, word for word in code: slow, and without any thought for the next reader but that. */
function reference(pattern: string, text: string): boolean {
  const [p, t] = [[...pattern.replaceAll('/', '')], [...text.replaceAll('/', '')]]
  const classAt = (start: number) => {
    let i = start
    const next = () => {
      const char = p[i++]
      if (char === undefined || char === '-' || char === ']') throw new SyntaxError(pattern)
      const quoted = char === '\\' ? p[i++] : char
      if (quoted === undefined) throw new SyntaxError(pattern)
      return quoted.codePointAt(0) ?? 0
    }
    const negated = p[i] === '^'
    if (negated) i++
    const ranges: [number, number][] = []
    do {
      const from = next()
      if (p[i] === '-') i++
      else {
        ranges.push([from, from])
        continue
      }
      ranges.push([from, next()])
    } while (p[i] !== ']')
    return { end: i + 1, has: (code: number) => ranges.some(([from, to]) => from <= code && code <= to) !== negated }
  }
  const from = (i: number, j: number): boolean => {
    const char = p[i]
    if (char === undefined) return j === t.length
    if (char === '*') return Array.from({ length: t.length - j + 1 }, (_, k) => from(i + 1, j + k)).some(Boolean)
    const subject = t[j]
    if (char === '?') return from(i + 1, j + 1) && subject !== undefined
    if (char === '[') {
      const { end, has } = classAt(i + 1)
      return from(end, j + 1) && subject !== undefined && has(subject.codePointAt(0) ?? 0)
    }
    const literal = char === '\\' ? p[i + 1] : char
    if (literal === undefined) throw new SyntaxError(pattern)
    return from(i + (char === '\\' ? 2 : 1), j + 1) && subject === literal
  }
  try {
    return from(0, 0)
  } catch {
    return false
  }
}

test('patterns agree with a plain reading of their definition', () => {
  const patterns = fc.oneof(
    fc.stringMatching(/^[ab*?[\]\-^\\/😀]{0,7}$/u),
    fc
      .array(fc.constantFrom('a', 'b', '*', '*', '?', '[a]', '[^a]', '[a-b]', '\\*', '😀'), { maxLength: 7 })
      .map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(patterns, fc.stringMatching(/^[ab*[\]\-/😀]{0,7}$/u), (pattern, text) => {
      expect(matchesPattern(pattern, text)).toBe(reference(pattern, text))
    }),
    { numRuns: 5_000 },
  )
})
