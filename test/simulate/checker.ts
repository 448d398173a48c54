import type { CheckTarget } from '../../apps/monitor/src/domain/endpoint.ts'
import type { Result } from '../../apps/monitor/src/domain/result.ts'
import type { Checker, OnResults } from '../../apps/monitor/src/monitoring/checker/checker.ts'
import type { Process } from './process.ts'
import type { Spells } from './weather.ts'
import { createSpells } from './weather.ts'
import type { World } from './world.ts'

/** The other ends of all checks: they fail and recover, whether anybody looks or not. */
export interface Targets {
  isDown(name: string): boolean
  /** When the endpoint of a key was last asked for a check, on the monotonic clock. */
  readonly lastCheckAt: Map<string, number>
}

export function createTargets({ random, weather, clock }: World): Targets {
  const targets = new Map<string, Spells>()
  return {
    lastCheckAt: new Map(),
    isDown(name) {
      const spells = targets.get(name) ?? createSpells(random, weather.upMs, weather.downMs, ['down'])
      targets.set(name, spells)
      return spells.trouble(clock.monotonic()) !== undefined
    },
  }
}

/** A checker that sees what the world of the seed is like. */
export function createChecker(world: World, process: Process, targets: Targets, onResults: OnResults): Checker {
  const { random, counts } = world
  const { clock } = process
  const known = new Map<string, { target: CheckTarget; startedAt: number | undefined }>()
  let closing = false
  let dropping = false
  let running = 0
  let onIdle = () => {}

  const resultOf = ({ key, name }: CheckTarget, id: number, durationMs: number): Result => {
    const success = !targets.isDown(name) && !random.chance(world.weather.glitches)
    return {
      key,
      at: clock.now(),
      success,
      durationMs,
      connected: success,
      ...(success && { status: 200 }),
      errors: success ? [] : ['connection refused'],
      conditions: [{ condition: success ? '[STATUS] == 200' : '[STATUS] (0) == 200', success }],
      // Nobody looks at certificates here: tells results apart.
      certificateExpirationMs: id,
      maintenance: false,
    }
  }

  const durationMs = () => Math.round(random.chance(0.02) ? random.between(1_000, 9_999) : random.between(1, 400))

  return {
    configure(next) {
      const keys = new Set(next.map(({ key }) => key))
      for (const key of known.keys()) if (!keys.has(key)) known.delete(key)
      for (const target of next) {
        const before = known.get(target.key)
        if (before === undefined) known.set(target.key, { target, startedAt: undefined })
        else before.target = target
      }
    },
    check(key) {
      counts.checks++
      const entry = known.get(key)
      const startedAt = clock.monotonic()
      targets.lastCheckAt.set(key, startedAt)
      if (closing || entry === undefined) return world.violation(`asked to check ${key}, which is not to be checked`)
      const longestMs = entry.target.client.timeoutMs + 15_000
      if (entry.startedAt !== undefined && startedAt - entry.startedAt <= longestMs) {
        return world.violation(`${key} is checked twice at once`)
      }
      entry.startedAt = startedAt
      const id = counts.checks
      if (random.chance(world.weather.lostChecks)) return
      const took = durationMs()
      running++
      clock.after(took, () => {
        running--
        if (entry.startedAt === startedAt) entry.startedAt = undefined
        if (known.get(key) === entry && !dropping) onResults([resultOf(entry.target, id, took)])
        if (running === 0) onIdle()
      })
    },
    close(graceMs) {
      closing = true
      if (running === 0) return Promise.resolve()
      return new Promise((resolve) => {
        onIdle = resolve
        clock.after(graceMs, () => {
          dropping = true
          resolve()
        })
      })
    },
  }
}
