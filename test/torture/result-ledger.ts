import type { Complaints } from './scenario.ts'
import type { Stored, StoredRow } from './stored.ts'
import { type Answers, isFailing } from './target-messages.ts'

/** Results are written every 250 ms; what a busy machine adds to that may be missing after a kill too. */
export const flushAllowanceMs = 2_000

interface Known {
  /** Of the results that are to be found, the newest last. */
  ids: number[]
  statuses: number[]
  count: number
  successes: number
  /** What must stand in the events, without START: time and whether it is healthy. */
  changes: { readonly at: number; readonly healthy: boolean }[]
}

interface Answer {
  readonly status: number
  readonly at: number
}

/** One life of a monitor, after it ended. */
export interface Life {
  readonly stored: Stored
  readonly answers: Answers
  readonly endedAt: number
  /** Whether it was asked to end, and so had the time to write everything. */
  readonly orderly: boolean
}

/** What came of the checks of one endpoint in one life. */
export interface EndpointLife {
  readonly key: string
  /** Results that were written in this life, in order. */
  readonly written: readonly StoredRow[]
  /** Answers after those, whose results are gone. */
  readonly unwritten: readonly Answer[]
}

/** Compares the results in the database with the answers that the endpoints gave. */
export interface ResultLedger {
  endLife(life: Life): readonly EndpointLife[]
  /** Compares sums and events with a recount of all results there ever were. To be called after an orderly end. */
  recount(stored: Stored): void
  /** Statuses of the newest results, oldest first, as the API has to show them. */
  statusesOf(key: string): readonly number[]
  /** Results that were found in the database. */
  readonly results: number
  readonly checks: number
  /** Endpoints of which a result was found. */
  readonly endpointsChecked: number
  /** For each kill, the age of the oldest answer whose result was not written, in milliseconds. */
  readonly unwrittenAges: readonly number[]
}

export function createResultLedger(outside: {
  readonly keys: readonly string[]
  readonly maximumNumberOfResults: number
  readonly lost: Complaints
  readonly wrong: Complaints
}): ResultLedger {
  const { keys, maximumNumberOfResults, lost, wrong } = outside
  const known = new Map<string, Known>(
    keys.map((key) => [key, { ids: [], statuses: [], count: 0, successes: 0, changes: [] }]),
  )
  const unwrittenAges: number[] = []
  let results = 0
  let checks = 0

  const answersOf = ({ endpoints, statuses, times }: Answers) => {
    const byKey = new Map<string, Answer[]>(keys.map((key) => [key, []]))
    for (const [place, index] of endpoints.entries()) {
      byKey.get(keys[index] ?? '')?.push({ status: statuses[place] ?? 0, at: times[place] ?? 0 })
    }
    return byKey
  }

  /** Results of earlier lives have to be there still, but for those that newer ones have pushed out. */
  const compareHistory = (key: string, of: Known, rows: readonly StoredRow[]): readonly StoredRow[] => {
    const newestKnown = of.ids.at(-1) ?? 0
    const written = rows.filter(({ id }) => id > newestKnown)
    const room = maximumNumberOfResults - written.length
    const expected = room > 0 ? of.ids.slice(-room) : []
    const earlier = new Set(rows.slice(0, rows.length - written.length).map(({ id }) => id))
    const missing = expected.filter((id) => !earlier.has(id))
    if (missing.length > 0)
      lost.add(`${key}: ${missing.length} of ${expected.length} results of earlier lives are gone`)
    if (rows.length > maximumNumberOfResults) wrong.add(`${key}: ${rows.length} results are kept`)
    return written
  }

  const compareAnswers = (key: string, written: readonly StoredRow[], answers: readonly Answer[]) => {
    for (const [index, row] of written.entries()) {
      const answer = answers[index]
      if (answer === undefined) return wrong.add(`${key}: has a result (${row.status}) of which there was no check`)
      if (answer.status !== row.status) {
        return lost.add(`${key}: after ${index} results of this life, that of ${answer.status} is missing`)
      }
      if (row.success !== answer.status < isFailing.from) wrong.add(`${key}: ${answer.status} is judged ${row.success}`)
    }
  }

  const remember = (of: Known, written: readonly StoredRow[]) => {
    for (const { id, at, status, success } of written) {
      const before = of.changes.at(-1)?.healthy
      if (before !== success) of.changes.push({ at, healthy: success })
      of.ids.push(id)
      of.statuses.push(status ?? 0)
      of.count += 1
      if (success) of.successes += 1
    }
    of.ids.splice(0, Math.max(of.ids.length - maximumNumberOfResults, 0))
    of.statuses.splice(0, Math.max(of.statuses.length - maximumNumberOfResults, 0))
    results += written.length
  }

  return {
    endLife({ stored, answers, endedAt, orderly }) {
      for (const line of stored.damage) wrong.add(`the database is damaged: ${line}`)
      const byKey = answersOf(answers)
      const allowanceMs = orderly ? -Infinity : flushAllowanceMs
      let oldestMs = 0
      const lives = [...known].map(([key, of]): EndpointLife => {
        const given = byKey.get(key) ?? []
        const written = compareHistory(key, of, stored.results.get(key) ?? [])
        if (written.length >= maximumNumberOfResults) {
          wrong.add(`${key}: a life was so long that not all results of it are kept, and they cannot be compared`)
          remember(of, written)
          return { key, written, unwritten: [] }
        }
        compareAnswers(key, written, given)
        const unwritten = given.slice(written.length)
        for (const { status, at } of unwritten) {
          oldestMs = Math.max(oldestMs, endedAt - at)
          if (endedAt - at > allowanceMs) lost.add(`${key}: the result of ${status}, ${endedAt - at} ms before the end`)
        }
        remember(of, written)
        checks += given.length
        return { key, written, unwritten }
      })
      if (!orderly) unwrittenAges.push(oldestMs)
      return lives
    },
    recount(stored) {
      for (const [key, { count, successes, changes }] of known) {
        const sums = stored.counts.get(key)
        if (sums?.count !== count || sums.successes !== successes) {
          wrong.add(`${key}: sums say ${sums?.successes}/${sums?.count}, a recount says ${successes}/${count}`)
        }
        const events = stored.events.get(key) ?? []
        const text = (all: readonly { at: number; healthy: boolean }[]) =>
          all.map(({ at, healthy }) => `${healthy ? 'HEALTHY' : 'UNHEALTHY'} at ${at}`).join(', ')
        const found = text(
          events.filter(({ type }) => type !== 'START').map(({ type, at }) => ({ at, healthy: type === 'HEALTHY' })),
        )
        if (found !== text(changes)) wrong.add(`${key}: events are ${found}; should be ${text(changes)}`)
      }
    },
    statusesOf: (key) => known.get(key)?.statuses ?? [],
    get results() {
      return results
    },
    get checks() {
      return checks
    },
    get endpointsChecked() {
      return [...known.values()].filter(({ count }) => count > 0).length
    },
    unwrittenAges,
  }
}
