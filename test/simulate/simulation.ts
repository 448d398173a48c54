import Sqlite from 'better-sqlite3'
import type { Core } from '../../apps/monitor/src/core.ts'
import { createCore } from '../../apps/monitor/src/core.ts'
import type { Config } from '../../apps/monitor/src/domain/config.ts'
import type { Log, Store } from '../../apps/monitor/src/domain/ports.ts'
import { holdStatements } from '../../apps/monitor/src/storage/sqlite/connection.ts'
import { openSqliteStore } from '../../apps/monitor/src/storage/sqlite/index.ts'
import { createChecker, createTargets } from './checker.ts'
import { changedConfig, firstConfig } from './configuration.ts'
import { faultyStore } from './faulty-store.ts'
import { createHistoryCheck } from './history.ts'
import type { Ledger } from './ledger.ts'
import { createLedger } from './ledger.ts'
import { createNoticeLedger } from './notice-ledger.ts'
import type { Process } from './process.ts'
import { createProcess } from './process.ts'
import { createProviders } from './providers.ts'
import { createRandom } from './random.ts'
import { calm, createSpells, weatherOf } from './weather.ts'
import type { World } from './world.ts'
import { createWorld } from './world.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** Longer than a notice waits for its next attempt, and an alert for its results. */
const longRecoveryMs = 75 * minuteMs

/** How long whoever starts the program again waits, ever longer while it does not start. */
const firstRestartDelayMs = 10_000
const longestRestartDelayMs = 5 * minuteMs

export interface SimulationOptions {
  /** The folder with the SQL migrations. */
  readonly migrationsFolder: string
  /** Virtual time before everything heals, in milliseconds. Default: a day. */
  readonly troubledMs?: number
  /** Everything that goes wrong does so this much more often. Default: 1. */
  readonly haste?: number
  /** Virtual time to recover, in milliseconds. Default: what the longest wait needs. */
  readonly recoveryMs?: number
  readonly onTrace?: (line: string) => void
}

/** The trouble of half a day in three quarters of an hour, so that many seeds fit into a test. */
export const hurried = { troubledMs: 45 * minuteMs, haste: 16, recoveryMs: 25 * minuteMs }

interface Running {
  readonly process: Process
  readonly core: Core
  readonly inner: Store
  readonly startedAt: number
  /** Reloads that are under way, or wait for those before them. */
  reloads: number
  reloading: Promise<void>
}

export interface Simulated {
  readonly seed: number
  readonly virtualMs: number
  /** Timers that fired. */
  readonly steps: number
  readonly counts: World['counts']
  readonly notices: Readonly<Record<string, number>>
  readonly violation: string | undefined
  /** The last things that happened, when there was a violation. */
  readonly trace: readonly string[]
}

/** Nothing but the log says at once that a notice was given up. */
const heard = (log: Log, onGivenUp: (noticeId: string) => void): Log => ({
  ...log,
  error(fields, message) {
    if (message === 'a notice was given up') onGivenUp(String(fields.notice))
    log.error(fields, message)
  },
})

const immediate = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Migrating takes longer than most of a seed: every seed begins with a copy. */
let migrated: Promise<Buffer> | undefined

async function migratedDatabase(migrationsFolder: string): Promise<Sqlite.Database> {
  migrated ??= (async () => {
    const client = new Sqlite(':memory:')
    const limits = { maximumNumberOfResults: 1, maximumNumberOfEvents: 1 }
    const log = { debug() {}, info() {}, warn() {}, error() {} }
    await openSqliteStore({ path: ':memory:', migrationsFolder, ...limits, log, connect: () => client })
    return client.serialize()
  })()
  return holdStatements(new Sqlite(await migrated))
}

