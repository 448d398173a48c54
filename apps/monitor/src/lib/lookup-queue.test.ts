import type { LookupAddress } from 'node:dns'
import { expect, test } from 'vitest'
import { createLookupQueue } from './lookup-queue.ts'

const address: LookupAddress[] = [{ address: '10.0.0.1', family: 4 }]

function system() {
  let now = 0
  const running = new Map<string, () => void>()
  const answered: string[] = []
  const lookup = createLookupQueue(
    (hostname, _options, done) => void running.set(hostname, () => done(null, address)),
    () => now,
  )
  return {
    running,
    answered,
    ask: (hostname: string) => lookup(hostname, { all: true }, () => void answered.push(hostname)),
    /** Ends a lookup that took so long. */
    end(hostname: string, tookMs: number) {
      now += tookMs
      const done = running.get(hostname)
      running.delete(hostname)
      done?.()
    },
  }
}

const names = (count: number, prefix = 'hanging') => Array.from({ length: count }, (_, index) => `${prefix}-${index}`)

test('answers a name that is known to be quick, however many others hang', () => {
  const { ask, end, running, answered } = system()
  ask('good')
  end('good', 5)

  for (const name of names(500)) ask(name)
  ask('good')
  const runningAtOnce = running.size
  end('good', 5)

  expect(runningAtOnce).toBe(25)
  expect(answered).toEqual(['good', 'good'])
})

test('asks for new names before those that hung the last time, and for all in the end', () => {
  const { ask, end, running, answered } = system()
  const slow = names(60)
  for (const name of slow) ask(name)
  for (const name of slow) end(name, 10_000)

  for (const name of slow) ask(name)
  const slowAtOnce = running.size
  const fresh = names(20, 'new')
  for (const name of fresh) ask(name)
  for (const name of fresh) end(name, 1)
  for (const name of slow) end(name, 1)

  expect(slowAtOnce).toBe(16)
  expect(answered).toEqual([...slow, ...fresh, ...slow])
})

test('trusts a name again that is answered, and no longer one that hangs', () => {
  const { ask, end, running } = system()
  ask('a')
  end('a', 10_000)
  ask('a')
  end('a', 1)
  for (const name of names(100)) ask(name)

  ask('a')
  const isAskedAtOnce = running.has('a')
  end('a', 10_000)
  ask('a')

  expect(isAskedAtOnce).toBe(true)
  expect(running.has('a')).toBe(false)
})
