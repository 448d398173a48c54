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

/** Of one byte a character, of several, and more than there is room for at first. */
const errors = ['timeout', 'délai dépassé', '超时'.repeat(40_000)]

const pages = fc.record({ page: fc.integer({ min: 1, max: 3 }), pageSize: fc.integer({ min: 1, max: 6 }) })
const steps = fc.array(fc.array(fc.constantFrom(...names), { maxLength: 6 }), { minLength: 1, maxLength: 6 })

test('a list has every page as it is now, whatever came since the list before', async () => {
  await fc.assert(
    fc.asyncProperty(steps, pages, async (rounds, page) => {
      const board = createBoard({ maximumNumberOfResults: 5, maximumNumberOfEvents: 5 })
      board.configure(endpoints)
      const listOf = createStatusLists()
      let count = 0

      for (const round of rounds) {
        for (const name of round) {
          count += 1
          const error = errors[count % errors.length] ?? ''
          board.add(resultOf({ key: `_${name}`, at: count * 1_500, success: false, errors: [error] }), [])
        }
        const list = await listOf(board.entries(), page)

        expect(list.toString()).toBe(`[${board.entries().map((entry) => statusJson(entry, page))}]`)
      }
    }),
  )
})
