import type { Facts } from '@vedette/conditions'
import { ConditionError, createFacts, evaluate, explain, parseCondition } from '@vedette/conditions'
import type { Random } from '../../simulate/random.ts'
import type { FuzzBook } from './book.ts'
import { mutated, noise } from './text.ts'

const conditions: readonly [string, ...string[]] = [
  '[STATUS] == 200',
  '[STATUS] == any(200, 201, 429)',
  '[BODY].user.name == pat(john*)',
  '[BODY].items[2].tags[0] != any(a, pat(b?c), d)',
  'len([BODY].data) >= 5',
  'has([BODY].errors) == false',
  '[RESPONSE_TIME] < 1.5s',
  '[CERTIFICATE_EXPIRATION] > 48h30m',
  '[DOMAIN_EXPIRATION] > 720h',
  '[CONNECTED] == true',
  '[DNS_RCODE] == NOERROR',
  '[IP] == pat(10.*.0.1)',
  '[CONTEXT].login.token == [BODY].token',
  'pat(*a*b*c*d*) == [BODY]',
  '[BODY] == pat(*a*a*a*a*a*a*a*a*a*b)',
  'len([BODY]) < 1e400',
  '[BODY].price <= -0.000000000000000000001',
]

const words: readonly [string, ...string[]] = [
  '[STATUS]',
  '[BODY]',
  '[body]',
  '[CONTEXT].a.b',
  '[RESPONSE_TIME]',
  '[CERTIFICATE_EXPIRATION]',
  'len(',
  'has(',
  'pat(',
  'any(',
  ')',
  '*',
  '?',
  '==',
  '!=',
  '<=',
  ' > ',
  '.a',
  '[0]',
  '[-1]',
  '9007199254740993',
  '1e999999999',
  '0x1F',
  '1h1m1s1ms',
  'true',
  '__proto__',
  'constructor',
]

const bodies: readonly [string, ...string[]] = [
  '',
  '{"user":{"name":"john"},"items":[1,2,{"tags":["b"]}],"data":[1,2,3,4,5],"token":"x"}',
  '{"price":-0.00000000000000000000000000000000001,"n":12345678901234567890}',
  '[[[[[[1]]]]]]',
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  '"\\ud800"',
  'a'.repeat(3_000),
  '{"__proto__":{"a":1},"constructor":{"prototype":1}}',
  '{"a":1,"a":2}',
  'not json \u0000 at all',
  '\ufeff{}',
]

function factsOf(random: Random): Facts {
  const body = random.pick(bodies)
  return {
    ...(random.chance(0.8) && { status: random.below(700) - 50 }),
    ...(random.chance(0.8) && { responseTimeMs: random.between(-1, 5_000) }),
    ...(random.chance(0.5) && { ip: random.pick(['10.0.0.1', '::1', '']) }),
    ...(random.chance(0.9) && { body: random.chance(0.3) ? mutated(body, random, words) : body }),
    ...(random.chance(0.5) && { connected: random.chance(0.5) }),
    ...(random.chance(0.3) && { certificateExpirationMs: random.between(-1e12, 1e12) }),
    ...(random.chance(0.3) && { dnsRcode: 'NOERROR' }),
  }
}

const textOf = (random: Random) =>
  random.chance(0.15) ? noise(random, 200) : mutated(random.pick(conditions), random, words)

/** No text can make the language fail, but for a `ConditionError` that can be explained. */
export function fuzzConditions(random: Random, count: number, book: FuzzBook): void {
  for (let index = 0; index < count; index += 1) {
    const text = textOf(random)
    book.try(text, () => {
      try {
        const { condition, success } = evaluate(parseCondition(text), createFacts(factsOf(random)))
        if (typeof condition !== 'string' || typeof success !== 'boolean') throw new Error('no result')
        return true
      } catch (error) {
        if (!(error instanceof ConditionError)) throw error
        if (explain(error) === '') throw new Error('a problem without words')
        return false
      }
    })
  }
}
