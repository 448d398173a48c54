import { describe, expect, test } from 'vitest'
import { migrationsFolder } from '../support/monitor.ts'
import { hurried, simulate } from './simulation.ts'

const options = { ...hurried, migrationsFolder }

const seedsPerTest = 20

describe('the monitor keeps its promises', () => {
  test.each(Array.from({ length: 10 }, (_, index) => index * seedsPerTest + 1))('from seed %i on', async (first) => {
    for (let seed = first; seed < first + seedsPerTest; seed++) {
      const { violation, steps, trace } = await simulate(seed, options)

      expect(violation, `seed ${seed}, step ${steps}\n${trace.join('\n')}`).toBeUndefined()
    }
  })
})

test('a seed replays exactly', async () => {
  const runs: string[][] = [[], []]
  for (const lines of runs) await simulate(6, { ...options, onTrace: (line) => lines.push(line) })

  const [first = [], second = []] = runs
  expect(first.length).toBeGreaterThan(100)
  expect(second).toEqual(first)
})

test('goes through what it is there for', async () => {
  const total = new Map<string, number>()

  for (let seed = 1; seed <= 20; seed++) {
    const { counts } = await simulate(seed, options)
    for (const [name, count] of Object.entries(counts)) total.set(name, (total.get(name) ?? 0) + count)
  }

  for (const [name, count] of total) expect(count, name).toBeGreaterThan(5)
})
