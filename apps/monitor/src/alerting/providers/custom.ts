import { z } from 'zod'
import type { Notice } from '../../domain/notice.ts'
import { secretMap, text, textMap } from '../../lib/fields.ts'
import { conditionList, stateWord } from '../message.ts'
import { notEmpty } from './address.ts'
import { client } from './client.ts'
import { defineWebhook } from './define.ts'

type Words = Readonly<Record<string, string>> | undefined

/** A request as the operator writes it, with placeholders in its url and its body. */
export const custom = defineWebhook({
  type: 'custom',
  settings: z.object({
    url: notEmpty('url').describe('Address of the request. May hold placeholders.'),
    method: text({ fallback: 'GET' }).describe('Method of the request.'),
    body: text({ fallback: '' }).describe('Body of the request. May hold placeholders.'),
    headers: secretMap().optional().describe('Headers of the request, as they are.'),
    placeholders: z
      .object({
        ALERT_TRIGGERED_OR_RESOLVED: textMap().optional().describe('Words for `TRIGGERED` and `RESOLVED`.'),
      })
      .optional(),
    client: client(),
  }),
  checksGroups: false,
  client: (settings) => settings.client,

  request(notice, { url, method, body, headers = {}, placeholders }) {
    const words = placeholders?.ALERT_TRIGGERED_OR_RESOLVED
    const fill = filler(notice, words, body)
    return {
      url: fill(url.reveal()),
      method,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.reveal()])),
      body: body === '' ? undefined : fill(body),
    }
  },
})

/** Replaces the placeholders one after the other: text that one puts in is open to those after it, as in Gatus. */
function filler(notice: Notice, words: Words, body: string): (template: string) => string {
  const { alert, endpoint, result } = notice
  const replacements: [string, string][] = [
    ['[ALERT_DESCRIPTION]', alert.description],
    ['[ENDPOINT_NAME]', endpoint.name],
    ['[ENDPOINT_GROUP]', endpoint.group],
    ['[ENDPOINT_URL]', endpoint.url],
    // Most bodies are JSON with the placeholder inside a string.
    ['[RESULT_ERRORS]', result.errors.map((error) => error.replaceAll('"', '\\"')).join(',')],
  ]
  if (result.conditions.length > 0 && body.includes('[RESULT_CONDITIONS]')) {
    replacements.push(['[RESULT_CONDITIONS]', conditionList(result.conditions)])
  }
  const word = stateWord(notice)
  replacements.push(['[ALERT_TRIGGERED_OR_RESOLVED]', words?.[word] ?? word])
  return (template) =>
    replacements.reduce((filled, [placeholder, value]) => filled.replaceAll(placeholder, () => value), template)
}
