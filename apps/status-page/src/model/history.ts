import type { RunLengths } from '../contract.ts'

export const classes = ['u', 'a', 'b', 'd', 'g', 'm', 'n'] as const
export type BucketClass = (typeof classes)[number]

export interface Run {
  readonly kind: BucketClass
  readonly length: number
}

const bucketLimit = 1000
const isClass = (letter: string): letter is BucketClass => classes.some((kind) => kind === letter)

/** `n30u58g1d1` as runs, oldest first. Anything that is no run length is passed over; at most 1,000 buckets. */
export function parseRuns(history: RunLengths): Run[] {
  const runs: Run[] = []
  let total = 0
  for (const [, letter = '', digits = ''] of history.matchAll(/([a-z])(\d+)/g)) {
    const length = Math.min(Number(digits), bucketLimit - total)
    if (!isClass(letter) || length <= 0) continue
    runs.push({ kind: letter, length })
    total += length
  }
  return runs
}

export function formatRuns(kinds: readonly BucketClass[]): RunLengths {
  let text = ''
  for (let start = 0; start < kinds.length; ) {
    let end = start
    while (kinds[end] === kinds[start]) end++
    text += `${kinds[start]}${end - start}`
    start = end
  }
  return text
}

/** One class per bucket, oldest first. */
export const expandRuns = (history: RunLengths): BucketClass[] =>
  parseRuns(history).flatMap(({ kind, length }) => new Array<BucketClass>(length).fill(kind))

/** The history with its newest bucket replaced, as a live result does. */
export function withNewest(history: RunLengths, kind: string): RunLengths {
  const kinds = expandRuns(history)
  if (!isClass(kind) || kinds.length === 0 || kinds.at(-1) === kind) return history
  return formatRuns([...kinds.slice(0, -1), kind])
}

/** The history moved on by one bucket, as a new check does to the range of single checks. */
export function withAppended(history: RunLengths, kind: string): RunLengths {
  return isClass(kind) ? formatRuns([...expandRuns(history).slice(1), kind]) : history
}

export const isProblem = (kind: BucketClass): boolean => kind === 'a' || kind === 'b' || kind === 'd'

/** Classes by how bad they are, the least first. */
const byBadness: readonly BucketClass[] = ['n', 'u', 'm', 'g', 'a', 'b', 'd']

/** The worst class of each bucket over several histories: the strip of a group. Newest buckets are aligned. */
export function worstOf(histories: readonly RunLengths[]): RunLengths {
  /** Place in `byBadness` of each bucket, newest first. */
  const worst: number[] = []
  // Most endpoints of a group share their history: that nothing ever happened.
  for (const history of new Set(histories)) {
    let end = 0
    for (const { kind, length } of parseRuns(history).reverse()) {
      const badness = byBadness.indexOf(kind)
      for (const start = end; end < start + length; end++) if (badness > (worst[end] ?? -1)) worst[end] = badness
    }
  }
  return formatRuns(worst.map((badness) => byBadness[badness] ?? 'n').reverse())
}

export interface BarPath {
  readonly name: string
  /** The lines of SVG path data. */
  readonly d: string
}

/** One class per bucket, oldest first, read back from what `barPaths` drew: what was painted last is what it is. */
export function kindsOfPaths(paths: Iterable<BarPath>): BucketClass[] {
  const kinds: BucketClass[] = []
  for (const { name, d } of paths) {
    if (!isClass(name)) continue
    for (const [, from, width] of d.matchAll(/M(\d+) [\d.]+h(\d+)/g)) {
      const end = Number(from) + Number(width)
      for (let x = Number(from); x < end; x += 5) kinds[x / 5] = name
    }
  }
  return kinds
}

export const bucketCount = (runs: readonly Run[]): number => runs.reduce((sum, run) => sum + run.length, 0)
