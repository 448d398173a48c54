import type { BarPath, BucketClass, Run } from './history.ts'

/** Height units of the bar itself; the foot marks lie in the 5 units below. */
export const barHeight = 28
export const footedHeight = 33

interface Stroke {
  readonly name: BucketClass
  /** Its centre line. */
  readonly y: number
  /** So much lower the stroke comes again: all but its upper 3 units are cut off, which are the foot of a failure. */
  readonly foot?: number
}

const healthy: Stroke = { name: 'u', y: 14 }

/** What is drawn for each class. */
const strokes: Readonly<Record<BucketClass, readonly Stroke[]>> = {
  u: [healthy],
  a: [healthy, { name: 'a', y: 24.5, foot: 9 }],
  b: [healthy, { name: 'b', y: 21, foot: 16 }],
  d: [{ name: 'd', y: 14, foot: 30 }],
  g: [{ name: 'g', y: 17.5 }],
  m: [
    { name: 'm', y: 6 },
    { name: 'm', y: 22 },
  ],
  n: [{ name: 'n', y: 26 }],
}

/** Painted in this order, so that what failed lies over what held. */
const paintOrder = ['u', 'g', 'd', 'b', 'a', 'm', 'n'] as const

/**
 * One path per class, in units of 5 per bucket (a bar of 4, a gap of 1). Each run is one line whose dashes are the
 * bars, so a run costs the same however long it is.
 */
export function barPaths(runs: readonly Run[], feet: boolean): BarPath[] {
  const drawn = new Map<string, string>()
  let x = 0
  let open = new Map<string, Stroke & { readonly from: number }>()
  const flush = (ended: Iterable<Stroke & { readonly from: number }>) => {
    for (const { name, y, foot, from } of ended) {
      const width = x - from - 1
      const again = feet && foot !== undefined ? `m-${width} ${foot}h${width}` : ''
      drawn.set(name, `${drawn.get(name) ?? ''}M${from} ${y}h${width}${again}`)
    }
  }
  for (const { kind, length } of runs) {
    const next = new Map(strokes[kind].map((stroke) => [`${stroke.name}${stroke.y}`, { ...stroke, from: x }]))
    for (const [id, line] of open) {
      // A line that goes on through the next run stays one line: healthy bars behind short failures.
      if (next.has(id)) next.set(id, line)
      else flush([line])
    }
    open = next
    x += length * 5
  }
  flush(open.values())
  return paintOrder.flatMap((name) => {
    const d = drawn.get(name)
    return d === undefined ? [] : [{ name, d }]
  })
}
