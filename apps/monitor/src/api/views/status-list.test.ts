import fc from 'fast-check'
import { expect, test } from 'vitest'
import { configOf } from '../../../../../test/support/monitor.ts'
import { resultOf } from '../../../../../test/support/seed.ts'
import { createBoard } from '../../monitoring/board.ts'
import { statusJson } from './status-json.ts'
import { createStatusLists } from './status-list.ts'

const names = ['a', 'b', 'c', 'd']
const { endpoints } = configOf(
  `endpoints: [${names.map((name) => `{name: ${name}, url: "http://x", conditions: ["[STATUS] == 200"]}`)}]`,
)

const steps = fc.array(fc.array(fc.constantFrom(...names), { maxLength: 6 }), { minLength: 1, maxLength: 6 })

test('a list has every page as it is now, whatever came since the list before', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 1, max: 3 }), async (rounds, pageSize) => {
      const board = createBoard({ maximumNumberOfResults: 5, maximumNumberOfEvents: 5 })
      board.configure(endpoints)
      const listOf = createStatusLists()
      const page = { page: 1, pageSize }
      let at = 0

      for (const round of rounds) {
        for (const name of round) {
          at += 1_500
          board.add(resultOf({ key: `_${name}`, at }), [])
        }
        const list = await listOf(board.entries(), page)

        expect(list.toString()).toBe(`[${board.entries().map((entry) => statusJson(entry, page, false))}]`)
      }
    }),
  )
})
