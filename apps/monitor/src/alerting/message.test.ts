import { describe, expect, test } from 'vitest'
import type { Notice } from '../domain/notice.ts'
import { cut, fitLines, headline, quotation } from './message.ts'
import { discord } from './providers/discord.ts'
import { slack } from './providers/slack.ts'
import { sampleNotice } from './sample.ts'

const trigger = sampleNotice({ type: 'slack', kind: 'trigger', now: 0, incidentId: 'i', group: 'core' })
const described = (description: string): Notice => ({ ...trigger, alert: { ...trigger.alert, description } })

describe('headline', () => {
  test('says what happened to which endpoint', () => {
    expect(headline(trigger, '*')).toBe(
      'An alert for *core/vedette-test* has been triggered due to having failed 3 time(s) in a row',
    )
    expect(headline({ ...trigger, kind: 'resolve' })).toBe(
      'An alert for core/vedette-test has been resolved after passing successfully 2 time(s) in a row',
    )
  })

  test('says of a late trigger that it is over, and words a reminder like a trigger', () => {
    expect(headline({ ...trigger, late: true })).toBe(`${headline(trigger)} (already over)`)
    expect(headline({ ...trigger, kind: 'remind' })).toBe(headline(trigger))
  })
})

test('a description follows as a quotation, and an empty one not at all', () => {
  expect(quotation(described('one\ntwo'))).toBe(':\n> one\ntwo')
  expect(quotation(described(''))).toBe('')
})

test('cut never leaves half an emoji', () => {
  expect(cut('abc', 3)).toBe('abc')
  expect(cut('abcd', 3)).toBe('ab…')
  expect(cut('a😀😀', 3)).toBe('a…')
})

describe('fitLines', () => {
  const lines = Array.from({ length: 40 }, (_, index) => `condition ${index}\n`)

  test('leaves alone what fits', () => {
    expect(fitLines(lines.slice(0, 3), 100)).toBe('condition 0\ncondition 1\ncondition 2\n')
  })

  test('counts the lines that do not', () => {
    expect(fitLines(lines, 60)).toBe('condition 0\ncondition 1\ncondition 2\n… and 37 more\n')
  })

  test('cuts a single line that is too long', () => {
    expect(fitLines(['x'.repeat(200)], 50)).toMatch(/^x+…\n$/)
  })

  test.each([30, 50, 100, 1_024])('never takes more than %i characters', (limit) => {
    for (const length of [1, 20, 60, 300, 2_000]) {
      for (const count of [1, 2, 7, 300]) {
        expect(fitLines(Array(count).fill('y'.repeat(length)), limit).length).toBeLessThanOrEqual(limit)
      }
    }
  })
})

describe('limits of the services', () => {
  const huge: Notice = {
    ...described('d'.repeat(50_000)),
    result: { ...trigger.result, conditions: Array(300).fill({ condition: 'c'.repeat(1_000), success: false }) },
  }

  test('Discord gets no more than it takes', () => {
    const settings = {
      'webhook-url': 'https://discord.example.org/x',
      title: 't'.repeat(999),
      'message-content': 'm'.repeat(9_999),
    }
    const { body = '' } = discord.bind(discord.settings.parse(settings)).request(huge)

    const { content, embeds } = JSON.parse(body)
    expect(content).toHaveLength(2_000)
    expect(embeds[0].title).toHaveLength(256)
    expect(embeds[0].description).toHaveLength(4_096)
    expect(embeds[0].fields[0].value.length).toBeLessThanOrEqual(1_024)
    expect(embeds[0].fields[0].value).toContain('… and 299 more')
  })

  test('Slack gets no more than is readable', () => {
    const { body = '' } = slack
      .bind(slack.settings.parse({ 'webhook-url': 'https://slack.example.org/x' }))
      .request(huge)

    expect(body.length).toBeLessThan(40_000)
    expect(JSON.parse(body).attachments[0].fields[0].value).toMatch(/… and 281 more\n$/)
  })
})
