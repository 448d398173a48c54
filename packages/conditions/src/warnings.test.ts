import { describe, expect, test } from 'vitest'
import { conditionWarnings, parseCondition } from './index.ts'

const warningsOf = (source: string) => conditionWarnings(parseCondition(source))

describe('what is probably a slip', () => {
  test.each([
    ['[STATSU] == 200', '[STATSU]', 'did you mean [STATUS]?'],
    ['200 == [Satus]', '[Satus]', 'did you mean [STATUS]?'],
    ['len([BDOY].items) > 0', 'len([BDOY].items)', 'did you mean [BODY]?'],
    ['[RESPONSE-TIME] < 500', '[RESPONSE-TIME]', 'did you mean [RESPONSE_TIME]?'],
    ['[HEADERS] == x', '[HEADERS]', 'the placeholders are [STATUS], [RESPONSE_TIME]'],
    ['[RESPONSE_TIME] < 500 ms', '500 ms', 'a duration such as 500ms'],
    ['[RESPONSE_TIME] < 1S', '1S', 'a duration such as 500ms'],
    ['[CERTIFICATE_EXPIRATION] > 30days', '30days', '14d'],
    ['[STATUS] < 1,000', '1,000', 'a number such as'],
    ['len( [BODY].a ) == 3', 'len( [BODY].a )', 'write len([BODY].name)'],
    ['LEN([BODY]) == 3', 'LEN([BODY])', 'write len(...)'],
    ['[BODY] == PAT(x*)', 'PAT(x*)', 'write pat(...)'],
    ['[BODY] == pat(*[OK)', 'pat(*[OK)', '\\['],
    ['[STATUS] == 200 == 201', ' == 201', 'a condition of its own'],
    ['[STATUS] == 200 and [CONNECTED] == true', ' == true', 'a condition of its own'],
  ])('%s', (source, marked, hint) => {
    const [warning, ...others] = warningsOf(source)

    expect(others).toEqual([])
    expect(source.slice(warning?.span.start, warning?.span.end)).toBe(marked)
    expect(warning?.hint).toContain(hint)
  })

  test.each([
    '[STATUS] == 200',
    '[status] == any(200, 204)',
    '[RESPONSE_TIME] < 1.5s',
    '[CERTIFICATE_EXPIRATION] > 4w',
    '[BODY].tags == [prod]',
    '[BODY].ids == [1 2]',
    '[BODY] == pat(*[OK]*)',
    '[CONTEXT].limit > 0x10',
    'has([BODY].errors) == false',
    '[BODY].name == ',
  ])('nothing in %s', (source) => {
    expect(warningsOf(source)).toEqual([])
  })
})
