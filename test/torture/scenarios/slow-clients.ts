import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createBed } from '../bed.ts'
import { gapsOf } from '../gaps.ts'
import { metric } from '../program.ts'
import { residentMiB } from '../resident.ts'
import type { Findings, Scenario, ScenarioOptions } from '../scenario.ts'

const endpoints = 300
const slowReaders = 500
/** As many. */
const slowWriters = slowReaders
/** A head that is not complete is waited for so long, and looked for every five seconds. */
const headLimitSeconds = 21
const memoryLimitMiB = 400
const readerLimitMs = 2_000

const documents = [
  '/api/v1/endpoints/statuses?pageSize=100',
  '/',
  '/api/v1/endpoints/_1/statuses?pageSize=100',
  '/api/v1/endpoints/_2/history?window=7d',
  '/metrics',
  '/api/v1/events',
]

interface Client {
  readonly socket: Socket
  isOpen: boolean
}

/** Connects, and is told when the other side has had enough. */
function client(port: number): Client {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  const self: Client = { socket, isOpen: true }
  socket.on('error', () => {})
  socket.on('close', () => {
    self.isOpen = false
  })
  return self
}

/** Asks for something, and takes one byte of it a second. */
function slowReader(port: number, path: string): Client {
  const reader = client(port)
  reader.socket.pause()
  reader.socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
  const timer = setInterval(() => void reader.socket.read(1), 1_000)
  reader.socket.on('close', () => clearInterval(timer))
  return reader
}

/** Sends the head of a request, and never comes to its end. */
function slowWriter(port: number): Client {
  const writer = client(port)
  writer.socket.resume()
  writer.socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')
  const timer = setInterval(() => void writer.socket.write('a'), 1_000)
  writer.socket.on('close', () => clearInterval(timer))
  return writer
}

/** What is wrong with the answer to somebody who reads it at once. */
async function ask(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) })
    await response.arrayBuffer()
    return response.ok ? undefined : `answered ${response.status}`
  } catch (error) {
    return error instanceof Error ? `${error.message}: ${String(error.cause)}` : String(error)
  }
}

const openOf = (clients: readonly Client[]) => clients.filter(({ isOpen }) => isOpen).length

/** `rounds`: for how many seconds. */
async function run({ seed, rounds = 30, progress }: ScenarioOptions): Promise<Findings> {
  await using bed = await createBed({ seed, endpoints, unsteady: 0 })
  const port = Number(new URL(bed.url).port)
  await using monitor = bed.start()
  await monitor.started
  await sleep(20_000)
  const memoryBefore = residentMiB(monitor.process.pid)
  const from = Date.now()
  const readers: Client[] = []
  const writers: Client[] = []
  // Not all at once: that would be another trouble.
  while (readers.length < slowReaders) {
    for (let more = 0; more < 10; more += 1) {
      readers.push(slowReader(port, documents[readers.length % documents.length] ?? '/'))
      writers.push(slowWriter(port))
    }
    await sleep(400)
  }

  const others: number[] = []
  let memory = memoryBefore
  const seconds = Math.max(rounds, headLimitSeconds + 1)
  let writersLeft = slowWriters
  for (let second = 1; second <= seconds; second += 1) {
    for (const path of ['/', '/api/v1/endpoints/_3/statuses', '/health']) {
      const askedAt = performance.now()
      const problem = await ask(`${bed.url}${path}`)
      others.push(performance.now() - askedAt)
      if (problem !== undefined) bed.wrong.add(`${path}: ${problem}`)
    }
    await sleep(1_000)
    memory = Math.max(memory, residentMiB(monitor.process.pid))
    if (second === headLimitSeconds) writersLeft = openOf(writers)
    progress(
      `${second} s, ${openOf(readers)} readers, ${openOf(writers)} writers, ${residentMiB(monitor.process.pid)} MiB`,
    )
  }
  const to = Date.now()
  const readersLeft = openOf(readers)
  if (writersLeft > 0)
    bed.wrong.add(`${writersLeft} clients had not ended their head after ${headLimitSeconds} s, and were kept`)
  if (memory > memoryLimitMiB) bed.wrong.add(`memory went up to ${memory} MiB`)
  others.sort((a, b) => a - b)
  const slowest = others.at(-1) ?? 0
  if (slowest > readerLimitMs) bed.wrong.add(`another reader waited ${Math.round(slowest)} ms`)
  for (const { socket } of [...readers, ...writers]) socket.destroy()
  const skipped = await metric(bed.url, 'vedette_checks_skipped_total')
  if (skipped > 0) bed.wrong.add(`${skipped} checks were skipped`)
  await bed.finish(monitor)
  const { longestMs, p99Ms } = gapsOf(bed.answers(), from, to)
  if (longestMs > 2_000) bed.wrong.add(`an endpoint was not checked for ${longestMs} ms`)
  return bed.findings(
    [
      [slowReaders, 'slow readers'],
      [slowWriters, 'slow writers'],
    ],
    {
      'readers still open at the end': readersLeft,
      'other readers, median ms': Math.round(others[others.length >> 1] ?? 0),
      'slowest ms': Math.round(slowest),
      'time between two checks, p99 ms': p99Ms,
      'most ms': longestMs,
      'memory before and at most, MiB': `${memoryBefore}, ${memory}`,
    },
  )
}

export const slowClients: Scenario = {
  name: 'slow-clients',
  about: '500 clients that read a byte a second and 500 that never end their head; checks and other readers go on',
  limitSeconds: 180,
  run,
}
