/** What a scenario did, and what came of it. */
export interface Findings {
  /** How often what was done: `[100, 'kills']`. */
  readonly tried: readonly (readonly [count: number, what: string])[]
  /** What had been taken, and is gone. */
  readonly lost: readonly string[]
  /** What else was not as it should be. */
  readonly wrong: readonly string[]
  readonly figures: Readonly<Record<string, string | number>>
}

export interface Skipped {
  readonly skipped: string
}

export interface ScenarioOptions {
  readonly seed: number
  /** Instead of the scenario's own number of rounds. */
  readonly rounds: number | undefined
  /** Tells how far it is. */
  readonly progress: (text: string) => void
}

/** One kind of trouble, and what the monitor must make of it. */
export interface Scenario {
  readonly name: string
  readonly about: string
  /** Whatever happens, it is over by then. */
  readonly limitSeconds: number
  run(options: ScenarioOptions): Promise<Findings | Skipped>
}

/** Collects complaints; of thousands alike, the first few say enough. */
export interface Complaints {
  add(text: string): void
  list(): readonly string[]
}

const mostKept = 20

export function createComplaints(): Complaints {
  const kept: string[] = []
  let count = 0
  return {
    add(text) {
      count += 1
      if (kept.length < mostKept) kept.push(text)
    },
    list: () => (count > kept.length ? [...kept, `and ${count - kept.length} more`] : kept),
  }
}