/** Lives through one seed: a day of trouble, then time to recover. Ends at the first violation. */
export async function simulate(seed: number, options: SimulationOptions): Promise<Simulated> {
  const { migrationsFolder, troubledMs = 24 * hourMs, haste = 1, recoveryMs = longRecoveryMs, onTrace } = options
  const random = createRandom(seed)
  const world = createWorld(random, weatherOf(random, haste), onTrace)
  const { clock, weather, counts } = world
  const database = await migratedDatabase(migrationsFolder)
  let ledger: Ledger | undefined
  const notices = createNoticeLedger(world, (key) => ledger?.trackOf(key))
  ledger = createLedger(world, notices)
  const book = ledger
  const history = createHistoryCheck(world, book)
  const targets = createTargets(world)
  const providers = createProviders(world, notices)
  const outages = createSpells(random, weather.storeOutageEveryMs, weather.storeOutageMs, ['full'])
  let config = firstConfig(random, weather)
  let running: Running | undefined
  let troubled = true
  let stopping = false
  let checkingSince = 0
  let restartDelayMs = firstRestartDelayMs

  const onUnhandled = (error: unknown) =>
    world.violation(`unhandled: ${error instanceof Error ? error.stack : String(error)}`)
  process.on('unhandledRejection', onUnhandled)

  const guarded = (work: () => Promise<void>) => () => {
    world.stir()
    work().catch(onUnhandled)
  }
  /**
   * What a new process finds on the disk: all that was committed, which is all there is outside a transaction. It gets
   * an object of its own, as whoever opens a database changes it, over the connection and statements there are.
   */
  const reopened = (): Sqlite.Database => {
    if (database.inTransaction) world.violation('a transaction outlived its step of the store')
    return Object.create(database)
  }
  const openInner = () =>
    openSqliteStore({
      path: ':memory:',
      migrationsFolder,
      maximumNumberOfResults: weather.maximumNumberOfResults,
      maximumNumberOfEvents: 50,
      log: world.log,
      clock,
      connect: reopened,
    })

  const ended = () => {
    running = undefined
    stopping = false
    book.processEnded()
    notices.processEnded()
  }

  /** Which configuration the ledger takes for the one in force. */
  let noticed = config

  /** Results that waited for a configuration come right after it, and before anybody else hears of it. */
  const noticeInForce = (core: Core) => {
    const inForce = core.config()
    if (inForce === noticed) return
    noticed = inForce
    book.inForce(inForce)
  }

  /** The latest, whether it is up already or not. */
  let latest: Process | undefined

  const bootLater = (delayMs: number) => clock.after(delayMs, guarded(boot))

  const boot = async () => {
    const booting = createProcess(world, () => {
      counts.crashes++
      ended()
      bootLater(random.pick([200, 2_000, 30_000, 5 * minuteMs]))
    })
    latest = booting
    world.note(() => 'started')
    if (troubled && random.chance(0.05)) booting.killSoon(random.below(8), random.chance(0.5))
    const inner = await openInner()
    const store = faultyStore({ inner, world, process: booting, outages, ledger: book, notices })
    const inForce = config
    const core = createCore(inForce, {
      store,
      clock: booting.clock,
      log: heard(world.log, (notice) => {
        if (!booting.isDead()) notices.abandoned(notice)
      }),
      createChecker: ({ onResults }) => createChecker(world, booting, targets, onResults),
      sending: { exchange: providers.exchangeFor(booting), random: random.next },
      onRecorded({ endpoint }, result) {
        noticeInForce(core)
        book.counted(result, endpoint)
        if (!booting.isDead()) book.recorded(result)
      },
      onLag: () => {},
    })
    book.configured(inForce)
    noticed = inForce
    try {
      await core.restore()
    } catch (error) {
      world.note(() => `cannot start: ${String(error)}`)
      await core.close({ checkMs: 0, deliveryMs: 0 })
      if (booting.isDead()) return
      ended()
      bootLater(restartDelayMs)
      restartDelayMs = Math.min(restartDelayMs * 2, longestRestartDelayMs)
      return
    }
    book.restored(inForce)
    history.board(core.board)
    await history.stored(inner, weather.maximumNumberOfResults)
    await history.buckets(
      inner,
      inForce.endpoints.map(({ key }) => key),
      core.rollups.current,
    )
    if (booting.isDead()) return
    restartDelayMs = firstRestartDelayMs
    running = { process: booting, core, inner, startedAt: clock.monotonic(), reloads: 0, reloading: Promise.resolve() }
    checkingSince = clock.monotonic()
    core.start()
  }

  /** As an operator who edits the file: changes come one after the other. */
  const reload = (next: Config, what: string) => {
    config = next
    counts.reloads++
    world.note(() => `reload: ${what}`)
    // A program that is stopping does not read its configuration any more.
    if (running === undefined || stopping) return
    const { core, process: current } = running
    if (random.chance(0.1)) current.killSoon(random.below(8), random.chance(0.5))
    const now = running
    now.reloads++
    now.reloading = now.reloading
      .then(() => {
        book.configured(next)
        return core.reload(next)
      })
      .then(() => {
        noticeInForce(core)
        checkingSince = clock.monotonic()
      })
      .catch((error: unknown) => {
        world.note(() => `cannot reload: ${String(error)}`)
        book.configured(core.config())
      })
      .finally(() => now.reloads--)
    world.stir()
  }

  const stop = async () => {
    if (running === undefined || stopping) return false
    const { core, process: current, inner, reloading } = running
    stopping = true
    await reloading
    const refusalsBefore = counts.refusals
    world.note(() => 'stopping')
    await core.close({ checkMs: 10_000, deliveryMs: 5_000 })
    if (current.isDead()) return false
    if (counts.refusals === refusalsBefore) {
      if (book.unwritten.size > 0) world.violation(`${book.unwritten.size} results were lost at a stop`)
      await history.buckets(
        inner,
        [...book.tracks].flatMap(([key, { gone }]) => (gone ? [] : [key])),
      )
    }
    world.note(() => 'stopped')
    // Its timers have nothing left to do; should one do something all the same, this finds it.
    ended()
    return true
  }

  const checkStarving = ({ core }: Running) => {
    const { concurrency, endpoints } = core.config()
    const enabled = endpoints.filter((endpoint) => endpoint.enabled)
    const now = clock.monotonic()
    for (const { key, intervalMs, client } of enabled) {
      const longestMs = client.timeoutMs + 15_000
      const queueMs = concurrency === 0 ? 0 : Math.ceil(enabled.length / concurrency) * longestMs
      const idleMs = now - Math.max(targets.lastCheckAt.get(key) ?? 0, checkingSince)
      if (idleMs > 2 * intervalMs + longestMs + queueMs) world.violation(`${key} was not checked for ${idleMs} ms`)
    }
  }

  /** Results are written soon, whenever the store has been taking them. */
  const checkBacklog = () => {
    const now = clock.monotonic()
    for (const { result, since } of book.unwritten.values()) {
      if (now - Math.max(since, world.refusedAt) < 10 * minuteMs) continue
      return world.violation(
        `a result of ${result.key} has been waiting for ${now - since} ms although the store works`,
      )
    }
  }

  const inspect = () => {
    clock.after(10 * minuteMs, inspect)
    checkBacklog()
    if (running === undefined) return
    // While a reload comes into force, the store and the board may differ in names.
    if (running.reloads === 0) history.board(running.core.board)
    checkStarving(running)
  }

  /** Calls `work` again and again, until everything heals. */
  const often = (everyMs: number, work: () => void) => {
    const waitMs = random.wait(everyMs)
    if (waitMs === Infinity) return
    clock.after(waitMs, () => {
      if (!troubled) return
      work()
      often(everyMs, work)
    })
  }

  often(weather.crashEveryMs, () => {
    if (random.chance(0.3)) running?.process.kill('at rest')
    else running?.process.killSoon(random.below(6), random.chance(0.5))
  })
  often(weather.reloadEveryMs, () => {
    const { config: next, what } = changedConfig(random, config, weather)
    reload(next, what)
  })
  often(
    weather.restartEveryMs,
    guarded(async () => {
      if (await stop()) {
        counts.restarts++
        bootLater(random.pick([100, 20_000]))
      }
    }),
  )
  often(weather.clockStepEveryMs, () => {
    const byMs = Math.round((random.pick([5_000, minuteMs, 20 * minuteMs, 3 * hourMs]) * random.between(-1, 1)) / haste)
    counts.clockSteps++
    clock.stepWallClock(byMs)
    world.note(() => `the wall clock steps by ${byMs} ms`)
  })
  clock.after(troubledMs, () => {
    world.note(() => 'everything heals')
    troubled = false
    latest?.spare()
    world.weather = { ...weather, ...calm }
    outages.end()
    providers.heal()
  })
  inspect()
  guarded(boot)()

  let steps = 0
  const settle = async () => {
    // A few turns of the queue show whether anything goes on in promises; draining all of it takes longer.
    await null
    await null
    await null
    if (world.stirred()) await immediate()
  }
  const runUntil = async (endAt: number) => {
    await settle()
    while (world.violated === undefined && clock.nextAt() <= endAt) {
      try {
        if (!clock.step()) continue
      } catch (error) {
        onUnhandled(error)
      }
      steps++
      await settle()
    }
  }

  await runUntil(troubledMs + recoveryMs)
  if (world.violated === undefined) {
    let stopped = false
    guarded(async () => {
      stopped = await stop()
    })()
    await runUntil(troubledMs + recoveryMs + minuteMs)
    if (!stopped && world.violated === undefined) world.violation('it did not stop within a minute')
    const inner = await openInner()
    await history.stored(inner, weather.maximumNumberOfResults)
    notices.audit(book)
  }
  process.off('unhandledRejection', onUnhandled)
  database.close()
  return {
    seed,
    virtualMs: clock.monotonic(),
    steps,
    counts,
    notices: notices.states(),
    violation: world.violated,
    trace: world.violated === undefined ? [] : [...world.trace],
  }
}
