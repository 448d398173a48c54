import { expect, test } from 'vitest'
import { createDocumentCache } from './document.ts'

/** A cache at a time and over a version that the test sets. */
function cacheWith(limits: { mostBytes?: number; capacity?: number } = {}) {
  const world = { now: 1_000, version: 1 }
  const documents = createDocumentCache({
    version: () => world.version,
    now: () => world.now,
    leastAgeMs: 500,
    mostAgeMs: 30_000,
    capacity: 10,
    mostBytes: 1_000,
    ...limits,
  })
  const textOf = async (id: string, make: () => string | Promise<string>) => (await documents(id, make)).body.toString()
  return { world, documents, textOf }
}

test('a document is made again half a second after what it shows has changed, and not before', async () => {
  const { world, textOf } = cacheWith()
  expect(await textOf('page', () => 'old')).toBe('old')

  world.version = 2
  world.now += 499
  expect(await textOf('page', () => 'new')).toBe('old')
  world.now += 1

  expect(await textOf('page', () => 'new')).toBe('new')
})

test('what takes long to make is kept for twenty times as long, and sent until the next one is ready', async () => {
  const { world, documents, textOf } = cacheWith()
  const slowly = (text: string) => async () => {
    await Promise.resolve()
    world.now += 100
    return text
  }
  await textOf('list', slowly('first'))
  world.version = 2
  world.now += 1_800
  expect(await textOf('list', slowly('second'))).toBe('first')

  world.now += 200
  const madeNow: Promise<string>[] = []
  const second = () => {
    const made = slowly('second')()
    madeNow.push(made)
    return made
  }
  expect(await textOf('list', second)).toBe('first')
  expect(await textOf('list', second)).toBe('first')
  await madeNow[0]

  await expect.poll(() => textOf('list', second)).toBe('second')
  expect(madeNow).toHaveLength(1)
  await documents('list', second)
})

test('a document that was left alone for long is waited for, not sent', async () => {
  const { world, textOf } = cacheWith()
  const slowly = (text: string) => async () => {
    world.now += 1_000
    return text
  }
  await textOf('list', slowly('old'))
  world.version = 2
  world.now += 10_000

  expect(await textOf('list', slowly('new'))).toBe('new')
})

test('so is one that is twice as old as it should be', async () => {
  const { world, textOf } = cacheWith()
  const slowly = (text: string) => async () => {
    world.now += 50
    return text
  }
  await textOf('list', slowly('old'))
  world.version = 2
  world.now += 1_950

  expect(await textOf('list', slowly('new'))).toBe('new')
})

test('one that cannot be made is tried again', async () => {
  const { textOf } = cacheWith()
  await expect(textOf('page', () => Promise.reject(new Error('no store')))).rejects.toThrow('no store')

  expect(await textOf('page', () => 'here')).toBe('here')
})

test('the oldest leave when all of them are larger than there is room for', async () => {
  const { textOf } = cacheWith({ mostBytes: 1_000 })
  const large = (letter: string) => () => letter.repeat(600)
  await textOf('a', large('a'))
  await textOf('b', large('b'))

  expect(await textOf('b', large('x'))).toBe('b'.repeat(600))
  expect(await textOf('a', large('y'))).toBe('y'.repeat(600))
})

test('one alone may be larger than that', async () => {
  const { textOf } = cacheWith({ mostBytes: 10 })
  await textOf('a', () => 'a'.repeat(600))

  expect(await textOf('a', () => 'x')).toBe('a'.repeat(600))
})
