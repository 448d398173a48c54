import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bundledThread, threadOf } from '../../../../test/support/bundled-thread.ts'
import { ConfigError } from './issues.ts'
import { parseConfig } from './load.ts'
import { configFrom } from './plain.ts'
import { checkInThread } from './thread.ts'

let bundled: Awaited<ReturnType<typeof bundledThread>>

beforeAll(async () => {
  bundled = await bundledThread('config-thread.ts')
})

afterAll(() => bundled.remove())

const textsOf = (text: string, env: Record<string, string> = {}) => ({
  files: [{ file: 'config.yaml', text }],
  env,
  issues: [],
})

const errorOf = (work: () => unknown): unknown => {
  try {
    return work()
  } catch (error) {
    return error
  }
}

describe('the thread that checks a configuration', () => {
  test('fills in the environment, and answers with the configuration and its warnings', async () => {
    const text = 'endpoints: [{name: $NAME, url: "https://example.org", conditions: ["[STATUS] == 200"], colour: red}]'
    const found = { severity: 'warning', path: '', reason: 'found before' } as const

    const plain = await checkInThread(bundled.path, { ...textsOf(text, { NAME: 'shop' }), issues: [found] })
    const { config, warnings, fingerprint } = configFrom(plain)

    expect(config.endpoints.map(({ key }) => key)).toEqual(['_shop'])
    expect(warnings.map(({ reason }) => reason)).toEqual(['found before', 'unknown key'])
    expect(fingerprint).toBe(parseConfig([{ file: 'config.yaml', text }], { NAME: 'shop' }).fingerprint)
  })

  test('says what is wrong, as it would be said here', async () => {
    const text = 'endpoints:\n  - {name: a, url: "https://example.org", conditions: ["[STATUS] = 200"], interval: soon}'

    const error = await checkInThread(bundled.path, textsOf(text)).catch((reason: unknown) => reason)

    expect(error).toBeInstanceOf(ConfigError)
    expect(error).toEqual(errorOf(() => parseConfig([{ file: 'config.yaml', text }], {})))
  })

  test('may fail: then it is said why, and nothing waits', async () => {
    const broken = checkInThread(threadOf('throw new Error("no memory left")'), textsOf(''))
    const silent = checkInThread(threadOf('void port'), textsOf(''))

    await Promise.all([
      expect(broken).rejects.toThrow('no memory left'),
      expect(silent).rejects.toThrow('its thread has ended'),
    ])
  })
})
