import { expect, test } from 'vitest'
import { createNoticeLedger } from './notice-ledger.ts'
import { createProcess } from './process.ts'
import { createProviders } from './providers.ts'
import { createRandom } from './random.ts'
import { weatherOf } from './weather.ts'
import { createWorld } from './world.ts'

test.each([
  ['whoever lives', false, 'a notice was sent that nobody ever tried to write'],
  ['nobody who is dead', true, undefined],
])('hears requests of %s', async (_, isKilled, violation) => {
  const random = createRandom(1)
  const world = createWorld(random, weatherOf(random, 1))
  const providers = createProviders(
    world,
    createNoticeLedger(world, () => undefined),
  )
  const process = createProcess(world, () => {})
  const body = JSON.stringify({ id: 'n', kind: 'trigger', incidentId: 'i', key: 'core_api', alertId: 'chat-0' })
  const request = { method: 'POST', url: 'https://chat.example.org/', headers: {}, body }
  if (isKilled) process.kill('at rest')

  void providers.exchangeFor(process)(request, {
    insecure: false,
    signal: new AbortController().signal,
    followRedirects: false,
  })

  expect(world.violated).toBe(violation)
})
