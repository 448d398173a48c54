import type { Random } from './random.ts'

const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

type Intervals = readonly [number, ...number[]]

const frequent: Intervals = [30 * secondMs, minuteMs, minuteMs, 5 * minuteMs]

/** Trouble takes as long, with less in between: most of what can go wrong does not need another check. */
const seldom: Intervals = [2 * minuteMs, 5 * minuteMs, 10 * minuteMs, 15 * minuteMs]

/** How a seed means to make life hard: mean times between troubles, and shares of what goes wrong. */
export interface Weather {
  readonly endpoints: number
  readonly maximumNumberOfResults: number
  /** What endpoints choose from. */
  readonly intervalsMs: Intervals
  /** Infinite where it never happens. */
  readonly crashEveryMs: number
  readonly restartEveryMs: number
  readonly reloadEveryMs: number
  readonly clockStepEveryMs: number
  readonly storeOutageEveryMs: number
  readonly storeOutageMs: number
  /** Share of single store steps that fail. */
  readonly storeFailures: number
  /** Longest time one step of the store takes; 0 as in SQLite, where it is over at once. */
  readonly slowestStoreMs: number
  readonly providerTroubleEveryMs: number
  readonly providerTroubleMs: number
  /** How long a target works, and how long it does not. */
  readonly upMs: number
  readonly downMs: number
  /** Share of checks that fail although the target works. */
  readonly glitches: number
  /** Share of checks that never end. */
  readonly lostChecks: number
}

export const weatherOf = (random: Random, haste: number): Weather => ({
  endpoints: 2 + random.below(5),
  maximumNumberOfResults: random.pick([10, 30, 100, 100]),
  // In a life that hurries, seldom would be never.
  intervalsMs: haste > 1 || random.chance(0.06) ? frequent : seldom,
  crashEveryMs: random.pick([Infinity, 8 * hourMs, 3 * hourMs, hourMs]) / haste,
  restartEveryMs: random.pick([Infinity, Infinity, 12 * hourMs, 4 * hourMs]) / haste,
  reloadEveryMs: random.pick([Infinity, 8 * hourMs, 2 * hourMs, 30 * minuteMs]) / haste,
  clockStepEveryMs: random.pick([Infinity, Infinity, 12 * hourMs, 4 * hourMs]) / haste,
  storeOutageEveryMs: random.pick([Infinity, Infinity, 8 * hourMs, 3 * hourMs]) / haste,
  storeOutageMs: random.pick([20 * secondMs, 5 * minuteMs, hourMs]) / haste,
  storeFailures: random.pick([0, 0, 0.002, 0.02]),
  slowestStoreMs: random.pick([0, 0, 0, 100, 3_000]),
  providerTroubleEveryMs: random.pick([Infinity, 6 * hourMs, 2 * hourMs, 40 * minuteMs]) / haste,
  providerTroubleMs: random.pick([minuteMs, 10 * minuteMs, 2 * hourMs]) / haste,
  upMs: random.pick([20 * minuteMs, hourMs, 5 * hourMs]) / haste,
  downMs: random.pick([2 * minuteMs, 10 * minuteMs, hourMs]) / haste,
  glitches: random.pick([0, 0.01, 0.1]),
  lostChecks: random.pick([0, 0, 0.001]),
})

export const calm: Pick<
  Weather,
  'storeFailures' | 'slowestStoreMs' | 'lostChecks' | 'storeOutageEveryMs' | 'providerTroubleEveryMs'
> = {
  storeFailures: 0,
  slowestStoreMs: 0,
  lostChecks: 0,
  storeOutageEveryMs: Infinity,
  providerTroubleEveryMs: Infinity,
}

/** Something that is well and, for a while now and then, is not. */
export interface Spells {
  /** What is wrong with it now, if anything. */
  trouble(now: number): string | undefined
  end(): void
}

/** `everyMs` and `lastMs` are means. */
export function createSpells(
  random: Random,
  everyMs: number,
  lastMs: number,
  kinds: readonly [string, ...string[]],
): Spells {
  let kind: string | undefined
  let changesAt = random.wait(everyMs)
  return {
    trouble(now) {
      while (now >= changesAt) {
        kind = kind === undefined ? random.pick(kinds) : undefined
        changesAt += random.wait(kind === undefined ? everyMs : lastMs)
      }
      return kind
    },
    end() {
      kind = undefined
      changesAt = Infinity
    },
  }
}
