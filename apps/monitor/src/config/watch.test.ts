import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { fakeClock } from '../../../../test/support/fake-clock.ts'
import type { Config } from '../domain/config.ts'
import type { Clock, Log } from '../domain/ports.ts'
import { systemClock } from '../lib/clock.ts'
import type { ConfigError } from './issues.ts'
import { checkTexts, loadConfig } from './load.ts'
import type { ConfigTexts } from './sources.ts'
import { watchConfig } from './watch.ts'

const configText = (...names: string[]) =>
  `endpoints:\n${names.map((name) => `  - {name: ${name}, url: "https://example.org", conditions: ["[STATUS] == 200"]}\n`).join('')}`

const temporaryFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'vedette-watch-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

const namesOf = ({ endpoints }: Config) => endpoints.map(({ name }) => name)

const checkAtOnce = async (texts: ConfigTexts) => checkTexts(texts)

/** Texts are checked when their turn is ended. */
function slowCheck() {
  const endings: (() => void)[] = []
  const check = async (texts: ConfigTexts) => {
    await new Promise<void>((resolve) => endings.push(resolve))
    return checkTexts(texts)
  }
  return { endings, check }
}

/** Watches `path`, and keeps what it is told. */
function watched(path: string, clock: Clock, env: Record<string, string> = {}, check = checkAtOnce) {
  const changes: string[][] = []
  const errors: ConfigError[] = []
  const logged: string[] = []
  const note = (_fields: unknown, message: string) => void logged.push(message)
  const log: Log = { debug: note, info: note, warn: note, error: note }
  const { fingerprint } = loadConfig({ path, env })
  const watch = watchConfig({
    ...{ path, env, clock, log, fingerprint, check },
    onChange: ({ config }) => void changes.push(namesOf(config)),
    onInvalid: (error) => void errors.push(error),
  })
  onTestFinished(() => watch.close())
  return { watch, changes, errors, logged }
}

test('a change is told of once', async () => {
  const file = join(temporaryFolder(), 'config.yaml')
  writeFileSync(file, configText('a'))
  const clock = fakeClock()
  const { changes } = watched(file, clock)

  writeFileSync(file, configText('a', 'b'))
  await clock.advance(60_000)

  expect(changes).toEqual([['a', 'b']])
})

test('a change is noticed beside a file that never rests, such as a database', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'config.yaml')
  writeFileSync(file, configText('a'))
  const busy = setInterval(() => writeFileSync(join(folder, 'vedette.db-wal'), 'more'), 50)
  onTestFinished(() => clearInterval(busy))
  const { changes } = watched(file, systemClock)

  writeFileSync(file, configText('a', 'b'))

  await expect.poll(() => changes, { timeout: 5_000 }).toEqual([['a', 'b']])
})

test('a file that is only touched has not changed', async () => {
  const file = join(temporaryFolder(), 'config.yaml')
  writeFileSync(file, configText('a'))
  const clock = fakeClock()
  const { changes } = watched(file, clock)

  utimesSync(file, new Date(), new Date())
  await clock.advance(60_000)

  expect(changes).toEqual([])
})

test('a change with the time of the old file is noticed', async () => {
  const file = join(temporaryFolder(), 'config.yaml')
  writeFileSync(file, configText('a'))
  const then = new Date('2026-01-01')
  utimesSync(file, then, then)
  const clock = fakeClock()
  const { changes } = watched(file, clock)

  writeFileSync(file, configText('b'))
  utimesSync(file, then, then)
  await clock.advance(60_000)

  expect(changes).toEqual([['b']])
})

test('an invalid change is told of once, and the one after it too', async () => {
  const file = join(temporaryFolder(), 'config.yaml')
  writeFileSync(file, configText('a'))
  const clock = fakeClock()
  const { changes, errors } = watched(file, clock)

  writeFileSync(file, 'endpoints: [')
  await clock.advance(60_000)
  writeFileSync(file, configText('c'))
  await clock.advance(60_000)

  expect(errors).toHaveLength(1)
  expect(changes).toEqual([['c']])
})

test('a file that is gone is warned of, and read when it is back', async () => {
  const file = join(temporaryFolder(), 'config.yaml')
  writeFileSync(file, configText('a'))
  const clock = fakeClock()
  const { changes, errors, logged } = watched(file, clock)

  rmSync(file)
  await clock.advance(60_000)
  expect(logged).toEqual(['cannot read the configuration: the last one stays'])
  writeFileSync(file, configText('b'))
  await clock.advance(60_000)

  expect(changes).toEqual([['b']])
  expect(errors).toEqual([])
})

