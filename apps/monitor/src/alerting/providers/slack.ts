import { z } from 'zod'
import { text } from '../../lib/fields.ts'
import { conditionLines, cut, defaultTitle, fitLines, headline, isResolve, quotation } from '../message.ts'
import { address } from './address.ts'
import { defineWebhook } from './define.ts'

// https://docs.slack.dev/messaging/formatting-message-text#truncating: texts over 40,000 characters are cut. The
// limits here stay below, so that what matters stays readable.
const longestTitle = 1_000
const longestText = 8_000
const longestConditions = 20_000

// https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments
export const slack = defineWebhook({
  type: 'slack',
  settings: z.object({
    'webhook-url': address('webhook-url').describe('Address of an incoming webhook.'),
    title: text({ fallback: defaultTitle }).describe('Title of the message.'),
  }),
  mustOverride: ['webhook-url'],

  request(notice, settings) {
    const { conditions } = notice.result
    const value = fitLines(conditionLines(conditions), longestConditions)
    return {
      url: settings['webhook-url'].reveal(),
      json: {
        text: '',
        attachments: [
          {
            title: cut(settings.title, longestTitle),
            text: cut(`${headline(notice, '*')}${quotation(notice)}`, longestText),
            short: false,
            color: isResolve(notice) ? '#36A64F' : '#DD0000',
            fields: conditions.length === 0 ? undefined : [{ title: 'Condition results', value, short: false }],
          },
        ],
      },
    }
  },
})
