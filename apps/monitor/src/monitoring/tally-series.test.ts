import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TallySeries } from './tally-series.ts'

const tally = (successes = 1) => ({ count: 1, successes, maintenanceCount: 0, maintenanceSuccesses: 0, sumMs: 7 })

test('sums the slots of a span', () => {
  const series = new TallySeries(1_000, 10)
  series.add(5_000, tally())
  series.add(5_999, tally(0))
  series.add(7_500, tally())

  const all = series.sum(5_000, 8_000)

  expect(all).toEqual({ count: 3, successes: 2, maintenanceCount: 0, maintenanceSuccesses: 0, sumMs: 21 })
  expect(series.sum(6_000, 8_000).count).toBe(1)
  expect(series.sum(0, 5_000).count).toBe(0)
})

test('agrees with a plain list for any order of times', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 }),
      fc.nat(400),
      fc.nat(400),
      (times, a, b) => {
        const series = new TallySeries(10, 20)
        let newest = -1
        let oldest = 0
        const held = new Map<number, number>()
        for (const at of times) {
          const slot = Math.floor(at / 10)
          series.add(at, tally())
          if (newest === -1) oldest = slot
          if (newest !== -1 && newest - slot + 1 > 20) continue
          oldest = Math.min(oldest, slot)
          newest = Math.max(newest, slot)
          oldest = Math.max(oldest, newest - 19)
          held.set(slot, (held.get(slot) ?? 0) + 1)
        }
        const from = Math.min(a, b)
        const to = Math.max(a, b)

        let expected = 0
        for (const [slot, count] of held) if (slot >= oldest && slot * 10 >= from && slot * 10 < to) expected += count

        expect(series.sum(from, to).count).toBe(expected)
      },
    ),
  )
})
