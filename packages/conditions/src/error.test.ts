import { describe, expect, test } from 'vitest'
import { ConditionError, explain, parseCondition } from './index.ts'

function problemOf(source: string): ConditionError {
  try {
    parseCondition(source)
  } catch (error) {
    if (error instanceof ConditionError) return error
  }
  throw new Error(`${source} parses`)
}

describe('what is wrong with a condition', () => {
  test.each([
    ['[STATUS] = 200', 'expected a comparison such as ==', '=', 'use =='],
    ['[STATUS] === 200', 'expected a comparison such as ==', '===', 'use =='],
    ['[STATUS] !== 200', 'expected a comparison such as ==', '!==', 'use !='],
    ['[STATUS] => 200', 'expected a comparison such as ==', '=>', 'use >='],
    ['[STATUS] =< 200', 'expected a comparison such as ==', '=<', 'use <='],
    ['[STATUS] <> 200', 'expected a comparison such as ==', '<>', 'use !='],
    ['[STATUS] ≥ 200', 'expected a comparison such as ==', '≥', 'use >='],
    ['[STATUS] =~ 2.*', 'expected a comparison such as ==', '=~', 'pat(...)'],
    ['[STATUS] ? 201', 'expected a comparison such as ==', '?', '==, !=, <=, >=, >, <'],
    ['[STATUS]==200', 'expected a space before ==', '==', '[STATUS] == 200'],
    ['[STATUS] >200', 'expected a space after >', '>', '[STATUS] > 200'],
    ['[BODY]!= pat(<h1>)', 'expected a space before !=', '!=', '[STATUS] != 200'],
    ['[STATUS]\t==\t200', 'expected a space, not a tab, before ==', '\t', '[STATUS] == 200'],
    ['[STATUS] ==\t200', 'expected a space, not a tab, after ==', '\t', '[STATUS] == 200'],
    ['== 200', 'expected a value before ==', '==', '[STATUS] == 200'],
    ['[STATUS] ==', 'expected a value after ==', '', "'[STATUS] == '"],
    ['[STATUS]', 'expected a comparison such as ==', '', '[STATUS] == 200'],
    ['[STATUS] is 200', 'expected a comparison such as ==', 'is', '[STATUS] == 200'],
    ['[BODY] contains UP', 'expected a comparison such as ==', 'contains', 'pat('],
    ['', 'the condition is empty', '', '[STATUS] == 200'],
  ])('%j: %s', (source, problem, marked, hint) => {
    const error = problemOf(source)

    expect(error.message).toBe(`invalid condition: ${source}`)
    expect(error.problem).toBe(problem)
    expect(source.slice(error.span.start, error.span.end)).toBe(marked)
    expect(error.hint).toContain(hint)
  })
})

describe('the explanation', () => {
  test('points at the place', () => {
    expect(explain(problemOf('[STATUS] = 200'))).toBe(
      [
        'expected a comparison such as == at column 10',
        '  [STATUS] = 200',
        '           ^',
        '  hint: use == to compare',
      ].join('\n'),
    )
  })

  test('shows tabs and line breaks, and stays on one line', () => {
    expect(explain(problemOf('[STATUS]\t==\n200')).split('\n').slice(1, 3)).toEqual([
      '  [STATUS]␉==␊200',
      '          ^',
    ])
  })

  test('shows only the surroundings of a place in a long condition', () => {
    const [, line = '', caret = ''] = explain(problemOf(`[BODY].${'a'.repeat(500)} = ${'b'.repeat(500)}`)).split('\n')

    expect(line.length).toBeLessThan(120)
    expect(line.charAt(caret.indexOf('^'))).toBe('=')
  })
})
