import { z } from 'zod'
import { text } from '../../lib/fields.ts'
import { conditionLines, cut, defaultTitle, fitLines, headline, isResolve, quotation } from '../message.ts'
import { address } from './address.ts'
import { defineWebhook } from './define.ts'

// https://docs.discord.com/developers/resources/message#embed-object-embed-limits; more is refused with 400.
const longestTitle = 256
const longestDescription = 4_096
const longestFieldValue = 1_024
// https://docs.discord.com/developers/resources/webhook#execute-webhook
const longestContent = 2_000

const red = 0xe74c3c
const green = 0x2ecc71

// https://docs.discord.com/developers/resources/webhook#execute-webhook
export const discord = defineWebhook({
  type: 'discord',
  settings: z.object({
    'webhook-url': address('webhook-url').describe('Address of a webhook of a channel.'),
    title: text({ fallback: defaultTitle }).describe('Title of the message.'),
    'message-content': text({ fallback: '' }).describe('Text before the message, such as a mention: `<@&123>`.'),
  }),
  mustOverride: ['webhook-url'],

  request(notice, settings) {
    const { conditions } = notice.result
    const value = fitLines(conditionLines(conditions), longestFieldValue)
    return {
      url: settings['webhook-url'].reveal(),
      json: {
        content: cut(settings['message-content'], longestContent),
        embeds: [
          {
            title: cut(settings.title, longestTitle),
            description: cut(`${headline(notice, '**')}${quotation(notice)}`, longestDescription),
            color: isResolve(notice) ? green : red,
            fields: conditions.length === 0 ? undefined : [{ name: 'Condition results', value, inline: false }],
          },
        ],
      },
    }
  },
})
