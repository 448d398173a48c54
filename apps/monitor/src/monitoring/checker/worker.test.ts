import { readdirSync, readFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../../../../../test/contracts/probe.ts'
import { httpServer } from '../../../../../test/fixtures/servers/http-server.ts'
import { closedPort } from '../../../../../test/fixtures/servers/tcp-server.ts'
import { bundledThread, threadOf } from '../../../../../test/support/bundled-thread.ts'
import { fakeClock } from '../../../../../test/support/fake-clock.ts'
import { recordingLog } from '../../../../../test/support/recording-log.ts'
import { targetOf } from '../../../../../test/support/target.ts'
import type { Clock } from '../../domain/ports.ts'
import type { Result } from '../../domain/result.ts'
import { systemClock } from '../../lib/clock.ts'
import { createWorkerChecker } from './worker.ts'

let bundled: Awaited<ReturnType<typeof bundledThread>>

beforeAll(async () => {
  bundled = await bundledThread('checker-thread.ts')
})

afterAll(() => bundled.remove())

function checking(workerUrl: URL | string = bundled.path, clock: Clock = systemClock) {
  const results: Result[] = []
  const log = recordingLog()
  const checker = createWorkerChecker({ workerUrl, clock, log, onResults: (more) => results.push(...more) })
  return { checker, results, log, [Symbol.asyncDispose]: () => checker.close(0) }
}

test('checks in another thread what another thread would see', async () => {
  await using server = await httpServer((_, response) => response.writeHead(200).end('{"status":"UP"}'))
  const port = await closedPort()
  await using thread = checking()
  const conditions = ['[STATUS] == 200', '[BODY].status == UP', '[IP] == 127.0.0.1']

  thread.checker.configure([
    targetOf({ key: 'up', url: server.url, conditions }),
    targetOf({ key: 'down', url: `tcp://127.0.0.1:${port}` }),
  ])
  thread.checker.check('up')
  thread.checker.check('down')
  await until(() => thread.results.length === 2)
  const up = thread.results.find(({ key }) => key === 'up')
  const down = thread.results.find(({ key }) => key === 'down')

  expect(up).toMatchObject({ success: true, status: 200, hostname: '127.0.0.1', ip: '127.0.0.1', errors: [] })
  expect(up?.conditions).toEqual(conditions.map((condition) => ({ condition, success: true })))
  expect(down).toMatchObject({
    success: false,
    errors: [`connecting to 127.0.0.1:${port}: connection refused`],
    conditions: [{ condition: '[CONNECTED] (false) == true', success: false }],
  })
})

const { PRIORITY_HIGH, PRIORITY_NORMAL } = constants.priority

/** Whether threads have priorities here, and we may raise them. */
function mayGoFirst(): boolean {
  if (process.platform !== 'linux') return false
  try {
    setPriority(PRIORITY_HIGH)
  } catch {
    return false
  }
  setPriority(PRIORITY_NORMAL)
  return true
}

/** Threads of this process that go before others. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function firstThreads(): number {
  const threads = readdirSync('/proc/self/task').map((id) => readFileSync(`/proc/self/task/${id}/stat`, 'latin1'))
  const priorities = threads.map((stat) => Number(stat.slice(stat.lastIndexOf(')')).split(' ')[17]))
  return priorities.filter((priority) => priority === PRIORITY_HIGH).length
}

test.runIf(mayGoFirst())('goes before other threads, alone (skipped where that is not granted)', async () => {
  await using thread = checking()
  thread.checker.configure([targetOf({ key: 'down', url: `http://localhost:${await closedPort()}` })])
  thread.checker.check('down')

  await until(() => thread.results.length === 1)

  // The thread of the test before may still be on its way out.
  await expect.poll(firstThreads).toBe(1)
})

test('loses no check over a change of its target, and drops those of targets that are gone', async () => {
  const waiting: (() => void)[] = []
  await using server = await httpServer((_, response) => {
    waiting.push(() => response.end())
  })
  await using quick = await httpServer((_, response) => response.end())
  await using thread = checking()
  const slow = targetOf({ key: 'a', url: server.url })
  const gone = targetOf({ key: 'gone', url: server.url })
  thread.checker.configure([slow, gone, targetOf({ key: 'b', url: quick.url })])

  thread.checker.check('gone')
  thread.checker.check('a')
  await until(() => waiting.length === 2)
  thread.checker.configure([{ ...slow, conditions: ['[STATUS] == 200'] }, targetOf({ key: 'b', url: quick.url })])
  thread.checker.check('b')
  await until(() => thread.results.length === 1)
  for (const answer of waiting) answer()
  await until(() => thread.results.length === 2)

  expect(thread.results.map(({ key }) => key)).toEqual(['b', 'a'])
  expect(thread.results[1]?.conditions).toEqual([{ condition: '[CONNECTED] == true', success: true }])
})

test('reports a check that was asked for just before its target changed', async () => {
  await using server = await httpServer((_, response) => response.end())
  await using thread = checking()
  const target = targetOf({ key: 'a', url: server.url })
  thread.checker.configure([target])

  thread.checker.check('a')
  thread.checker.configure([{ ...target, method: 'OPTIONS' }])
  await until(() => thread.results.length === 1)

  expect(thread.results[0]).toMatchObject({ key: 'a', success: true })
})

test('fails the checks of a thread that crashes, and starts another one', async () => {
  const clock = fakeClock()
  const crashing = threadOf(`port.on('message', ({ type }) => { if (type === 'check') throw new Error('boom') })`)
  await using thread = checking(crashing, clock)
  thread.checker.configure([targetOf({ key: 'a', url: 'http://example.org' })])

  thread.checker.check('a')
  await until(() => thread.results.length === 1)
  thread.checker.check('a')
  await until(() => thread.results.length === 2)
  await clock.advance(100)
  thread.checker.check('a')
  await until(() => thread.results.length === 3)

  for (const result of thread.results) expect(result).toMatchObject({ success: false, errors: ['the checker stopped'] })
  expect(thread.log.lines.filter(({ level }) => level === 'error')).toHaveLength(2)
})

test('ends a thread by force that does not close in time', async () => {
  const clock = fakeClock()
  const deaf = threadOf(`port.on('message', () => {})`)
  const thread = checking(deaf, clock)

  const closing = thread.checker.close(2_000)
  await clock.advance(3_000)

  await expect(closing).resolves.toBeUndefined()
})

test('starts nothing anew once it is closed', async () => {
  const thread = checking()
  await thread.checker.close(0)

  thread.checker.configure([targetOf({ key: 'a', url: 'http://example.org' })])
  thread.checker.check('a')
  await thread.checker.close(0)

  expect(thread.results).toEqual([])
  expect(thread.log.lines).toEqual([])
})
