import { expect, test } from 'vitest'
import { fakeClock } from '../support/fake-clock.ts'
import { configOf, runningMonitor } from '../support/monitor.ts'

async function monitor(basePath = '') {
  const config = configOf(`
storage: {type: memory}
web: {base-path: "${basePath}"}
endpoints:
  - {name: Sign-in, group: core, url: "http://127.0.0.1:9", enabled: false, conditions: ["[STATUS] == 200"]}
`)
  return runningMonitor(config, { clock: fakeClock(Date.parse('2026-11-21T14:14:00Z')) })
}

async function get(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { headers })
  const text = await response.text()
  return { headers: response.headers, text, language: /<html lang="([^"]*)"/.exec(text)?.[1] }
}

test('documents are in the language of the address, else of the cookie, else of the browser', async () => {
  await using running = await monitor()
  const browser = { 'accept-language': 'fr;q=0.3, ja;q=0.9' }
  const url = `${running.url}/`

  const answers = [
    await get(url),
    await get(url, browser),
    await get(url, { ...browser, cookie: 'vedette-lang=de' }),
    await get(`${url}?lang=ar`, { ...browser, cookie: 'vedette-lang=de' }),
    await get(`${running.url}/endpoints/nowhere`, browser),
  ]

  expect(answers.map(({ language }) => language)).toEqual(['en', 'ja', 'de', 'ar', 'ja'])
  expect(answers.map(({ headers }) => headers.get('content-language'))).toEqual(['en', 'ja', 'de', 'ar', 'ja'])
  for (const { headers } of answers) expect(headers.get('vary')).toMatch(/Accept-Language.*Cookie/)
  expect(answers[3]?.text).toContain('dir="rtl"')
})

test('documents kept for one language are not sent to readers of another', async () => {
  await using running = await monitor()
  const ask = (language: string) => get(`${running.url}/`, { 'accept-language': language })

  const first = await Promise.all(['de', 'fr', 'de', 'en'].map(ask))
  const again = await Promise.all(['en', 'fr', 'de', 'en'].map(ask))

  expect(first.map(({ language }) => language)).toEqual(['de', 'fr', 'de', 'en'])
  expect(again.map(({ language }) => language)).toEqual(['en', 'fr', 'de', 'en'])
  expect(first[0]?.headers.get('etag')).toBe(again[2]?.headers.get('etag'))
})

test('a language that the address names is kept for the pages after it', async () => {
  await using running = await monitor('/status')
  const address = `${running.url}/?lang=pt-BR`

  const first = await get(address)
  const second = await get(address, { cookie: 'vedette-lang=pt-BR' })
  const unknown = await get(`${running.url}/?lang=${encodeURIComponent('x; domain=evil')}`)

  expect(first.headers.get('set-cookie')).toBe('vedette-lang=pt-BR; Max-Age=31536000; Path=/status/; SameSite=Lax')
  expect(second.headers.get('set-cookie')).toBeNull()
  expect(unknown.headers.get('set-cookie')).toBeNull()
  expect(unknown.language).toBe('en')
})
