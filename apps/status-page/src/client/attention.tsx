import { AttentionHead, AttentionRest, attentionRows } from '../components/Attention.tsx'
import type { EndpointRow } from '../contract.ts'
import { troubled } from '../model/select.ts'
import { hold, nobodyLooks } from './held.ts'
import { show } from './holds.ts'
import { keyOf } from './items.ts'
import { byId, frameAt } from './page.ts'
import { drawRow, placeRows } from './rows.tsx'

interface Attending {
  readonly rows: readonly EndpointRow[]
  readonly now: number
  /** The reader asked to see what was held back. */
  readonly released: boolean
  /** Draws what is held back here. */
  readonly release: () => void
}

/**
 * What needs attention. Entries that come or go would push the list under the reader's eyes, so while somebody may be
 * reading they wait behind a button; hero, counts and rows tell the change at once.
 */
export function* drawAttention({ rows, now, released, release }: Attending): Generator<void> {
  const section = byId('attention')
  const [head, list, rest] = section?.children ?? []
  if (section === null || head === undefined || list === undefined || rest === undefined) return
  const all = troubled(rows)
  const wanted = all.slice(0, attentionRows)
  const here = new Set([...list.children].map(keyOf))
  const changes = new Set([
    ...wanted.flatMap((row) => (here.has(row.key) ? [] : [row.key])),
    ...[...here].filter((key) => !wanted.some((row) => row.key === key)),
  ])
  const held = changes.size > 0 && !released && !mayMove(section)
  show(<AttentionHead rows={all} />, head)
  if (held) {
    const known = new Map(rows.map((row) => [row.key, row]))
    for (const item of list.children) {
      const row = known.get(keyOf(item))
      if (row !== undefined) drawRow(item, row, 'attention', now)
    }
  } else {
    yield* placeRows(list, wanted, { place: 'attention', now, exists: () => false, move: true })
    show(<AttentionRest n={all.length - attentionRows} frame={frameAt(now)} />, rest)
    section.toggleAttribute('hidden', all.length === 0)
  }
  hold('attention', held ? changes : new Set(), release)
}

/** Nothing visible would move, or nobody is there to see it. */
function mayMove(section: HTMLElement): boolean {
  if (nobodyLooks(section)) return true
  const box = (section.hidden ? section.nextElementSibling : section)?.getBoundingClientRect()
  return box !== undefined && box.top >= innerHeight
}
