import { describe, expect, test } from 'vitest'
import type { Notice } from '../../domain/notice.ts'
import { sampleNotice } from '../sample.ts'
import { custom } from './custom.ts'
import { discord } from './discord.ts'
import { slack } from './slack.ts'

const sample = sampleNotice({ type: 'any', kind: 'trigger', now: 0, incidentId: 'i', group: 'shop' })
const trigger: Notice = {
  ...sample,
  endpoint: { key: 'shop_cart', name: 'cart', group: 'shop', url: 'https://cart.example.org/' },
  alert: { ...sample.alert, description: 'nobody can buy' },
  result: {
    ...sample.result,
    errors: ['dial "cart"', 'timeout'],
    conditions: [
      { condition: '[CONNECTED] (false) == true', success: false },
      { condition: '[RESPONSE_TIME] < 9000', success: true },
    ],
  },
}
const resolve: Notice = {
  ...trigger,
  kind: 'resolve',
  endpoint: { ...trigger.endpoint, group: '' },
  alert: { ...trigger.alert, description: '' },
  result: { ...trigger.result, success: true, errors: [], conditions: [] },
}

describe('slack', () => {
  const bound = slack.bind(slack.settings.parse({ 'webhook-url': 'https://hooks.example.org/s' }))

  test('sends a trigger with its description and its conditions', () => {
    const { method, url, headers, body = '' } = bound.request(trigger)

    expect([method, url]).toEqual(['POST', 'https://hooks.example.org/s'])
    expect(headers).toEqual({ 'content-type': 'application/json' })
    expect(JSON.parse(body)).toEqual({
      text: '',
      attachments: [
        {
          title: ':helmet_with_white_cross: Gatus',
          text: 'An alert for *shop/cart* has been triggered due to having failed 3 time(s) in a row:\n> nobody can buy',
          short: false,
          color: '#DD0000',
          fields: [
            {
              title: 'Condition results',
              value: ':x: - `[CONNECTED] (false) == true`\n:white_check_mark: - `[RESPONSE_TIME] < 9000`\n',
              short: false,
            },
          ],
        },
      ],
    })
  })

  test('leaves out what there is not', () => {
    const [attachment] = JSON.parse(bound.request(resolve).body ?? '').attachments

    expect(attachment).toEqual({
      title: ':helmet_with_white_cross: Gatus',
      text: 'An alert for *cart* has been resolved after passing successfully 2 time(s) in a row',
      short: false,
      color: '#36A64F',
    })
  })
})

describe('discord', () => {
  const settings = { 'webhook-url': 'https://discord.example.org/w', title: 'Shop', 'message-content': '<@&7>' }
  const bound = discord.bind(discord.settings.parse(settings))

  test('sends a trigger with its description and its conditions', () => {
    expect(JSON.parse(bound.request(trigger).body ?? '')).toEqual({
      content: '<@&7>',
      embeds: [
        {
          title: 'Shop',
          description:
            'An alert for **shop/cart** has been triggered due to having failed 3 time(s) in a row:\n> nobody can buy',
          color: 15158332,
          fields: [
            {
              name: 'Condition results',
              value: ':x: - `[CONNECTED] (false) == true`\n:white_check_mark: - `[RESPONSE_TIME] < 9000`\n',
              inline: false,
            },
          ],
        },
      ],
    })
  })

  test('leaves out what there is not', () => {
    const plain = discord.bind(discord.settings.parse({ 'webhook-url': 'https://discord.example.org/w' }))

    expect(JSON.parse(plain.request(resolve).body ?? '')).toEqual({
      content: '',
      embeds: [
        {
          title: ':helmet_with_white_cross: Gatus',
          description: 'An alert for **cart** has been resolved after passing successfully 2 time(s) in a row',
          color: 3066993,
        },
      ],
    })
  })
})

describe('custom', () => {
  const requestWith = (settings: Readonly<Record<string, unknown>>, notice = trigger) =>
    custom.bind(custom.settings.parse({ url: 'https://hooks.example.org', ...settings })).request(notice)

  test('is a GET without a body unless told otherwise', () => {
    expect(requestWith({})).toEqual({ method: 'GET', url: 'https://hooks.example.org', headers: {}, body: undefined })
  })

  test('fills in placeholders in the url and the body, each time they occur', () => {
    const { url, body } = requestWith({
      url: 'https://hooks.example.org/[ENDPOINT_GROUP]/[ENDPOINT_NAME]?[ENDPOINT_NAME]',
      body: '[ALERT_TRIGGERED_OR_RESOLVED] [ENDPOINT_URL] [ALERT_DESCRIPTION] [RESULT_ERRORS] [RESULT_CONDITIONS]',
    })

    expect(url).toBe('https://hooks.example.org/shop/cart?cart')
    expect(body).toBe(
      'TRIGGERED https://cart.example.org/ nobody can buy dial \\"cart\\",timeout ' +
        '❌ - `[CONNECTED] (false) == true`, ✅ - `[RESPONSE_TIME] < 9000`',
    )
  })

  test('leaves headers and the method as they are', () => {
    const { method, headers } = requestWith({ method: 'PATCH', headers: { 'X-Name': '[ENDPOINT_NAME]' } })

    expect([method, headers]).toEqual(['PATCH', { 'X-Name': '[ENDPOINT_NAME]' }])
  })

  test('takes conditions into the url only along with the body', () => {
    const url = 'https://hooks.example.org/?c=[RESULT_CONDITIONS]'

    expect(requestWith({ url }).url).toBe(url)
    expect(requestWith({ url, body: '[RESULT_CONDITIONS]' }).url).toContain('✅')
    expect(requestWith({ url, body: '[RESULT_CONDITIONS]' }, resolve).body).toBe('[RESULT_CONDITIONS]')
  })

  test('has words of its own for the two states, and falls back where one is missing', () => {
    const settings = {
      body: '[ALERT_TRIGGERED_OR_RESOLVED]',
      placeholders: { ALERT_TRIGGERED_OR_RESOLVED: { TRIGGERED: 'outage' } },
    }

    expect(requestWith(settings).body).toBe('outage')
    expect(requestWith(settings, resolve).body).toBe('RESOLVED')
  })

  test('puts in texts as they are, whatever they look like', () => {
    const notice = { ...trigger, alert: { ...trigger.alert, description: '$& $1 $$' } }

    expect(requestWith({ body: '<[ALERT_DESCRIPTION]>' }, notice).body).toBe('<$& $1 $$>')
  })
})

describe('settings', () => {
  const problemsOf = (settings: Readonly<Record<string, unknown>>) =>
    slack.settings.safeParse(settings).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)

  test('need an address', () => {
    expect(problemsOf({})).toEqual(['webhook-url: is required'])
    expect(problemsOf({ 'webhook-url': '' })).toEqual(['webhook-url: webhook-url not set'])
    expect(problemsOf({ 'webhook-url': 'hooks.example.org' })).toEqual([
      'webhook-url: webhook-url must start with http:// or https://',
    ])
  })

  test('bound attempts, even where the time-out is switched off', () => {
    const timeoutOf = (client: Readonly<Record<string, unknown>> | undefined) =>
      custom.bind(custom.settings.parse({ url: 'https://hooks.example.org', client })).timeoutMs

    expect([timeoutOf(undefined), timeoutOf({ timeout: '3s' }), timeoutOf({ timeout: '0s' })]).toEqual([
      10_000, 3_000, 10_000,
    ])
  })
})
