import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import type { Random } from '../../simulate/random.ts'
import type { Complaints } from '../scenario.ts'
import { mutated, noise } from './text.ts'

const answerLimitMs = 20_000
const atOnce = 16

const paths: readonly [string, ...string[]] = [
  '/',
  '/?range=24h&lang=de&q=a&sort=name',
  '/health',
  '/metrics',
  '/api/v1/config',
  '/api/v1/endpoints/statuses?page=1&pageSize=20',
  '/api/v1/endpoints/_1/statuses?page=2&pageSize=100',
  '/api/v1/endpoints/_1/uptimes/24h',
  '/api/v1/endpoints/_1/uptimes/7d/badge.svg',
  '/api/v1/endpoints/_1/response-times/30d',
  '/api/v1/endpoints/_1/response-times/24h/chart.svg',
  '/api/v1/endpoints/_1/health/badge.shields',
  '/api/v1/endpoints/_1/history?window=7d',
  '/api/v1/events',
  '/endpoints/_1',
  '/history/2026-11',
  '/embed/status',
  '/feed.atom',
  '/assets/boot.js',
]

const words: readonly [string, ...string[]] = [
  '%00',
  '%2e%2e%2f',
  '../',
  '//',
  '%',
  '%zz',
  '%F0%9F%98%80',
  '?',
  '&page=',
  '-1',
  '99999999999999999999',
  'NaN',
  '1e9',
  '__proto__',
  'window=1000000h',
  '+',
  ';',
]

const headerNames: readonly [string, ...string[]] = [
  'accept',
  'accept-encoding',
  'accept-language',
  'cookie',
  'if-none-match',
  'x-forwarded-proto',
  'last-event-id',
  'range',
  'host',
]

const headerValues: readonly [string, ...string[]] = [
  '',
  '*',
  'text/html',
  'gzip;q=0, br;q=1',
  'de-CH, *;q=0.1',
  'vedette-theme=dark; vedette-range=24h',
  'W/"x", "y"',
  'https',
  '-1',
  'bytes=0-',
]

const methods: readonly [string, ...string[]] = ['GET', 'GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']

/** What can stand in a request line. */
const sendable = (path: string) => `/${path.replace(/[^\x21-\x7e]/g, '').replace(/^\//, '')}`.slice(0, 6_000)

interface Sent {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
}

function requestOf(random: Random): Sent {
  const headers: Record<string, string> = {}
  for (let count = random.below(4); count > 0; count -= 1) {
    const value = random.pick(headerValues)
    const text = random.chance(0.3) ? mutated(value, random, words) : value
    headers[random.pick(headerNames)] = text.replace(/[^\x20-\x7e]/g, '').slice(0, 1_000)
  }
  const path = random.chance(0.1) ? noise(random, 100) : random.pick(paths)
  return {
    method: random.pick(methods),
    path: sendable(random.chance(0.7) ? mutated(path, random, words) : path),
    headers,
  }
}

/** The status of the answer; a stream is let go once it has begun. */
function ask(port: number, agent: Agent, { method, path, headers }: Sent): Promise<number> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, agent, method, path, headers, timeout: answerLimitMs })
    asking.on('timeout', () => asking.destroy(new Error(`no answer in ${answerLimitMs} ms`)))
    asking.on('error', reject)
    asking.on('response', (response) => {
      const isStream = response.headers['content-type']?.startsWith('text/event-stream') === true
      response.on('error', () => {})
      if (isStream) asking.destroy()
      else response.resume()
      resolve(response.statusCode ?? 0)
    })
    asking.end(method === 'POST' || method === 'PUT' ? 'a=b' : undefined)
  })
}

const isRefusedTime = (status: number, path: string) => status === 503 && /ready|events/i.test(path)

/** Answers how many requests were sent; none may be answered with a failure of the server, or not at all. */
export async function fuzzRequests(random: Random, count: number, port: number, wrong: Complaints): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  let sent = 0
  const worker = async () => {
    while (sent < count) {
      sent += 1
      const asked = requestOf(random)
      const shown = `${asked.method} ${asked.path.slice(0, 300)} ${JSON.stringify(asked.headers)}`
      try {
        const status = await ask(port, agent, asked)
        if (status >= 500 && !isRefusedTime(status, asked.path)) wrong.add(`${shown}: answered ${status}`)
      } catch (error) {
        wrong.add(`${shown}: ${String(error)}`)
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  agent.destroy()
  return sent
}

/** Sends bytes that are hardly a request; answers what came back. */
function sendBytes(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    let answer = ''
    const end = setTimeout(() => socket.destroy(), answerLimitMs)
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1').slice(0, 200)
      if (answer.length > 1_000) socket.destroy()
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(end)
      resolve(answer)
    })
    socket.end(bytes, 'latin1')
  })
}

/** Heads that no client would send. */
export async function fuzzBytes(random: Random, count: number, port: number, wrong: Complaints): Promise<number> {
  const head =
    'GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n'
  let sent = 0
  const worker = async () => {
    while (sent < count) {
      sent += 1
      const bytes = random.chance(0.3)
        ? noise(random, 300)
        : mutated(head, random, ['\r\n', '\u0000', 'HTTP/9.9', ': '])
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(await sendBytes(port, bytes))?.[1] ?? 0)
      if (status >= 500 && status !== 505) wrong.add(`${JSON.stringify(bytes.slice(0, 300))}: answered ${status}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return sent
}
