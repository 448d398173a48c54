import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { cpuSeconds, isEmpty, residentMiB } from './process-group.js'
import { until } from './time.js'

const longestStartMs = 180_000
const longestStopMs = 30_000

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

/** Whether the page is served. */
const answers = (port) =>
  new Promise((resolve) => {
    const request = get({ port, host: '127.0.0.1', path: '/', agent: false }, (response) => {
      response.resume()
      response.once('end', () => resolve(response.statusCode === 200))
      response.once('error', () => resolve(false))
    })
    request.once('error', () => resolve(false))
  })

function lastWords(folder) {
  return readFileSync(join(folder, 'errors.log'), 'utf8').trimEnd().split('\n').slice(-20).join('\n')
}

/** Starts a subject on a configuration, as a process group of its own, and waits for its first page. */
export async function startMonitor(subject, folder, config) {
  const port = await freePort()
  const configPath = join(folder, 'config.yaml')
  const storage = { type: 'sqlite', path: join(folder, 'data.db') }
  // JSON is YAML.
  writeFileSync(
    configPath,
    JSON.stringify({ metrics: true, web: { address: '127.0.0.1', port }, storage, ...subject.settings, ...config }),
  )
  const errors = openSync(join(folder, 'errors.log'), 'w')
  const { command } = subject
  const options = {
    cwd: folder,
    detached: true,
    env: { ...process.env, GATUS_CONFIG_PATH: configPath },
    stdio: ['ignore', 'ignore', errors],
  }
  const startedAt = performance.timeOrigin + performance.now()
  const child = Array.isArray(command)
    ? spawn(command[0], command.slice(1), options)
    : spawn(command, { ...options, shell: true })
  closeSync(errors)
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const group = child.pid
  const signal = (name) => {
    try {
      process.kill(-group, name)
    } catch {
      // It has ended.
    }
  }
  const kill = () => signal('SIGKILL')
  process.once('exit', kill)

  const firstPage = async () => {
    if (child.exitCode !== null) throw new Error(`${subject.name} ended at its start:\n${lastWords(folder)}`)
    return answers(port)
  }
  try {
    await until(`first page of ${subject.name}`, firstPage, { limitMs: longestStartMs, everyMs: 4 })
  } catch (error) {
    kill()
    throw error
  }
  const firstPageMs = performance.timeOrigin + performance.now() - startedAt

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    folder,
    databasePath: storage.path,
    startedAt,
    firstPageMs,
    cpuSeconds: () => cpuSeconds(group),
    memoryMiB: () => residentMiB(group),
    /** Asks it to stop; how long that took, in milliseconds. */
    async stop() {
      const askedAt = performance.now()
      signal('SIGTERM')
      await until(`end of ${subject.name}`, () => isEmpty(group) || child.exitCode !== null, {
        limitMs: longestStopMs,
        everyMs: 2,
      })
      const tookMs = performance.now() - askedAt
      await ended
      process.removeListener('exit', kill)
      return tookMs
    },
    async kill() {
      kill()
      await ended
      process.removeListener('exit', kill)
    },
  }
}
