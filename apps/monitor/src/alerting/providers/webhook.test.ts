import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Notice } from '../../domain/notice.ts'
import { sampleNotice } from '../sample.ts'
import { webhook } from './webhook.ts'

type Verify = (headers: Readonly<Record<string, string>>, body: string, secret: string, now?: number) => boolean

const now = Date.parse('2026-11-21T14:14:01.250Z')
const notice: Notice = {
  ...sampleNotice({ type: 'webhook', kind: 'trigger', now, incidentId: 'b0e0' }),
  id: '6f1c',
}
const documentation = new URL('../../../../../docs/alerting.md', import.meta.url)

const requestWith = (settings: Readonly<Record<string, unknown>>, sent = notice) => {
  const {
    method,
    url,
    headers,
    body = '',
  } = webhook.bind(webhook.settings.parse({ url: 'https://hooks.example.org/x', ...settings })).request(sent)
  return { method, url, headers, body }
}

/** The first block of code of `language` in the documentation. */
async function documented(language: string): Promise<string> {
  const text = await readFile(documentation, 'utf8')
  return new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(text)?.[1] ?? ''
}

async function documentedVerify(): Promise<{ verify: Verify } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'vedette-docs-'))
  const file = join(folder, 'verify.mjs')
  await writeFile(file, await documented('js'))
  const { isFromVedette: verify } = await import(pathToFileURL(file).href)
  return { verify, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return []
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shapeOf(member)]))
}

describe('the body', () => {
  test('has the shape that is documented', async () => {
    const { body } = requestWith({})

    expect(shapeOf(JSON.parse(body))).toEqual(shapeOf(JSON.parse(await documented('json'))))
  })

  test('tells the notice', () => {
    const { method, headers, body } = requestWith({ method: 'put', headers: { 'X-Team': 'blue' } })

    expect(method).toBe('put')
    expect(headers).toEqual({
      'content-type': 'application/json',
      'x-vedette-notice-id': '6f1c',
      'x-team': 'blue',
    })
    expect(JSON.parse(body)).toMatchObject({
      version: 1,
      id: '6f1c',
      kind: 'trigger',
      late: false,
      sentAt: '2026-11-21T14:14:01.250Z',
      incident: { id: 'b0e0', since: '2026-11-21T14:14:01.250Z' },
      endpoint: { name: 'vedette-test' },
      result: { success: false, errors: ['this is a test'] },
    })
  })
})

describe('the signature', () => {
  test('is what the documented function verifies', async () => {
    await using documentedCode = await documentedVerify()
    const { headers, body } = requestWith({ secret: 'swordfish' })

    expect(documentedCode.verify(headers, body, 'swordfish', now)).toBe(true)
    expect(documentedCode.verify(headers, `${body} `, 'swordfish', now)).toBe(false)
    expect(documentedCode.verify(headers, body, 'another', now)).toBe(false)
    expect(documentedCode.verify(headers, body, 'swordfish', now + 301_000)).toBe(false)
    expect(documentedCode.verify({}, body, 'swordfish', now)).toBe(false)
  })

  test('covers the time of the attempt, which changes from one to the next', () => {
    const first = requestWith({ secret: 'swordfish' })
    const second = requestWith({ secret: 'swordfish' }, { ...notice, sentAt: now + 5_000 })

    expect(first.headers['x-vedette-timestamp']).toBe('1795270441')
    expect(second.headers['x-vedette-signature']).not.toBe(first.headers['x-vedette-signature'])
  })

  test('is absent without a secret', () => {
    expect(requestWith({ secret: '' }).headers).not.toHaveProperty('x-vedette-signature')
  })
})
