import { describe, expect, test } from 'vitest'
import { vectors } from '../../../test/support/vectors.ts'
import { matchesPattern } from './index.ts'

interface PatternCase {
  readonly pattern: string
  readonly input: string
  readonly match: boolean
}

describe('a pattern and a text', () => {
  test.each(vectors<PatternCase>('pattern.json'))('$name: $pattern with $input', ({ pattern, input, match }) => {
    expect(matchesPattern(pattern, input)).toBe(match)
  })

  test.each([
    ['*[0-9]?x*', 'aa12xb', true],
    ['*[0-9]?x*', 'aa1xb', false],
    ['*ab[0-9]', 'abab1', true],
    ['a*?', 'a', false],
    ['?', '😀', true],
    ['*??', '😀', false],
    ['*[😀-😃]b', 'x😁b', true],
    ['*?a*', '😀a', true],
    ['*x*??a*', 'x😀a', false],
    ['*[😀]', '😀', true],
    ['a*a', 'a', false],
    ['**', '', true],
    ['\\', '\\', false],
    ['[^]', 'a', false],
    ['[a-', 'a', false],
    ['[\\]]', ']', true],
    ['*/', 'x', true],
  ])('%s with %s: %s', (pattern, text, match) => {
    expect(matchesPattern(pattern, text)).toBe(match)
  })
})
