import { readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../support/monitor.ts'
import { eventually, freePort, runProgram } from '../support/program.ts'

const endpoint = (name: string, url: string, more = '') => `
  - name: ${name}
    url: ${url}
    interval: 1s
    conditions: ["[STATUS] == 200"]${more}`

const configWith = (port: number, endpoints: string, more = '') => `
web: {address: 127.0.0.1, port: ${port}}
storage: {type: sqlite, path: vedette.db}${more}
endpoints:${endpoints}
`

interface Hook extends AsyncDisposable {
  readonly url: string
  readonly received: { kind: string; endpoint: { key: string } }[]
}

/** Somebody who takes webhooks; `refuses` says with which status, if any. */
async function webhookReceiver(status: () => number = () => 200): Promise<Hook> {
  const received: Hook['received'] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const answer = status()
      if (answer === 200) received.push(JSON.parse(body))
      response.writeHead(answer).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const resultsOf = async (port: number, key: string) => {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/endpoints/${key}/statuses?pageSize=100`)
  const { results }: { results: { success: boolean; timestamp: string }[] } = await response.json()
  return results
}

describe('the command line', () => {
  test('prints its version and its help', async () => {
    using folder = temporaryFolder()
    await using version = runProgram(['--version'], { cwd: folder.path })
    await using help = runProgram(['--help'], { cwd: folder.path })

    expect(await version.exited).toBe(0)
    expect(version.output()).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(await help.exited).toBe(0)
    expect(help.output()).toContain('vedette validate')
  })

  test('says every problem of a configuration at its place, and starts nothing', async () => {
    using folder = temporaryFolder()
    const port = await freePort()
    writeFileSync(join(folder.path, 'config.yaml'), configWith(port, endpoint('a', 'gopher://x') + endpoint('b', '')))
    await using program = runProgram([], { cwd: folder.path })

    expect(await program.exited).toBe(2)
    expect(program.output()).toMatch(/config\.yaml:\d+:\d+: endpoints\[0\]\.url/)
    expect(program.output()).toMatch(/config\.yaml:\d+:\d+: endpoints\[1\]/)
  })

  test('validates: 0 when valid, and with --strict 2 for a warning', async () => {
    using folder = temporaryFolder()
    writeFileSync(join(folder.path, 'config.yaml'), `metricks: true\n${configWith(8080, endpoint('a', 'http://x'))}`)
    await using plain = runProgram(['validate'], { cwd: folder.path })
    await using strict = runProgram(['validate', '--strict'], { cwd: folder.path })

    expect(await plain.exited).toBe(0)
    expect(plain.output()).toContain('did you mean "metrics"?')
    expect(await strict.exited).toBe(2)
  })

  test('a port in use is one clear line, and exit code 1', async () => {
    using folder = temporaryFolder()
    await using hook = await webhookReceiver()
    const port = Number(new URL(hook.url).port)
    writeFileSync(join(folder.path, 'config.yaml'), configWith(port, endpoint('a', 'http://127.0.0.1:9')))
    await using program = runProgram([], { cwd: folder.path })

    expect(await program.exited).toBe(1)
    expect(program.output().trim().split('\n')).toEqual([expect.stringContaining(`127.0.0.1:${port} is in use`)])
  })

  test('asks a running monitor for its health', async () => {
    using folder = temporaryFolder()
    const port = await freePort()
    writeFileSync(join(folder.path, 'config.yaml'), configWith(port, endpoint('a', `http://127.0.0.1:${port}/health`)))
    await using before = runProgram(['health'], { cwd: folder.path })
    expect(await before.exited).toBe(1)

    await using monitor = runProgram([], { cwd: folder.path })
    await eventually(() => monitor.output().includes('is watching'))
    await using after = runProgram(['health'], { cwd: folder.path })

    expect(await after.exited).toBe(0)
    expect(after.output()).toContain('"status":"UP"')
  })

  test('sends a sample through a provider', async () => {
    using folder = temporaryFolder()
    await using hook = await webhookReceiver()
    const alerting = `\nalerting: {webhook: {url: "${hook.url}"}}`
    writeFileSync(join(folder.path, 'config.yaml'), configWith(8080, endpoint('a', 'http://x'), alerting))
    await using program = runProgram(['alert', 'test', 'webhook'], { cwd: folder.path })

    expect(await program.exited).toBe(0)
    expect(hook.received.map(({ kind }) => kind)).toEqual(['trigger', 'resolve'])
  })
})

