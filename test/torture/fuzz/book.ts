import type { Complaints } from '../scenario.ts'

/** One case may take so long, whatever it is; on a machine that does other things too. */
const longestMs = 3_000

export interface FuzzBook {
  readonly cases: number
  /** Cases that were taken for what they should have been. */
  readonly accepted: number
  readonly slowestMs: number
  /** Counts one case, and complains when it throws or takes too long. `work` tells whether it was accepted. */
  try(what: string, work: () => boolean): void
}

const shown = (text: string) => JSON.stringify(text.length > 300 ? `${text.slice(0, 300)}… (${text.length})` : text)

export function createFuzzBook(seed: number, wrong: Complaints): FuzzBook {
  let cases = 0
  let accepted = 0
  let slowestMs = 0
  return {
    get cases() {
      return cases
    },
    get accepted() {
      return accepted
    },
    get slowestMs() {
      return slowestMs
    },
    try(what, work) {
      cases += 1
      const startedAt = performance.now()
      try {
        if (work()) accepted += 1
      } catch (error) {
        const problem = error instanceof Error ? `${error.name}: ${error.message.slice(0, 300)}` : String(error)
        wrong.add(`seed ${seed}, case ${cases}, ${shown(what)}: ${problem}`)
      }
      const tookMs = performance.now() - startedAt
      slowestMs = Math.max(slowestMs, tookMs)
      if (tookMs > longestMs) wrong.add(`seed ${seed}, case ${cases}, ${shown(what)}: took ${Math.round(tookMs)} ms`)
    },
  }
}