test('a file added to a folder below the configured one is noticed', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'a.yaml'), configText('a'))
  mkdirSync(join(folder, 'more'))
  const clock = fakeClock()
  const { changes } = watched(folder, clock)

  writeFileSync(join(folder, 'more', 'b.yml'), configText('b'))
  await clock.advance(60_000)

  expect(changes).toEqual([['a', 'b']])
})

test('a link that is swapped, as Kubernetes updates a ConfigMap, is noticed', async () => {
  const folder = temporaryFolder()
  for (const [version, name] of [
    ['..1', 'a'],
    ['..2', 'b'],
  ] as const) {
    mkdirSync(join(folder, version))
    writeFileSync(join(folder, version, 'config.yaml'), configText(name))
  }
  symlinkSync('..1', join(folder, '..data'))
  symlinkSync(join('..data', 'config.yaml'), join(folder, 'config.yaml'))
  const clock = fakeClock()
  const { changes } = watched(folder, clock)

  symlinkSync('..2', join(folder, '..next'))
  renameSync(join(folder, '..next'), join(folder, '..data'))
  await clock.advance(60_000)

  expect(changes).toEqual([['b']])
})

test('a value that the environment reads from a file is part of the configuration', async () => {
  const folder = temporaryFolder()
  const [file, value] = [join(folder, 'config.yaml'), join(folder, 'name')]
  writeFileSync(file, configText('$NAME'))
  writeFileSync(value, 'old\n')
  const clock = fakeClock()
  const { changes } = watched(file, clock, { NAME_FILE: value })

  writeFileSync(value, 'new\n')
  await clock.advance(60_000)

  expect(changes).toEqual([['new']])
})

test('reload reads again what has not changed', async () => {
  const file = join(temporaryFolder(), 'config.yaml')
  writeFileSync(file, configText('a'))
  const { watch, changes } = watched(file, fakeClock())

  watch.reload()

  await vi.waitFor(() => expect(changes).toEqual([['a']]))
})

test('after close nothing is told', async () => {
  const file = join(temporaryFolder(), 'config.yaml')
  writeFileSync(file, configText('a'))
  const clock = fakeClock()
  const { watch, changes } = watched(file, clock)

  watch.close()
  writeFileSync(file, configText('b'))
  await clock.advance(60_000)

  expect(changes).toEqual([])
})

test('while texts are being checked, only the newest of those found wait for their turn', async () => {
  const file = join(temporaryFolder(), 'config.yaml')
  writeFileSync(file, configText('a'))
  const clock = fakeClock()
  const { endings, check } = slowCheck()
  const { changes, errors } = watched(file, clock, {}, check)
  const change = async (text: string) => {
    writeFileSync(file, text)
    await clock.advance(20_000)
  }

  await change(configText('b'))
  await change('endpoints: [')
  await change(configText('c'))
  const atOnce = endings.length
  for (let turn = 0; turn < 3; turn++) {
    endings[turn]?.()
    await clock.advance(0)
  }

  expect(atOnce).toBe(1)
  expect(endings).toHaveLength(2)
  expect(changes).toEqual([['b'], ['c']])
  expect(errors).toEqual([])
})

test('changes that come faster than they can be checked come into use all the same', async () => {
  const file = join(temporaryFolder(), 'config.yaml')
  writeFileSync(file, configText('a'))
  const clock = fakeClock()
  const { endings, check } = slowCheck()
  const { changes } = watched(file, clock, {}, check)

  for (let turn = 0; turn < 5; turn++) {
    for (const name of ['b', 'c']) {
      writeFileSync(file, configText(`${name}${turn}`))
      await clock.advance(10_000)
    }
    endings[turn]?.()
    await clock.advance(0)
  }

  expect(changes).toEqual([['b0'], ['c0'], ['c1'], ['c2'], ['c3']])
})

test('after close nothing is told of what was being checked', async () => {
  const file = join(temporaryFolder(), 'config.yaml')
  writeFileSync(file, configText('a'))
  const clock = fakeClock()
  const { endings, check } = slowCheck()
  const { watch, changes } = watched(file, clock, {}, check)

  watch.reload()
  watch.close()
  for (const end of endings) end()
  await clock.advance(0)

  expect(endings).toHaveLength(1)
  expect(changes).toEqual([])
})

test('the file system tells of a change long before the polling would', async () => {
  const file = join(temporaryFolder(), 'config.yaml')
  writeFileSync(file, configText('a'))
  const { changes } = watched(file, systemClock)

  writeFileSync(`${file}.new`, configText('b'))
  renameSync(`${file}.new`, file)

  await vi.waitFor(() => expect(changes).toEqual([['b']]), { timeout: 8_000 })
})