describe('a running monitor', () => {
  test('keeps its history over a restart, and stops with code 0', async () => {
    using folder = temporaryFolder()
    const port = await freePort()
    writeFileSync(join(folder.path, 'config.yaml'), configWith(port, endpoint('a', `http://127.0.0.1:${port}/health`)))
    await using first = runProgram([], { cwd: folder.path })
    await eventually(async () => (await resultsOf(port, '_a')).length >= 2)
    const before = await resultsOf(port, '_a')

    expect(await first.end('SIGTERM')).toBe(0)
    await using second = runProgram([], { cwd: folder.path })
    await eventually(() => second.output().includes('is watching'))
    const after = await resultsOf(port, '_a')

    expect(after.slice(0, before.length)).toEqual(before)
  })

  test.runIf(process.platform === 'linux')('has threads enough for name servers that hang', async () => {
    using folder = temporaryFolder()
    const port = await freePort()
    writeFileSync(join(folder.path, 'config.yaml'), configWith(port, endpoint('a', `http://localhost:${port}/health`)))
    await using monitor = runProgram([], { cwd: folder.path })
    await eventually(async () => (await resultsOf(port, '_a')).length > 0)

    expect(readdirSync(`/proc/${monitor.process.pid}/task`).length).toBeGreaterThan(64)
  })

  test('goes on as it was when its configuration becomes invalid, and says why', async () => {
    using folder = temporaryFolder()
    const port = await freePort()
    const path = join(folder.path, 'config.yaml')
    writeFileSync(path, configWith(port, endpoint('a', `http://127.0.0.1:${port}/health`)))
    await using monitor = runProgram([], { cwd: folder.path })
    await eventually(async () => (await resultsOf(port, '_a')).length >= 1)

    writeFileSync(path, configWith(port, endpoint('a', 'gopher://x')))
    await eventually(() => monitor.output().includes('not valid'))
    const { length } = await resultsOf(port, '_a')
    await eventually(async () => (await resultsOf(port, '_a')).length > length)

    const health = await (await fetch(`http://127.0.0.1:${port}/health`)).json()
    expect(health.degraded).toEqual([{ part: 'configuration', reason: expect.any(String) }])
  })

  test('loses neither history, nor an alert, nor a pending notice to kill -9', async () => {
    using folder = temporaryFolder()
    const port = await freePort()
    let status = 503
    await using hook = await webhookReceiver(() => status)
    const alerting = `\nalerting: {webhook: {url: "${hook.url}"}}`
    const alert = '\n    alerts: [{type: webhook, failure-threshold: 1, success-threshold: 1, send-on-resolved: true}]'
    writeFileSync(
      join(folder.path, 'config.yaml'),
      configWith(port, endpoint('a', 'http://127.0.0.1:9', alert), alerting),
    )
    await using first = runProgram([], { cwd: folder.path })
    await eventually(() => first.output().includes('was not delivered'))
    await eventually(async () => (await resultsOf(port, '_a')).length >= 3)
    const before = (await resultsOf(port, '_a')).slice(0, 2)
    await first.end('SIGKILL')

    status = 200
    await using second = runProgram([], { cwd: folder.path })
    await eventually(() => hook.received.length > 0)
    const after = await resultsOf(port, '_a')

    expect(second.output()).not.toContain('error')
    expect(after.slice(0, 2)).toEqual(before)
    expect(hook.received.map(({ kind, endpoint: { key } }) => `${kind} ${key}`)).toEqual(['trigger _a'])
  })

  test('moves a file that is no database aside, says so, and runs', async () => {
    using folder = temporaryFolder()
    const port = await freePort()
    writeFileSync(join(folder.path, 'vedette.db'), 'this is a letter, not a database\n'.repeat(200))
    writeFileSync(join(folder.path, 'config.yaml'), configWith(port, endpoint('a', `http://127.0.0.1:${port}/health`)))
    await using monitor = runProgram([], { cwd: folder.path })

    await eventually(async () => (await resultsOf(port, '_a')).length >= 1)

    expect(monitor.output()).toMatch(/vedette\.db\.corrupt-/)
  })

  test('prints no secret, whatever goes wrong, and shows none', async () => {
    using folder = temporaryFolder()
    const port = await freePort()
    await using hook = await webhookReceiver(() => 503)
    const secrets = ['s3cr3t-path', 's3cr3t-signature', 's3cr3t-token', 's3cr3t-password', 's3cr3t-from-environment']
    const [path, signature, token, password, fromEnvironment] = secrets
    const alerting = `
alerting:
  webhook: {url: "${hook.url}/${path}", secret: ${signature}, headers: {Authorization: Bearer ${token}}}
  slack: {webhook-url: "http://127.0.0.1:9/services/\${SLACK_SECRET}"}`
    const more = `
    headers: {X-Token: ${token}}
    alerts: [{type: webhook, failure-threshold: 1}, {type: slack, failure-threshold: 1}]`
    const endpoints = endpoint('a', `http://user:${password}@127.0.0.1:9/`, more)
    writeFileSync(join(folder.path, 'config.yaml'), configWith(port, endpoints, `\nmetrics: true${alerting}`))
    const env = { VEDETTE_LOG_LEVEL: 'debug', SLACK_SECRET: fromEnvironment ?? '' }
    await using monitor = runProgram([], { cwd: folder.path, env })
    await eventually(() => monitor.output().split('was not delivered').length > 2)
    writeFileSync(join(folder.path, 'config.yaml'), configWith(port, endpoints, `${alerting}\nweb: [${token}`))
    await eventually(() => monitor.output().includes('not valid'))

    const paths = ['/', '/endpoints/_a', '/metrics', '/health', '/status.txt', '/feed.atom', '/feed.json']
    paths.push('/api/v1/overview', '/api/v1/endpoints/statuses', '/api/v1/endpoints/_a/detail')
    const answers = await Promise.all(
      paths.map(async (one) => [one, await (await fetch(`http://127.0.0.1:${port}${one}`)).text()] as const),
    )
    await monitor.end('SIGTERM')

    const shown = [...answers, ['the log', monitor.output()] as const]
    const leaks = shown.flatMap(([where, text]) => secrets.filter((secret) => text.includes(secret)).map(() => where))
    expect(leaks).toEqual([])
  })
})
