import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { temporaryFolder } from '../test/support/monitor.ts'
import { eventually, freePort } from '../test/support/program.ts'

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** Runs a script in a process of its own, and gathers what it prints. */
function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const options = { cwd: path('..'), env: { ...process.env, ...env } }
  const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    output: () => output,
    exited,
    interrupt: () => child.kill('SIGINT'),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}

beforeAll(async () => {
  const vite = path('../node_modules/vite/bin/vite.js')
  await using build = run([vite, 'build', '--config', path('vite.config.ts'), '--logLevel', 'warn'])
  if ((await build.exited) !== 0) throw new Error(build.output())
})

interface Row {
  readonly type: string
  readonly state: string
  readonly lastCheckAt: number
  readonly history: string
}

test('the demo starts with a past, every check of its present succeeds, and it leaves nothing behind', async () => {
  const port = await freePort()
  await using demo = run([path('dist/demo.js'), '--endpoints', '12', '--port', String(port)])
  await eventually(() => demo.output().includes('Notices arrive below'))
  const startedAt = Date.now()
  const folder = dirname(/\S+config\.yaml/.exec(demo.output())?.[0] ?? '')
  const rows = async (): Promise<readonly Row[]> =>
    (await (await fetch(`http://127.0.0.1:${port}/api/v1/overview`)).json()).rows

  await eventually(async () => (await rows()).every(({ lastCheckAt }) => lastCheckAt > startedAt))
  const seen = await rows()
  const thereMeanwhile = existsSync(folder)
  demo.interrupt()
  const code = await demo.exited

  expect(seen.map(({ state }) => state)).toEqual(Array(12).fill('up'))
  expect(seen.filter(({ history }) => /^u\d/.test(history)).length).toBe(11)
  expect([code, thereMeanwhile, existsSync(folder)]).toEqual([0, true, false])
})

test('endpoints of every kind answer', async () => {
  const port = await freePort()
  await using demo = run([path('dist/demo.js'), '--endpoints', '59', '--port', String(port)])
  await eventually(() => demo.output().includes('Notices arrive below'))
  const startedAt = Date.now()
  const rows = async (): Promise<readonly Row[]> =>
    (await (await fetch(`http://127.0.0.1:${port}/api/v1/overview`)).json()).rows

  await eventually(async () =>
    (await rows()).every(({ lastCheckAt, type }) => lastCheckAt > startedAt || !/grpc/i.test(type)),
  )
  const seen = await rows()
  demo.interrupt()
  await demo.exited

  expect(seen.filter(({ state }) => state === 'down')).toEqual([])
  expect(seen.some(({ type }) => /grpc/i.test(type))).toBe(true)
})

test('stopped while it starts, it leaves nothing behind', async () => {
  using temporary = temporaryFolder()
  await using demo = run([path('dist/demo.js'), '--endpoints', '1000'], { TMPDIR: temporary.path })
  await eventually(() => readdirSync(temporary.path).length === 1)

  demo.interrupt()
  const code = await demo.exited

  expect([code, readdirSync(temporary.path)]).toEqual([0, []])
})

test.each([
  ['--endpoints', '0', /--endpoints 0: it must be a whole number from 1 to 10000/],
  ['--port', 'x', /--port x: it must be a whole number from 1 to 65535/],
  ['--colour', 'red', /Unknown option '--colour'/],
])('%s %s ends with a message that says what to do', async (name, value, message) => {
  await using demo = run([path('dist/demo.js'), name, value])

  const code = await demo.exited

  expect(code).toBe(1)
  expect(demo.output()).toMatch(message)
})
