import { afterEach, describe, expect, test } from 'vitest'
import { durationText, latencyText, uptimeText } from '../model/numbers.ts'
import { barSentence } from '../model/sentence.ts'
import { momentText, spanText } from '../model/times.ts'
import { speakIn } from './catalogues.ts'
import type { Language } from './languages.ts'
import { parts, say, setLanguage } from './say.ts'

afterEach(() => speakIn('en'))

test('placeholders are filled and plurals chosen', () => {
  expect(say('hero.count.groups', { n: 1, groups: 3 })).toBe('1 endpoint in 3 groups')
  expect(say('headline.down.many', { n: 1234, total: 5000 })).toBe('1,234 of 5,000 endpoints are down')
})

test('values are never read as text with placeholders', () => {
  expect(say('headline.down.one', { a: '{n, plural, one {#} other {#}}' })).toBe(
    '{n, plural, one {#} other {#}} is down',
  )
})

test('other values than text stay what they are', () => {
  const name = { name: 'card-api' }

  expect(parts('headline.down.one', { a: name })).toEqual([name, ' is down'])
})

test('selections choose by a word, and the number of a plural reaches into them', () => {
  setLanguage('en', { brand: '{n, plural, one {{kind, select, a {# apple} other {# fruit}}} other {# fruits}}' })

  expect(say('brand', { n: 1, kind: 'a' })).toBe('1 apple')
  expect(say('brand', { n: 1, kind: 'b' })).toBe('1 fruit')
  expect(say('brand', { n: 5, kind: 'a' })).toBe('5 fruits')
})

test('a text that a catalogue lacks is said in English', () => {
  setLanguage('de', {})
  speakIn('de')

  expect(say('unit.ms', { n: 5 })).toBe('5 ms')
})

describe('plurals follow the language', () => {
  const counted = (language: Language, n: number): string => {
    speakIn(language)
    return say('hero.count', { n })
  }

  test.each([
    [0, 'لا خدمات'],
    [1, 'خدمة واحدة'],
    [2, 'خدمتان'],
    [3, '3 خدمات'],
    [10, '10 خدمات'],
    [11, '11 خدمة'],
    [99, '99 خدمة'],
    [100, '100 خدمة'],
    [103, '103 خدمات'],
  ])('Arabic, %d', (n, text) => {
    expect(counted('ar', n)).toBe(text)
  })

  test.each([0, 1, 2])('Japanese has one form: %d', (n) => {
    expect(counted('ja', n)).toBe(`${n} 件のサービス`)
  })

  test.each([
    [0, '0 service'],
    [1, '1 service'],
    [2, '2 services'],
    [1_000_000, '1 000 000 de services'],
  ])('French, %d', (n, text) => {
    expect(counted('fr', n).replace(/\s/g, ' ')).toBe(text)
  })
})

describe('numbers, times and durations follow the language', () => {
  const now = Date.UTC(2026, 10, 21, 14, 14)
  const earlier = Date.UTC(2026, 10, 18, 9, 5)
  const figures = (language: Language): string[] => {
    speakIn(language)
    return [
      uptimeText({ count: 10_000, successes: 9_998 }),
      latencyText(1_412),
      durationText(7_500_000),
      durationText(7_500_000, true),
      momentText(earlier, now),
      spanText(earlier, 900_000, now),
    ].map((text) => text.replace(/[\u00a0\u202f]/g, ' '))
  }

  test.each([
    ['en', ['99.98%', '1.4 s', '2 h 5 min', '2 hours 5 minutes', '18 Nov, 09:05', '18 Nov, 09:05–09:20']],
    [
      'de',
      ['99,98 %', '1,4 s', '2 Std. 5 Min.', '2 Stunden und 5 Minuten', '18. Nov., 09:05', '18. Nov., 09:05–09:20'],
    ],
    ['fr', ['99,98 %', '1,4 s', '2 h 5 min', '2 heures et 5 minutes', '18 nov., 09:05', '18 nov., 09:05–09:20']],
    ['ja', ['99.98%', '1.4 秒', '2 時間 5 分', '2 時間5 分', '11月18日 09:05', '11月18日 09:05～09:20']],
  ] as const)('%s', (language, texts) => {
    expect(figures(language)).toEqual(texts)
  })

  test('Arabic has a 12-hour clock and words for two', () => {
    const [uptime, , short, spoken, moment] = figures('ar')

    expect(uptime).toContain('99.98')
    expect(short).toBe('2 س 5 د')
    expect(spoken).toBe('ساعتان و5 دقائق')
    expect(moment).toBe('18 نوفمبر، 09:05 ص')
  })

  test('the sentence of a bar is put together as the language does', () => {
    speakIn('ja')
    const row = { history: 'u87d1u2', uptime: { count: 1_000, successes: 990, expected: 1_000 } }

    expect(barSentence(row, '90d')).toBe('過去 90 日間：稼働率 99.00%、1 日で停止。')
  })
})
