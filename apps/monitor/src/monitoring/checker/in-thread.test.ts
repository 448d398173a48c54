import { expect, test } from 'vitest'
import { fakeClock } from '../../../../../test/support/fake-clock.ts'
import { fakeProbe } from '../../../../../test/support/fake-probe.ts'
import { targetOf } from '../../../../../test/support/target.ts'
import type { Result } from '../../domain/result.ts'
import { createInThreadChecker } from './in-thread.ts'

const url = 'http://example.org'

function running() {
  const clock = fakeClock()
  const probe = fakeProbe()
  const results: Result[] = []
  const checker = createInThreadChecker({
    clock,
    probes: [probe],
    addressOf: async () => '192.0.2.1',
    onResults: (more) => results.push(...more),
  })
  return { clock, probe, checker, results, settle: () => clock.advance(0) }
}

test('reports one result for each check', async () => {
  const { checker, probe, results, settle } = running()
  checker.configure([targetOf({ key: 'a', url }), targetOf({ key: 'b', url })])

  checker.check('b')
  checker.check('a')
  checker.check('unknown')
  probe.running[1]?.see()
  await settle()
  probe.running[0]?.see()
  await settle()

  expect(results.map(({ key }) => key)).toEqual(['a', 'b'])
})

test('leaves alone what a new configuration does not change', async () => {
  const { checker, probe } = running()
  checker.configure([targetOf({ key: 'a', url }), targetOf({ key: 'b', url })])
  checker.check('a')
  const before = probe.running[0]?.target

  checker.configure([{ ...targetOf({ key: 'a', url }) }, targetOf({ key: 'c', url })])
  checker.check('a')

  expect(probe.running[1]?.target).toBe(before)
  expect(probe.forgotten.map(({ key }) => key)).toEqual(['b'])
})

test('reports the check of a target that was changed meanwhile, then forgets its connections', async () => {
  const { checker, probe, results, settle } = running()
  checker.configure([targetOf({ key: 'a', url })])
  checker.check('a')

  checker.configure([targetOf({ key: 'a', url, method: 'POST' })])
  const forgottenDuring = probe.forgotten.length
  probe.running[0]?.see()
  await settle()

  expect(forgottenDuring).toBe(0)
  expect(probe.forgotten).toMatchObject([{ method: 'GET' }])
  expect(results).toHaveLength(1)
})

test('aborts the check of a target that is gone, and says nothing of it, even if the key is back', async () => {
  const { checker, probe, results, settle } = running()
  checker.configure([targetOf({ key: 'a', url })])
  checker.check('a')

  checker.configure([])
  checker.configure([targetOf({ key: 'a', url })])
  await settle()

  expect(probe.running).toHaveLength(0)
  expect(probe.forgotten).toHaveLength(1)
  expect(results).toEqual([])
})

test('waits for running checks when it closes, takes no more, and drops those that take too long', async () => {
  const { clock, checker, probe, results } = running()
  checker.configure([targetOf({ key: 'a', url }), targetOf({ key: 'b', url })])
  checker.check('a')
  checker.check('b')

  const closing = checker.close(1_000)
  checker.check('a')
  probe.running[0]?.see()
  await clock.advance(999)
  const closedEarly = probe.closed
  await clock.advance(1)
  await closing

  expect(closedEarly).toBe(false)
  expect(probe.closed).toBe(true)
  expect(results.map(({ key }) => key)).toEqual(['a'])
})

test('draining ends the checks, takes no more, and leaves the connections to the end of the thread', async () => {
  const { checker, probe, results, settle } = running()
  checker.configure([targetOf({ key: 'a', url })])
  checker.check('a')

  const drained = checker.drain(1_000)
  checker.check('a')
  probe.running[0]?.see()
  await drained
  await settle()

  expect(results).toHaveLength(1)
  expect(probe.running).toHaveLength(0)
  expect(probe.closed).toBe(false)
  expect(probe.forgotten).toEqual([])
})
