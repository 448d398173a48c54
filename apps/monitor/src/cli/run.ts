import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { formatIssue } from '../config/issues.ts'
import type { CheckedConfig } from '../config/load.ts'
import { loadConfig } from '../config/load.ts'
import { configFrom } from '../config/plain.ts'
import { checkInThread } from '../config/thread.ts'
import { watchConfig } from '../config/watch.ts'
import type { Log } from '../domain/ports.ts'
import { systemClock } from '../lib/clock.ts'
import { createWorkerChecker } from '../monitoring/checker/worker.ts'
import { startMonitor } from '../start.ts'
import { readAssets } from './assets.ts'
import { proxiesOf } from './proxies.ts'
import { createReloading } from './reloading.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Where the parts of the installed program are, seen from the bundled file. */
export interface Places {
  readonly page: URL
  readonly migrations: string
  readonly checkerThread: URL
  readonly configThread: URL
  readonly version: string
}

const logWarnings = (log: Log, { warnings }: CheckedConfig) => {
  for (const issue of warnings) log.warn({}, formatIssue(issue))
}

const delaySeconds = (env: Environment) => {
  const seconds = Number(env.VEDETTE_DELAY_START_SECONDS ?? env.GATUS_DELAY_START_SECONDS)
  return Number.isInteger(seconds) && seconds > 0 ? seconds : 0
}

/** Starts the monitor. A function of its own, so that nothing of the text outlives the start. */
async function begin(path: string | undefined, env: Environment, log: Log, places: Places) {
  const loaded = loadConfig({ path, env })
  logWarnings(log, loaded)
  const monitor = await startMonitor(loaded.config, {
    clock: systemClock,
    log,
    createChecker: (outside) => createWorkerChecker({ ...outside, workerUrl: places.checkerThread }),
    migrationsFolder: places.migrations,
    ...readAssets(places.page),
    version: places.version,
    proxies: proxiesOf(env),
  })
  log.info({ endpoints: loaded.config.endpoints.length }, `Vedette ${places.version} is watching: ${monitor.url}/`)
  return { monitor, fingerprint: loaded.fingerprint }
}

/** The first visitors do not wait for a collection. */
const collectAfterMs = 1_000

/**
 * Has full collections come when a fifth has been added to what is alive, instead of up to three times as much. While
 * loading, when nearly all that is added stays, they would come for nothing.
 */
function collectEarly(): void {
  setFlagsFromString('--heap-growing-percent=20')
  setTimeout(() => globalThis.gc?.(), collectAfterMs).unref()
}

/** Runs the monitor until `stopped`. Rejects with a `ConfigError`, or with what kept it from starting. */
export async function run(
  path: string | undefined,
  {
    env,
    log,
    places,
    onReload,
    stopped,
  }: {
    readonly env: Environment
    readonly log: Log
    readonly places: Places
    /** Takes a function to be called when the configuration should be read again. */
    readonly onReload: (reload: () => void) => void
    readonly stopped: Promise<void>
  },
): Promise<void> {
  await sleep(delaySeconds(env) * 1_000)
  const { monitor, fingerprint } = await begin(path, env, log, places)
  collectEarly()

  const reloading = createReloading<CheckedConfig>({
    async apply({ config, warnings }) {
      await monitor.reload(config, warnings.length)
      log.info({ endpoints: config.endpoints.length }, 'the changed configuration is in use')
    },
    clock: systemClock,
    log,
  })
  const watch = watchConfig({
    path,
    env,
    clock: systemClock,
    log,
    fingerprint,
    check: async (texts) => configFrom(await checkInThread(places.configThread, texts)),
    onChange(next) {
      logWarnings(log, next)
      reloading.take(next)
    },
    onInvalid(error) {
      void reloading.drop()
      monitor.rejected()
      log.error({}, `the configuration was changed but is not valid; the one before stays in use\n${error.message}`)
    },
  })
  onReload(() => watch.reload())

  await stopped
  watch.close()
  await reloading.drop()
  log.info({}, 'stopping')
  await monitor.close()
}
