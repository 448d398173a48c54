import type { Log } from '../../apps/monitor/src/domain/ports.ts'
import type { Random } from './random.ts'
import type { VirtualClock } from './virtual-clock.ts'
import { virtualClock } from './virtual-clock.ts'
import type { Weather } from './weather.ts'

const traceKept = 60

const ids = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** What goes on outside the monitor, and what is noticed about it. */
export interface World {
  readonly random: Random
  readonly clock: VirtualClock
  readonly log: Log
  weather: Weather
  /** Something began that goes on in promises: they have to settle before time moves on. */
  stir(): void
  /** Whether anything stirred since it was last asked. */
  stirred(): boolean
  /** When the store refused something last, on the monotonic clock. */
  refusedAt: number
  /** For a reader of the trace. `line` is only called when somebody reads. */
  note(line: () => string): void
  /** Something that must never happen did. The first one ends the run. */
  violation(text: string): void
  readonly violated: string | undefined
  readonly trace: readonly string[]
  readonly counts: Record<
    | 'checks'
    | 'crashes'
    | 'restarts'
    | 'reloads'
    | 'clockSteps'
    | 'notices'
    | 'refusals'
    | 'brokenOff'
    | 'comparedAlerts',
    number
  >
}

const startAt = Date.parse('2026-03-05T00:00:00Z')

const timeOf = (ms: number) => {
  const text = new Date(ms).toISOString()
  return `${Math.floor(ms / 86_400_000)}d ${text.slice(11, 23)}`
}

export function createWorld(random: Random, weather: Weather, onTrace?: (line: string) => void): World {
  const clock = virtualClock(startAt)
  const trace: string[] = []
  const names = new Map<string, string>()
  let stirring = false
  let violated: string | undefined

  /** Ids are random: by their first appearance they are the same each time. */
  const named = (id: string) => {
    const name = names.get(id) ?? `#${names.size + 1}`
    names.set(id, name)
    return name
  }

  const note = (line: () => string) => {
    const text = `${timeOf(clock.monotonic())}  ${line().replace(ids, named)}`
    onTrace?.(text)
    trace.push(text)
    if (trace.length > traceKept) trace.shift()
  }
  const logged = (level: string) => (fields: Readonly<Record<string, unknown>>, message: string) => {
    note(() => `  ${level}: ${message} ${JSON.stringify(fields)}`)
  }

  return {
    random,
    clock,
    log: { debug() {}, info: logged('info'), warn: logged('warn'), error: logged('error') },
    weather,
    refusedAt: 0,
    stir() {
      stirring = true
    },
    stirred() {
      const before = stirring
      stirring = false
      return before
    },
    note,
    violation(text) {
      if (violated !== undefined) return
      violated = text
      note(() => `VIOLATION: ${text}`)
    },
    get violated() {
      return violated
    },
    trace,
    counts: {
      checks: 0,
      crashes: 0,
      restarts: 0,
      reloads: 0,
      clockSteps: 0,
      notices: 0,
      refusals: 0,
      brokenOff: 0,
      comparedAlerts: 0,
    },
  }
}
