import { fileURLToPath } from 'node:url'
import type { Exchange } from '../../apps/monitor/src/alerting/http.ts'
import { createCore } from '../../apps/monitor/src/core.ts'
import type { Config } from '../../apps/monitor/src/domain/config.ts'
import type { Clock } from '../../apps/monitor/src/domain/ports.ts'
import type { Checker, OnResults } from '../../apps/monitor/src/monitoring/checker/checker.ts'
import { openSqliteStore } from '../../apps/monitor/src/storage/sqlite/index.ts'
import type { FakeClock } from '../support/fake-clock.ts'
import { silentLog } from '../support/monitor.ts'

const migrationsFolder = fileURLToPath(new URL('../../apps/monitor/drizzle', import.meta.url))
const checkMs = 20

export interface VirtualMonitor {
  readonly config: Config
  /** Path of the database, which outlives the lives. */
  readonly database: string
  readonly clock: FakeClock
  /** Whether an endpoint is down at the moment. */
  readonly isDown: (key: string) => boolean
  /** What the provider answers, or what keeps it from doing so. */
  readonly exchange: Exchange
  /** Spreads attempts; from 0 to below 1. */
  readonly random: () => number
}

const never = () => new Promise<never>(() => {})

function checkerOf({ clock, isDown }: VirtualMonitor, life: Clock, onResults: OnResults): Checker {
  return {
    configure() {},
    check(key) {
      const down = isDown(key)
      const result = { key, success: !down, durationMs: checkMs, connected: !down, conditions: [], maintenance: false }
      life.after(checkMs, () => onResults([{ ...result, at: clock.now(), errors: down ? ['down'] : [] }]))
    },
    close: async () => {},
  }
}

/** The monitor without network and web server, on a virtual clock; killed after so long. */
export async function liveFor(ms: number, monitor: VirtualMonitor): Promise<void> {
  const { config, database, clock, exchange, random } = monitor
  let dead = false
  const life: Clock = {
    now: clock.now,
    monotonic: clock.monotonic,
    after: (delayMs, work) =>
      clock.after(delayMs, () => {
        if (!dead) work()
      }),
  }
  const limits = { maximumNumberOfResults: 1_000, maximumNumberOfEvents: 1_000 }
  const store = await openSqliteStore({ path: database, migrationsFolder, ...limits, log: silentLog, clock: life })
  const core = createCore(config, {
    store,
    clock: life,
    log: silentLog,
    createChecker: ({ onResults }) => checkerOf(monitor, life, onResults),
    sending: { exchange: (...asked) => (dead ? never() : exchange(...asked)), random },
    onRecorded() {},
    onLag() {},
  })
  await core.restore()
  core.start()
  await clock.advance(ms)
  dead = true
  // What it has not written is gone with it.
  await store.close()
}
