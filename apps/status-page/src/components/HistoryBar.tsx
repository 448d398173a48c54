import type { RunLengths } from '../contract.ts'
import { barHeight, barPaths, footedHeight } from '../model/bar-paths.ts'
import { bucketCount, parseRuns } from '../model/history.ts'

interface Props {
  readonly history: RunLengths
  /** How many bars there should be; missing ones are drawn as no data, on the left. */
  readonly count: number
  /** `strip` leaves out the feet; `detail` is twice as wide. */
  readonly kind?: 'full' | 'strip' | 'detail'
  /** Shows only so many of the newest bars. */
  readonly newest?: number
}

/** The picture only: its words are the sentence beside it. */
export function HistoryBar({ history, count, kind = 'full', newest = count }: Props) {
  const known = parseRuns(history)
  const missing = count - bucketCount(known)
  const runs = missing > 0 ? [{ kind: 'n' as const, length: missing }, ...known] : known
  const width = Math.max(bucketCount(runs) * 5 - 1, 1)
  const shown = Math.min(width, newest * 5 - 1)
  const height = kind === 'strip' ? barHeight : footedHeight
  return (
    <svg
      class={`bar ${kind}`}
      width={kind === 'detail' ? shown * 2 : shown}
      viewBox={`${width - shown} 0 ${shown} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {barPaths(runs, kind !== 'strip').map(({ name, d }) => (
        <path key={name} class={name} d={d} />
      ))}
    </svg>
  )
}
