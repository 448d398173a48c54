import { expect, test } from 'vitest'
import { fakeClock } from '../../../../test/support/fake-clock.ts'
import { fakeProbe } from '../../../../test/support/fake-probe.ts'
import { targetOf } from '../../../../test/support/target.ts'
import type { CheckTarget } from '../domain/endpoint.ts'
import type { Observation } from '../domain/observation.ts'
import type { Result } from '../domain/result.ts'
import { createCheck } from './check.ts'

const url = 'https://jo:pw@example.org:8443/x'

function checking(addressOf = async (_hostname: string): Promise<string> => '192.0.2.1') {
  const clock = fakeClock()
  const probe = fakeProbe()
  const check = createCheck({ clock, probes: new Map([[probe.type, probe]]), addressOf })
  return {
    clock,
    probe,
    run: (target: CheckTarget) => check(target, new AbortController()),
    async seeing(target: CheckTarget, seen: Partial<Observation> = {}): Promise<Result> {
      const result = check(target, new AbortController())
      await clock.advance(0)
      probe.running[0]?.see(seen)
      return result
    },
  }
}

test('judges what the probe saw, at the end of the check', async () => {
  const { clock, probe, run } = checking()
  const conditions = ['[STATUS] == 200', '[RESPONSE_TIME] < 10', '[BODY] == pong']

  const running = run(targetOf({ url, conditions }))
  await clock.advance(300)
  const { needs } = probe.running[0]?.context ?? {}
  probe.running[0]?.see({ status: 200, durationMs: 12.345_678, body: 'pong', certificateExpirationMs: 5 })
  const result = await running

  expect([...(needs ?? [])]).toEqual(['body'])
  expect(result).toEqual({
    key: '_target',
    at: clock.now(),
    success: false,
    durationMs: 12.346,
    connected: true,
    status: 200,
    hostname: 'example.org',
    certificateExpirationMs: 5,
    errors: [],
    conditions: [
      { condition: '[STATUS] == 200', success: true },
      { condition: '[RESPONSE_TIME] (12) < 10', success: false },
      { condition: '[BODY] == pong', success: true },
    ],
    maintenance: false,
  })
})

test('does not fail a check for an error of the probe, but tells it, once', async () => {
  const { seeing } = checking()

  const result = await seeing(targetOf({ url, conditions: ['[STATUS] == 0'] }), {
    connected: false,
    errors: ['a', 'b', 'a'],
  })

  expect(result).toMatchObject({ success: true, connected: false, errors: ['a', 'b'] })
})

test('shares the condition results of all checks in which every condition held', async () => {
  const { seeing } = checking()
  const target = targetOf({ url })

  const [first, second] = [await seeing(target), await seeing(target)]

  expect(first.conditions).toEqual([{ condition: '[CONNECTED] == true', success: true }])
  expect(second.conditions).toBe(first.conditions)
})

test('ends a check when its time is up', async () => {
  const { clock, run } = checking()

  const running = run(targetOf({ url, client: { timeoutMs: 1_500 } }))
  await clock.advance(1_500)

  expect(await running).toMatchObject({ success: false, errors: ['timeout after 1.5 s'] })
})

test('looks up the address where a condition asks for it', async () => {
  const asked: string[] = []
  const { seeing } = checking(async (hostname) => {
    asked.push(hostname)
    return '192.0.2.7'
  })

  const result = await seeing(targetOf({ url, conditions: ['[IP] == 192.0.2.7'] }))

  expect(asked).toEqual(['example.org'])
  expect(result).toMatchObject({ success: true, ip: '192.0.2.7' })
})

test('fails without asking the probe when there is no address', async () => {
  const { probe, run } = checking(() => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' })))

  const result = await run(targetOf({ url, conditions: ['[IP] == any(, x)'] }))

  expect(result).toMatchObject({ success: false, errors: ['lookup example.org: no such host'] })
  expect(result.conditions).toHaveLength(1)
  expect(probe.running).toHaveLength(0)
})

test('bounds the lookup of the address too', async () => {
  const { clock, run } = checking(() => new Promise(() => {}))

  const running = run(targetOf({ url, conditions: ['[IP] == x'], client: { timeoutMs: 2_000 } }))
  await clock.advance(2_000)

  expect(await running).toMatchObject({ success: false, errors: ['lookup example.org: timeout after 2 s'] })
})

test('turns a bug of a probe into a failed result', async () => {
  const { clock, probe, run } = checking()

  const running = run(targetOf({ url }))
  await clock.advance(0)
  probe.running[0]?.fail(new TypeError('x is not a function'))

  expect(await running).toMatchObject({ success: false, errors: ['internal error: x is not a function'] })
})

test('fails a check whose condition cannot be read, or whose protocol nobody speaks', async () => {
  const { run } = checking()

  const unreadable = await run(targetOf({ url, conditions: ['[STATUS]'] }))
  const unspoken = await run(targetOf({ url, type: 'SCTP' }))

  expect(unreadable).toMatchObject({ success: false, errors: [expect.any(String)] })
  expect(unspoken).toMatchObject({ success: false, errors: ['endpoints of type SCTP cannot be checked'] })
})

const error = 'Get "https://example.org:8443/x": example.org said no on 8443, 18443'

test.each([
  [{ hideUrl: true }, ['Get "<redacted>": example.org said no on 8443, 18443']],
  [{ hideHostname: true }, ['Get "https://<redacted>:8443/x": <redacted> said no on 8443, 18443']],
  [{ hidePort: true }, ['Get "https://example.org:<redacted>/x": example.org said no on <redacted>, 1<redacted>']],
  [
    { hideUrl: true, hideHostname: true, hidePort: true },
    ['Get "<redacted>": <redacted> said no on <redacted>, 1<redacted>'],
  ],
  [{ hideErrors: true }, []],
])('with %j, errors say %j', async (display, errors) => {
  const { seeing } = checking()

  const result = await seeing(targetOf({ url, display }), { errors: [error] })

  expect(result.errors).toEqual(errors)
  expect(result.hostname).toBe('hideHostname' in display ? undefined : 'example.org')
})

test('hides conditions, and judges by them all the same', async () => {
  const { seeing } = checking()

  const result = await seeing(targetOf({ url, display: { hideConditions: true } }), { connected: false })

  expect(result).toMatchObject({ success: false, conditions: [] })
})

test('shows conditions as the endpoint wants them', async () => {
  const { seeing } = checking()
  const conditions = ['[STATUS] == 200', '[STATUS] == 500']
  const display = { dontResolveFailedConditions: true, resolveSuccessfulConditions: true }

  const result = await seeing(targetOf({ url, conditions, display }), { status: 200 })

  expect(result.conditions.map(({ condition }) => condition)).toEqual(['[STATUS] (200) == 200', '[STATUS] == 500'])
})
