import type { FSWatcher } from 'node:fs'
import { realpathSync, statSync, watch } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import type { Clock, Log } from '../domain/ports.ts'
import type { Location } from './files.ts'
import { findConfig } from './files.ts'
import { ConfigError, formatIssue, Issues } from './issues.ts'
import type { CheckedConfig } from './load.ts'
import type { ConfigTexts, LoadOptions } from './sources.ts'
import { fillIn, fingerprintOf, readTexts } from './sources.ts'

/** Not every file system tells of changes: mounted folders often do not. */
const pollMs = 10_000

/** Editors write in several steps, and Kubernetes swaps links: a change is read when it has come to rest. */
const restMs = 300

export interface WatchOptions extends LoadOptions {
  readonly clock: Clock
  readonly log: Log
  /** Of the configuration that is running: a file that differs from it is a change. */
  readonly fingerprint: string
  /** Rejects with a `ConfigError`, or with what kept the texts from being checked. */
  check(texts: ConfigTexts): Promise<CheckedConfig>
  onChange(checked: CheckedConfig): void
  onInvalid(error: ConfigError): void
}

export interface ConfigWatch {
  /** Reads the configuration now, whether it changed or not: certificates and keys are read again too. */
  reload(): void
  close(): void
}

/**
 * Tells of changes of the configuration: of its text, and of what the environment fills in. An invalid one is told of
 * once; one that is gone is no change.
 */
export function watchConfig(options: WatchOptions): ConfigWatch {
  const { env, workingFolder = '.', clock, log, onChange, onInvalid } = options
  const location = findConfig(options.path, env, resolve(workingFolder), new Issues())
  // The place that was found first is the one: another must not take over when its file is gone for a moment.
  const source = { ...options, path: location?.path ?? options.path }
  let { fingerprint } = options
  let isGone = false
  let cancelRest = () => {}
  /** Found while others are being checked: their turn comes then, unless newer ones are found before. */
  let waiting: ConfigTexts | undefined
  let isChecking = false
  let isClosed = false

  function found(): ConfigTexts | undefined {
    try {
      const texts = readTexts(source)
      isGone = false
      return texts
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      const [problem] = error.issues
      if (!isGone && problem !== undefined) {
        log.warn({ problem: formatIssue(problem) }, 'cannot read the configuration: the last one stays')
      }
      isGone = true
      return undefined
    }
  }

  function look(isForced: boolean): void {
    const texts = found()
    if (texts === undefined) return
    const next = fingerprintOf(fillIn(texts))
    if (next === fingerprint && !isForced) return
    fingerprint = next
    waiting = texts
    if (!isChecking) void checkWaiting()
  }

  async function checkWaiting(): Promise<void> {
    isChecking = true
    for (let texts = waiting; texts !== undefined; texts = waiting) {
      waiting = undefined
      await check(texts)
    }
    isChecking = false
  }

  async function check(texts: ConfigTexts): Promise<void> {
    try {
      const checked = await options.check(texts)
      if (!isClosed) onChange(checked)
    } catch (error) {
      if (isClosed) return
      if (error instanceof ConfigError) onInvalid(error)
      else {
        const reason = error instanceof Error ? error.message : String(error)
        log.error({ error: reason }, 'the changed configuration could not be checked; the one before stays in use')
      }
    }
  }

  const checkAtRest = () => {
    cancelRest()
    cancelRest = clock.after(restMs, () => look(false))
  }
  let watchers = location === undefined ? [] : watchFolders(location, checkAtRest)
  let cancelPoll = () => {}
  const poll = () => {
    cancelPoll = clock.after(pollMs, () => {
      look(false)
      poll()
    })
  }
  poll()

  return {
    reload: () => look(true),
    close() {
      isClosed = true
      waiting = undefined
      cancelRest()
      cancelPoll()
      for (const watcher of watchers) watcher.close()
      watchers = []
    },
  }
}

/** Watches the folder of a file, since editors replace files, and the folder that a link leads to. */
function watchFolders(location: Location, onChange: () => void): readonly FSWatcher[] {
  const path = location.absolutePath
  const realPath = realPathOf(path)
  const onEvent = (_kind: string, name: string | null) => {
    if (isConcerned(location, realPath, name)) onChange()
  }
  const watchers: FSWatcher[] = []
  for (const folder of new Set([folderOf(path), folderOf(realPath)])) {
    try {
      const watcher = watch(folder, { persistent: false }, onEvent)
      // A watcher that breaks leaves the polling.
      watcher.on('error', () => watcher.close())
      watchers.push(watcher)
    } catch {
      // No watcher, for want of handles or of support: polling finds changes too.
    }
  }
  return watchers
}

/**
 * Whether a file of a watched folder matters: others, such as a database, may never come to rest. Kubernetes swaps a
 * link named `..data`; some systems do not tell names.
 */
function isConcerned({ absolutePath, isFolder }: Location, realPath: string, name: string | null): boolean {
  if (name === null || name.startsWith('..')) return true
  return isFolder ? /\.ya?ml$/i.test(name) : name === basename(absolutePath) || name === basename(realPath)
}

function folderOf(path: string): string {
  try {
    return statSync(path).isDirectory() ? path : dirname(path)
  } catch {
    return dirname(path)
  }
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
