import { expect, test } from 'vitest'
import { firstMisplaced } from './notice-order.ts'

/** `arrivals`: of each process that sent it, when it came through first. */
const notice = (name: string, arrivals: Readonly<Record<number, number>>, keepsPlace = true) => {
  const arrivalOf = new Map(Object.entries(arrivals).map(([process, at]) => [Number(process), at]))
  return { name, keepsPlace, arrivalOf, arrival: arrivalOf.size === 0 ? undefined : Math.min(...arrivalOf.values()) }
}

const misplaced = (...decided: readonly ReturnType<typeof notice>[]) =>
  firstMisplaced(decided, ({ keepsPlace }) => keepsPlace)?.name

test('lets notices arrive in order, some not at all, and some again from the next process', () => {
  expect(misplaced(notice('a', { 1: 1 }), notice('b', {}), notice('c', { 1: 2, 2: 3 }), notice('d', { 2: 4 }))).toBe(
    undefined,
  )
})

test('finds a notice that overtook another', () => {
  expect(misplaced(notice('a', { 1: 2 }), notice('b', { 1: 1 }))).toBe('b')
})

test('finds a notice that arrived from one process before what the next one sent first', () => {
  expect(misplaced(notice('a', { 2: 2 }), notice('b', { 1: 1, 2: 3 }))).toBe('b')
})

test('lets a notice that was given up arrive late, once the next process has taken it up again', () => {
  expect(misplaced(notice('a', { 2: 2 }, false), notice('b', { 1: 1, 2: 3 }))).toBe(undefined)
})

test('finds such a notice all the same where one process sent it after a newer one', () => {
  expect(misplaced(notice('a', { 2: 3 }, false), notice('b', { 1: 1, 2: 2 }))).toBe('b')
})
