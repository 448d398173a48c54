import { describe, expect, test } from 'vitest'
import { vectors } from '../../../test/support/vectors.ts'
import { ConditionError, parseCondition, placeholderNeeds } from './index.ts'

interface ValidationCase {
  readonly condition: string
  readonly valid: boolean
  readonly expectedError: string | null
}

describe('the check of a condition at load', () => {
  test.each(vectors<ValidationCase>('condition-validation.json'))('$name', ({ condition, valid, expectedError }) => {
    const parse = () => parseCondition(condition)

    if (valid) expect(parse).not.toThrow()
    else {
      expect(parse).toThrow(ConditionError)
      expect(parse).toThrow(expect.objectContaining({ message: expectedError }))
    }
  })
})

describe('what a condition needs', () => {
  test.each([
    ['[STATUS] == 200', []],
    ['[BODY].status == UP', ['body']],
    ['len([Body]) > 1', ['body']],
    ['[STATUS] == [body].code', ['body']],
    ['[ip] == 127.0.0.1', ['ip']],
    ['[domain_Expiration] > 30d', ['domainExpiration']],
    ['[IP] == [BODY].ip', ['body', 'ip']],
    ['[CERTIFICATE_EXPIRATION] > 30d', []],
  ])('%s: %j', (source, needs) => {
    expect([...parseCondition(source).needs]).toEqual(needs)
  })

  test('a stored value needs what its placeholder does', () => {
    expect([...placeholderNeeds('[Body].id')]).toEqual(['body'])
    expect([...placeholderNeeds('text')]).toEqual([])
  })
})
