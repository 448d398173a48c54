import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import type { Config } from '../../apps/monitor/src/domain/config.ts'
import { configOf, runningMonitor } from '../support/monitor.ts'

const config = configOf(`
endpoints:
  - name: front-end
    url: http://127.0.0.1:1/
    enabled: false
    conditions: ['[STATUS] == 200']
`)

const at = (address: string, port: number): Config => ({ ...config, web: { ...config.web, address, port } })

/** Something else that listens on any free port, or on this one. */
async function listener(address: string, wanted = 0): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(wanted, address, resolve))
  const bound = server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0
  return { port, [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())) }
}

const healthOf = async (url: string) => (await fetch(`${url}/health`)).json()

test('a port that is in use leaves the page where it is, and is taken once it is free', async () => {
  await using monitor = await runningMonitor(config)
  const before = monitor.url
  const other = await listener('127.0.0.1')
  const next = at('127.0.0.1', other.port)

  await expect(monitor.reload(next, 0)).rejects.toThrow(`127.0.0.1:${other.port} is in use`)

  expect(await healthOf(before)).toMatchObject({ degraded: [{ part: 'configuration' }] })
  await other[Symbol.asyncDispose]()
  await monitor.reload(next, 0)
  expect(monitor.url).toBe(`http://127.0.0.1:${other.port}`)
  expect(await healthOf(monitor.url)).toEqual({ status: 'UP' })
  await expect(fetch(before)).rejects.toThrow()
})

test('an address that cannot be had on the same port is left again for the one before', async () => {
  await using free = await listener('127.0.0.1')
  const { port } = free
  await free[Symbol.asyncDispose]()
  await using monitor = await runningMonitor(at('127.0.0.1', port))
  await using _other = await listener('127.0.0.2', port)
  await expect(monitor.reload(at('127.0.0.2', port), 0)).rejects.toThrow(`127.0.0.2:${port} is in use`)

  await monitor.reload(at('127.0.0.1', port), 0)

  expect(await healthOf(`http://127.0.0.1:${port}`)).toEqual({ status: 'UP' })
})
