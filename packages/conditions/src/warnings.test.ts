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
    ['[STATSU] == 200', '[STATSU] is no placeholder and is compared as it stands', 'did you mean [STATUS]?'],
    ['[TSATUS] > 1', '[TSATUS] is no placeholder and is compared as it stands', 'did you mean [STATUS]?'],
    ['[TATUS] > 1', '[TATUS] is no placeholder and is compared as it stands', 'did you mean [STATUS]?'],
    ['[BOD] == x', '[BOD] is no placeholder and is compared as it stands', 'did you mean [BODY]?'],
    ['[bady] == x', '[bady] is no placeholder and is compared as it stands', 'did you mean [BODY]?'],
    ['[DNS_RCOED] == x', '[DNS_RCOED] is no placeholder and is compared as it stands', 'did you mean [DNS_RCODE]?'],
    ['[CONTXET].a == x', '[CONTXET] is no placeholder and is compared as it stands', 'did you mean [CONTEXT]?'],
    [
      '[STAXYZ] == x',
      '[STAXYZ] is no placeholder and is compared as it stands',
      'the placeholders are [STATUS], [RESPONSE_TIME], [IP], [DNS_RCODE], [CONNECTED], [CERTIFICATE_EXPIRATION], [DOMAIN_EXPIRATION], [BODY], [CONTEXT]',
    ],
    ['len(x) > 1', 'len(...) takes a placeholder', 'write len([BODY].name)'],
    [
      '[STATUS] < soon',
      'this is neither a number nor a duration and counts as 0',
      'write a number such as 200 or 0.75, or a duration such as 500ms, 1h30m or 14d',
    ],
    ['x == pat([)', 'the pattern is malformed and matches nothing', 'write \\[ for a plain ['],
    ['[BODY] == Any(a\nb)', 'Any(...) is compared as it stands', 'write any(...)'],
    [
      '[STATUS] < 1 < 2',
      'everything from the second < on is ignored',
      'write each comparison as a condition of its own: all of them must hold',
    ],
  ])('%j is warned of once', (source, problem, hint) => {
    expect(warningsOf(source).map((warning) => [warning.problem, warning.hint])).toEqual([[problem, hint]])
  })

  test.each([
    ['one letter of it', '[S]'],
    ['its end', '[EXPIRATION]'],
    ['three other letters', '[TXBTUS]'],
    ['three steps, one of them a letter less at the beginning', '[XSBTUS]'],
    ['two other letters after two that are swapped', '[TSBXUS]'],
    ['two other letters before two that are swapped', '[XBTAUS]'],
    ['two other letters before the last two, swapped', '[STXYSU]'],
  ])('with %s a name is too far from a placeholder to be meant: %s', (_, name) => {
    expect(warningsOf(`${name} == x`)[0]?.hint).toMatch(/^the placeholders are/)
  })

  test('a hyphen is as good as an underscore', () => {
    expect(warningsOf('[RESPANSA-TYNE] < 500')[0]?.hint).toBe('did you mean [RESPONSE_TIME]?')
  })

  test.each([
    '[BODY].a == [ipx]',
    '[BODY] == XLEN(a)',
    '[BODY] == LEN(a)b',
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
