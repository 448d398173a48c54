import { describe, expect, test } from 'vitest'
import { createResultLedger } from './result-ledger.ts'
import { createComplaints } from './scenario.ts'
import { nothingStored, type StoredRow } from './stored.ts'

const kept = 5

/** Books of one endpoint, of which five results are kept. */
function books() {
  const lost = createComplaints()
  const wrong = createComplaints()
  const ledger = createResultLedger({ keys: ['_0'], maximumNumberOfResults: kept, lost, wrong })
  return {
    lost,
    wrong,
    /** Results that are found after a life that gave `answers` of them, the last of which has this id. */
    life(ids: readonly number[], answers: number) {
      const rows = ids.map((id): StoredRow => ({ id, at: id, success: true, status: 200 + id }))
      const last = ids.at(-1) ?? 0
      const statuses = Array.from({ length: answers }, (_, index) => 200 + last - answers + index + 1)
      const stored = { ...nothingStored, results: new Map([['_0', rows]]) }
      const given = { endpoints: statuses.map(() => 0), statuses, times: statuses.map(() => 0) }
      ledger.endLife({ stored, answers: given, endedAt: 0, orderly: true })
    },
  }
}

describe('the books of results', () => {
  test('expect those of earlier lives that newer ones have not pushed out', () => {
    const { life, lost, wrong } = books()

    life([1, 2, 3, 4], 4)
    life([3, 4, 5, 6, 7], 3)
    expect([...lost.first, ...wrong.first]).toEqual([])
    life([5, 7, 8], 1)

    expect(lost.first).toEqual(['_0: 2 of 4 results of earlier lives are gone'])
  })

  test('call nothing lost that a life of many results has pushed out, but say that it was too long', () => {
    const { life, lost, wrong } = books()

    life([1, 2, 3, 4], 4)
    life([6, 7, 8, 9, 10], 6)

    expect(lost.first).toEqual([])
    expect(wrong.first).toEqual([
      '_0: a life was so long that not all results of it are kept, and they cannot be compared',
    ])
  })
})
