import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parseConfig } from './load.ts'

const env = { SLACK_WEBHOOK_URL: 'https://hooks.example.org/x', WEBHOOK_SECRET: 'secret', ORDERS_TOKEN: 'token' }

const text = readFileSync(fileURLToPath(new URL('../../../../config.yaml', import.meta.url)), 'utf8')

/** The sample with its commented examples switched on: comments that are not prose. */
const everythingOn = text.replace(/^( *)# ?((?!yaml-language-server)(?:- |[a-z-]+:| {2,}|\{).*)$/gm, '$1$2')

describe('the sample configuration', () => {
  test('is valid as it stands, with nothing to warn of', () => {
    const { config, warnings } = parseConfig([{ file: 'config.yaml', text }], {})

    expect(warnings).toEqual([])
    expect(config.storage).toMatchObject({ type: 'sqlite', path: 'data/vedette.db' })
    expect(new Set(config.endpoints.map(({ group }) => group)).size).toBe(2)
  })

  test('asks nothing of the internet', () => {
    const { config } = parseConfig([{ file: 'config.yaml', text }], {})

    for (const { url } of config.endpoints) expect(url).toMatch(/^\w+:\/\/127\.0\.0\.1:8080/)
  })

  test('is valid with its comments switched on', () => {
    const { config, warnings } = parseConfig([{ file: 'config.yaml', text: everythingOn }], env)

    expect(warnings).toEqual([])
    expect(config.endpoints.map(({ name }) => name)).toEqual(['Health', 'Page', 'Port', 'Website', 'Orders', 'Stock'])
    expect(config.alertProviders).toEqual(['slack', 'webhook'])
    expect(config.maintenance.windows).toHaveLength(1)
  })
})
