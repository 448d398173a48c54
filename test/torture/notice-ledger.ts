import type { Complaints } from './scenario.ts'
import type { Stored } from './stored.ts'
import type { Receipt } from './webhook-receiver.ts'

/** A kill this soon after a notice arrived can keep the monitor from noting that it did. */
const noteAllowanceMs = 2_000

/** What the monitor says of notices of which too many wait. */
const gaveWayError = 'gave way to newer notices of the same alert'

/** Of the more than twenty that wait then, the first, its resolve and one incident are older, and one may be no row yet. */
const fewestNewer = 16

/** Compares what the receiver got with the rows of the outbox. */
export interface NoticeLedger {
  /** `receipts`: all so far. */
  endLife(life: {
    readonly stored: Stored
    readonly receipts: readonly Receipt[]
    readonly endedAt: number
    /** What the monitor printed. */
    readonly output: string
  }): void
  /** When nothing waits any more. */
  expectAllDelivered(stored: Stored, receipts: readonly Receipt[]): void
  /** Notices that came again, because the kill came before the note that they had been delivered. */
  readonly repeated: number
  /** Notices that were waiting at a kill. */
  readonly pendingAtKills: number
  /** Notices that visibly gave way to newer ones, as they are meant to when more than twenty of an alert wait. */
  readonly gaveWay: number
}

/** Ids of the notices of which the log says that they gave way. */
function* gaveWayIn(output: string): Generator<string> {
  for (const line of output.split('\n')) {
    const id = line.includes(gaveWayError) ? /"notice":"([^"]+)"/.exec(line)?.[1] : undefined
    if (id !== undefined) yield id
  }
}

/** How many notices of the same alert were written after each. */
function newerThan(notices: Stored['notices']): ReadonlyMap<string, number> {
  const seen = new Map<string, number>()
  const newer = new Map<string, number>()
  for (const { id, key } of [...notices].reverse()) {
    const count = seen.get(key) ?? 0
    newer.set(id, count)
    seen.set(key, count + 1)
  }
  return newer
}

export function createNoticeLedger({
  lost,
  wrong,
}: {
  readonly lost: Complaints
  readonly wrong: Complaints
}): NoticeLedger {
  const arrivals = new Map<string, number>()
  const mayComeAgain = new Set<string>()
  const pendingIds = new Set<string>()
  const loggedAsGivenWay = new Set<string>()
  const gaveWay = new Set<string>()
  let seen = 0
  let repeated = 0

  /** Takes note of receipts since the last time, and answers those of notices that had not arrived before. */
  const take = (receipts: readonly Receipt[]) => {
    for (const { id, kind, endpointKey, at } of receipts.slice(seen)) {
      if (!arrivals.has(id)) {
        arrivals.set(id, at)
        continue
      }
      if (mayComeAgain.delete(id)) repeated += 1
      else wrong.add(`${endpointKey}: a ${kind} came twice without need`)
      arrivals.set(id, at)
    }
    seen = receipts.length
  }

  const expectAlternation = (what: string, notices: readonly { key: string; kind: string }[]) => {
    const last = new Map<string, string>()
    for (const { key, kind } of notices) {
      if ((last.get(key) ?? 'resolve') === kind) wrong.add(`${key}: ${what} has one ${kind} after another`)
      last.set(key, kind)
    }
    return last
  }

  return {
    endLife({ stored, receipts, endedAt, output }) {
      take(receipts)
      for (const id of gaveWayIn(output)) loggedAsGivenWay.add(id)
      const newer = newerThan(stored.notices)
      expectAlternation('the outbox', stored.notices)
      const rows = new Map(stored.notices.map((notice) => [notice.id, notice]))
      for (const id of arrivals.keys()) if (!rows.has(id)) wrong.add(`notice ${id} was sent before it was written`)
      for (const id of pendingIds) if (!rows.has(id)) lost.add(`notice ${id} was waiting, and is gone`)
      for (const { id, key, kind, state, error } of stored.notices) {
        const arrivedAt = arrivals.get(id)
        if (state === 'delivered' && arrivedAt === undefined)
          lost.add(`${key}: a ${kind} says delivered, and never was`)
        if (state === 'refused' || state === 'expired') {
          const mayGiveWay = loggedAsGivenWay.has(id) && (newer.get(id) ?? 0) >= fewestNewer
          if (error === gaveWayError && mayGiveWay) gaveWay.add(id)
          else lost.add(`${key}: a ${kind} was given up (${state}): ${error}`)
        }
        if (state !== 'pending') continue
        pendingIds.add(id)
        // It arrived in an earlier life, which ended too soon after that; the one since has not come to it.
        if (arrivedAt === undefined || mayComeAgain.has(id)) continue
        mayComeAgain.add(id)
        if (endedAt - arrivedAt > noteAllowanceMs && arrivedAt <= endedAt) {
          wrong.add(`${key}: a ${kind} arrived ${endedAt - arrivedAt} ms before the end, and still waits`)
        }
      }
    },
    expectAllDelivered(stored, receipts) {
      take(receipts)
      for (const { id, key, kind, state, error } of stored.notices) {
        if (state === 'pending') wrong.add(`${key}: a ${kind} still waits: ${error}`)
        else if (!arrivals.has(id) && !gaveWay.has(id)) lost.add(`${key}: a ${kind} never arrived (${state})`)
      }
      const first = new Map(receipts.map((receipt) => [receipt.id, receipt]))
      const inOrder = [...first.keys()]
        .map((id) => receipts.find((receipt) => receipt.id === id))
        .filter((r) => r !== undefined)
      const last = expectAlternation(
        'the receiver',
        inOrder.map(({ endpointKey, kind }) => ({ key: endpointKey, kind })),
      )
      for (const [key, kind] of last) if (kind !== 'resolve') wrong.add(`${key}: it is up, and nobody was told`)
    },
    get repeated() {
      return repeated
    },
    get pendingAtKills() {
      return pendingIds.size
    },
    get gaveWay() {
      return gaveWay.size
    },
  }
}
