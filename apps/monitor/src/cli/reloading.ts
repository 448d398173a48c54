import type { Clock, Log } from '../domain/ports.ts'

/** After a failure; twice as long after each further one, up to `mostRetryMs`. */
const firstRetryMs = 1_000
const mostRetryMs = 60_000

export interface Reloading<Config> {
  /** Puts a configuration to use, instead of any before it that is not in use yet. */
  take(next: Config): void
  /** Gives up what is not in use yet. Resolves when an attempt that is under way has ended. */
  drop(): Promise<void>
}

/**
 * Puts changed configurations to use one after the other. What cannot be used for now, since a disk is full or a port is
 * not free yet, is tried again until it can or until a newer one comes. `apply` rejects with the reason.
 */
export function createReloading<Config>({
  apply,
  clock,
  log,
}: {
  readonly apply: (next: Config) => Promise<void>
  readonly clock: Clock
  readonly log: Log
}): Reloading<Config> {
  let wanted: { readonly config: Config } | undefined
  let failures = 0
  let cancelRetry = () => {}
  let running = Promise.resolve()

  const enqueue = (): void => {
    running = running.then(attempt)
  }

  async function attempt(): Promise<void> {
    const next = wanted
    if (next === undefined) return
    try {
      await apply(next.config)
      if (wanted === next) wanted = undefined
    } catch (error) {
      if (wanted !== next) return
      const retryMs = Math.min(firstRetryMs * 2 ** failures, mostRetryMs)
      failures += 1
      cancelRetry = clock.after(retryMs, enqueue)
      log.error(
        { error: error instanceof Error ? error.message : String(error), retryMs },
        'the changed configuration could not be put to use; it is tried again',
      )
    }
  }

  return {
    take(config) {
      cancelRetry()
      wanted = { config }
      failures = 0
      enqueue()
    },
    drop() {
      cancelRetry()
      wanted = undefined
      return running
    },
  }
}
