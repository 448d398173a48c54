import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../apps/monitor/bin/vedette.js', import.meta.url))

/** A port that nobody listens on at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0))
    })
  })
}

/** Waits for something to become true; what is tried may fail meanwhile. */
export async function eventually<T>(attempt: () => T | Promise<T>, { tries = 600 } = {}): Promise<NonNullable<T>> {
  let lastError: unknown = new Error('it never became true')
  for (let remaining = tries; remaining > 0; remaining -= 1) {
    try {
      const value = await attempt()
      if (value) return value
    } catch (error) {
      lastError = error
    }
    await sleep(25)
  }
  throw lastError
}

export interface Program extends AsyncDisposable {
  readonly process: ChildProcess
  /** Everything printed so far, both streams. */
  output(): string
  /** Exit code; `null` when a signal ended it. */
  readonly exited: Promise<number | null>
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** The built program in a process of its own, killed by the block that started it. */
export function runProgram(args: readonly string[], options: { cwd: string; env?: Record<string, string> }): Program {
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, TZ: 'UTC', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const take = (chunk: Buffer) => {
    text += chunk.toString()
  }
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  const exited = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return exited
  }
  return {
    process: child,
    output: () => text,
    exited,
    end,
    async [Symbol.asyncDispose]() {
      await end('SIGKILL')
    },
  }
}
