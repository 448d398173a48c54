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

const all = 'write each comparison as a condition of its own: all of them must hold'
const example = 'write for example [STATUS] == 200'

describe('the hint', () => {
  test.each([
    ['=', 'use == to compare'],
    ['===', 'use =='],
    ['!==', 'use !='],
    ['<>', 'use !='],
    ['≠', 'use !='],
    ['=>', 'use >='],
    ['≥', 'use >='],
    ['=<', 'use <='],
    ['≤', 'use <='],
    ['=~', 'use == pat(...), where * stands for any text'],
    ['~', 'use == pat(...), where * stands for any text'],
    ['!~', 'use != pat(...), where * stands for any text'],
    ['&&', all],
    ['||', 'for alternatives use == any(a, b)'],
    ['?', 'the operators are ==, !=, <=, >=, >, <'],
    ['equal', example],
    ['EQUALS', example],
    ['and', example],
    ['Contains', 'use == pat(*...*)'],
    ['matches', 'use == pat(*...*)'],
  ])('for %s', (written, hint) => {
    const { hint: given, span } = problemOf(`[BODY].name ${written} 200`)

    expect(given).toBe(hint)
    expect(span).toEqual({ start: 12, end: 12 + written.length })
  })

  test.each([
    ['', example],
    ['[STATUS]', `${example}; the operators are ==, !=, <=, >=, >, <`],
    [`${'x'.repeat(1_000)} is 1`, `${example}; the operators are ==, !=, <=, >=, >, <`],
    ['  [STATUS] ==', "for the empty text, quote the condition and end it with a space: '[STATUS] == '"],
    [
      `${'x'.repeat(50)} !=`,
      `for the empty text, quote the condition and end it with a space: '${'x'.repeat(37)} != '`,
    ],
    ['[STATUS] ==\t', example],
    ['[STATUS]==', example],
    ['== 200', example],
    ['[STATUS]>= 200', 'put a space on each side: [STATUS] >= 200'],
  ])('for %j', (source, hint) => {
    expect(problemOf(source).hint).toBe(hint)
  })
})

describe('the place', () => {
  test.each([
    ['', 0, 0],
    [' [STATUS] ', 9, 9],
    ['pat(a~b) = x', 9, 10],
    ['pat(a=) ~ x', 8, 9],
    ['any(a=b, c~d)', 5, 6],
    ['any((a) = b', 8, 9],
    ['a) = b', 3, 4],
    ['[BODY] pat(a) ?? x', 14, 16],
  ])('in %j is the first operator outside parentheses, or else inside', (source, start, end) => {
    expect(problemOf(source).span).toEqual({ start, end })
  })
})

describe('the explanation', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz'.repeat(8)
  const explained = (start: number, end: number, source = letters) =>
    explain(new ConditionError(source, 'wrong', { start, end })).split('\n')

  test('has no hint where there is none, and as many carets as the place is wide', () => {
    expect(explained(2, 5, 'abcdefg')).toEqual(['wrong at column 3', '  abcdefg', '    ^^^'])
    expect(explained(7, 7, 'abcdefg')).toEqual(['wrong at column 8', '  abcdefg', '         ^'])
    expect(explained(1, 3, '😀😀b')).toHaveLength(3)
  })

  test('shows a hundred characters', () => {
    expect(explained(60, 61)).toEqual(['wrong at column 61', `  ${letters.slice(0, 100)}…`, `  ${' '.repeat(60)}^`])
    expect(explained(61, 62)).toEqual(['wrong at column 62', `  …${letters.slice(21, 121)}…`, `  ${' '.repeat(41)}^`])
    expect(explained(200, 201)).toEqual(['wrong at column 201', `  …${letters.slice(160)}`, `  ${' '.repeat(41)}^`])
    expect(explained(0, 208)[2]).toBe(`  ${'^'.repeat(100)}`)
  })

  test('is of an error of its own name', () => {
    expect(String(problemOf('x'))).toBe('ConditionError: invalid condition: x')
  })

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
