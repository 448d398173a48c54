import { expect, test } from 'vitest'
import { configOf } from '../../../../../test/support/monitor.ts'
import { resultOf } from '../../../../../test/support/seed.ts'
import { createBoard } from '../../monitoring/board.ts'
import { stateBefore, stateOf } from './row.ts'

const minuteMs = 60_000
const { endpoints } = configOf('endpoints: [{name: a, url: "http://x", conditions: ["[STATUS] == 200"]}]')
const window = { startMinute: 3, durationMs: 2 * minuteMs, timezone: 'UTC', every: [] }
const options = { maintenance: [window], excludeMaintenance: false }

test.each([1, 5])('the state before a result is what the one before it made it, with %d kept', (kept) => {
  const board = createBoard({ maximumNumberOfResults: kept, maximumNumberOfEvents: 5 })
  board.configure(endpoints)
  const entry = board.entries()[0]
  if (entry === undefined) throw new Error('no endpoint')
  const states: string[] = []
  const before: string[] = []

  for (const [minute, success] of [true, true, false, false, true, true, false].entries()) {
    const previous = entry.results.newest?.success
    board.add(resultOf({ key: '_a', at: minute * minuteMs, success }), [])
    before.push(stateBefore(entry, previous, options))
    states.push(stateOf(entry, options, minute * minuteMs))
  }

  expect(states).toEqual(['up', 'up', 'down', 'maintenance', 'maintenance', 'up', 'down'])
  expect(before).toEqual(['pending', ...states.slice(0, -1)])
})
