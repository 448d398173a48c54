import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFacts, evaluate, parseCondition } from './index.ts'

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
