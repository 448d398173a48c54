import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { configText } from './config-file.ts'
import { fill } from './fill.ts'
import { fleetOf } from './fleet.ts'
import { startReceiver } from './receiver.ts'
import { startTargets } from './targets.ts'

export interface DemoOptions {
  readonly endpoints: number
  readonly seed: number
  /** The page's port; any free one if absent. */
  readonly port: number | undefined
  /** Without a past, as on the first day. */
  readonly fresh: boolean
  /** When it plays: at this moment, in milliseconds since 1970, the demo starts. Now, if absent. */
  readonly at?: number
  /** Takes the notices, a line each. */
  readonly print: (line: string) => void
  /** The folder of the project. */
  readonly root: URL
}

export interface Demo {
  readonly url: string
  readonly configPath: string
  /** Settles when the monitor ends by itself, with the last it said. */
  readonly ended: Promise<string>
  close(): Promise<void>
}

const longestStartMs = 60_000
const logLinesShown = 20

/** Whether a server may have this port. */
async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
    server.close()
    await once(server, 'close')
    return true
  } catch {
    return false
  }
}

async function anyPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function portOf(wanted: number | undefined): Promise<number> {
  if (wanted === undefined) return (await isFree(8080)) ? 8080 : anyPort()
  if (await isFree(wanted)) return wanted
  throw new Error(`port ${wanted} is in use: choose another one with --port`)
}

/** What the built monitor is run with: see `surroundings.ts`. */
function startMonitor(root: URL, folder: string, env: Record<string, string>): ChildProcess {
  const log = openSync(join(folder, 'monitor.log'), 'w')
  const child = spawn(
    process.execPath,
    [
      '--max-semi-space-size=2',
      '--import',
      new URL('demo/dist/surroundings.js', root).href,
      fileURLToPath(new URL('apps/monitor/bin/vedette.js', root)),
      '--config',
      join(folder, 'config.yaml'),
    ],
    { cwd: folder, stdio: ['ignore', log, log], env: { ...process.env, ...env } },
  )
  closeSync(log)
  return child
}

const lastWords = (folder: string) =>
  readFileSync(join(folder, 'monitor.log'), 'utf8').trimEnd().split('\n').slice(-logLinesShown).join('\n')

async function untilReady(url: string, ended: Promise<string>): Promise<void> {
  let over: string | undefined
  ended.then((text) => {
    over = text
  })
  for (const giveUpAt = Date.now() + longestStartMs; Date.now() < giveUpAt; await sleep(25)) {
    if (over !== undefined) throw new Error(`the monitor did not start:\n${over}`)
    const ready = await fetch(`${url}ready`).catch(() => undefined)
    if (ready?.ok) return
  }
  throw new Error(`the monitor was not ready after ${longestStartMs / 1_000} s`)
}

/** Starts targets, a receiver of notices, and the built monitor on a database with a past, all in a temporary folder. */
export async function startDemo({ endpoints, seed, port, fresh, at, print, root }: DemoOptions): Promise<Demo> {
  const shiftMs = at === undefined ? 0 : at - Date.now()
  const now = () => Date.now() + shiftMs
  const folder = mkdtempSync(join(tmpdir(), 'vedette-demo-'))
  let monitor: ChildProcess | undefined
  const cleanUp = () => {
    monitor?.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  // However this ends, nothing stays behind.
  process.once('exit', cleanUp)
  const databasePath = join(folder, 'vedette.db')
  const configPath = join(folder, 'config.yaml')
  const startedAt = now()
  const fleet = fleetOf(endpoints, seed, startedAt)
  const pagePort = await portOf(port)
  const url = `http://127.0.0.1:${pagePort}/`

  const targets = await startTargets(fleet, now)
  const receiver = await startReceiver(print)
  writeFileSync(configPath, configText(fleet, { port: pagePort, databasePath, webhookUrl: receiver.url }))
  const migrationsFolder = fileURLToPath(new URL('apps/monitor/drizzle', root))
  if (!fresh) await fill(databasePath, migrationsFolder, fleet, startedAt)

  const child = startMonitor(root, folder, {
    VEDETTE_DEMO_PORTS: JSON.stringify(targets.ports),
    VEDETTE_DEMO_SHIFT_MS: String(shiftMs),
  })
  monitor = child
  const ended = once(child, 'exit').then(() => lastWords(folder))

  async function close(): Promise<void> {
    child.kill('SIGTERM')
    await ended
    await Promise.all([targets.close(), receiver.close()])
    cleanUp()
    process.removeListener('exit', cleanUp)
  }

  try {
    await untilReady(url, ended)
  } catch (error) {
    await close()
    throw error
  }
  return { url, configPath, ended, close }
}
