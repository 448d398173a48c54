import type { Program } from '../support/program.ts'
import { eventually, runProgram } from '../support/program.ts'
import { own } from './children.ts'

export interface RunningMonitor extends Program {
  readonly url: string
  /** Settles when it watches; rejects when it ended instead. */
  readonly started: Promise<void>
}

/** Starts the built program on the `config.yaml` of a folder. */
export function startProgram(folder: string, port: number, env: Record<string, string> = {}): RunningMonitor {
  const program = runProgram(['--config', 'config.yaml'], {
    cwd: folder,
    env: { VEDETTE_LOG_LEVEL: 'WARN', ...env },
  })
  own(program.process)
  const url = `http://127.0.0.1:${port}`
  let ended = false
  void program.exited.then(() => {
    ended = true
  })
  const isReady = async () => {
    if (ended) return true
    return (await fetch(`${url}/ready`)).ok
  }
  const started = eventually(isReady).then(() => {
    if (ended) throw new Error(`the monitor ended at its start:\n${program.output()}`)
  })
  // Whoever kills it before it has started does not ask.
  started.catch(() => {})
  return Object.assign(Object.create(program), {
    url,
    started,
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  })
}

/** The sum of a metric over all its labels, or over those that hold `label`. */
export async function metric(url: string, name: string, label = ''): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  let sum = 0
  for (const line of text.split('\n')) {
    const isIt = line.startsWith(`${name} `) || line.startsWith(`${name}{`)
    if (isIt && line.includes(label)) sum += Number(line.slice(line.lastIndexOf(' ')))
  }
  return sum
}
