/** What a scenario did, and what came of it. */
export interface Findings {
  /** How often what was done: `[100, 'kills']`. */
  readonly tried: readonly (readonly [count: number, what: string])[]
  /** What had been taken, and is gone. */
  readonly lost: Complaints
  /** What else was not as it should be. */
  readonly wrong: Complaints
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
  /** It mounts something, and therefore runs in a name space of its own. */
  readonly needs?: 'mounts'
  run(options: ScenarioOptions): Promise<Findings | Skipped>
}

/** Of thousands alike, the first few say enough. */
export interface Complaints {
  readonly count: number
  readonly first: readonly string[]
  add(text: string): void
}

const mostKept = 20

export function createComplaints(): Complaints {
  const first: string[] = []
  let count = 0
  return {
    get count() {
      return count
    },
    first,
    add(text) {
      count += 1
      if (first.length < mostKept) first.push(text)
    },
  }
}
