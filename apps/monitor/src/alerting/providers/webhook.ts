import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { Notice } from '../../domain/notice.ts'
import { secretMap, secretText, text } from '../../lib/fields.ts'
import type { Secret } from '../../lib/secret.ts'
import { headline } from '../message.ts'
import { address } from './address.ts'
import { client } from './client.ts'
import { defineWebhook } from './define.ts'

/** Our own JSON to any address; its shape and its signature are documented in `docs/alerting.md`. */
export const webhook = defineWebhook({
  type: 'webhook',
  settings: z.object({
    url: address('url').describe('Address that takes the JSON.'),
    method: text({ fallback: 'POST' }).describe('Method of the request.'),
    headers: secretMap().optional().describe('Further headers.'),
    secret: secretText().optional().describe('Signs each request, so that the receiver knows who sent it.'),
    client: client(),
  }),
  client: (settings) => settings.client,

  request(notice, { url, method, headers = {}, secret }) {
    const body = JSON.stringify(payload(notice))
    return {
      url: url.reveal(),
      method,
      headers: {
        'content-type': 'application/json',
        'x-vedette-notice-id': notice.id,
        ...signature(body, notice.sentAt, secret),
        ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.reveal()])),
      },
      body,
    }
  },
})

/** Version 1: members may be added; none is renamed, removed or given another meaning. */
const payload = (notice: Notice) => ({
  version: 1,
  id: notice.id,
  kind: notice.kind,
  late: notice.late,
  text: headline(notice),
  sentAt: time(notice.sentAt),
  incident: { id: notice.incidentId, since: time(notice.triggeredAt) },
  endpoint: notice.endpoint,
  alert: notice.alert,
  result: { ...notice.result, at: time(notice.result.at) },
})

const time = (at: number) => new Date(at).toISOString()

/** The time is signed too, so that a receiver can refuse a request that somebody recorded and sends again. */
function signature(body: string, sentAt: number, secret: Secret | undefined): Record<string, string> {
  if (secret === undefined || secret.reveal() === '') return {}
  const timestamp = String(Math.floor(sentAt / 1000))
  const digest = createHmac('sha256', secret.reveal()).update(`${timestamp}.${body}`).digest('hex')
  return { 'x-vedette-timestamp': timestamp, 'x-vedette-signature': `sha256=${digest}` }
}
