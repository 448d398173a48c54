import { expect, test } from 'vitest'
import { createExclusion } from './exclusion.ts'

function working() {
  const exclusion = createExclusion()
  const log: string[] = []
  const ends = new Map<string, () => void>()
  const work = (name: string) => async () => {
    log.push(name)
    await new Promise<void>((resolve) => ends.set(name, resolve))
    log.push(`${name} ended`)
    return name
  }
  const end = async (name: string) => {
    ends.get(name)?.()
    for (let i = 0; i < 10; i++) await undefined
  }
  return { ...exclusion, log, work, end }
}

test('shared work begins at once, side by side', async () => {
  const { share, log, work, end } = working()

  const both = [share(work('a')), share(work('b'))]

  expect(log).toEqual(['a', 'b'])
  await end('a')
  await end('b')
  expect(await Promise.all(both)).toEqual(['a', 'b'])
})

test('what is alone waits for all that goes on, and all that comes waits for it', async () => {
  const { share, alone, log, work, end } = working()

  const all = [share(work('a')), share(work('b')), alone(work('alone')), share(work('c')), alone(work('last'))]
  for (const name of ['a', 'b', 'alone', 'c', 'last']) await end(name)

  await Promise.all(all)
  expect(log.filter((line) => !line.endsWith(' ended'))).toEqual(['a', 'b', 'alone', 'c', 'last'])
  expect(log.indexOf('alone')).toBeGreaterThan(log.indexOf('b ended'))
  expect(log.indexOf('c')).toBeGreaterThan(log.indexOf('alone ended'))
  expect(log.indexOf('last')).toBeGreaterThan(log.indexOf('c ended'))
})

test('work that fails holds nothing up', async () => {
  const { share, alone } = working()
  const failing = async () => {
    throw new Error('no')
  }
  const refused = [share(failing), alone(failing), share(failing), alone(failing)].map((promise) =>
    promise.catch((error: Error) => error.message),
  )

  const after = await share(async () => 'done')

  expect(await Promise.all(refused)).toEqual(['no', 'no', 'no', 'no'])
  expect(after).toBe('done')
})
