import { expect, test } from 'vitest'
import { down, endpoint, few } from '../../../../test/page/fixtures.ts'
import type { EndpointRow } from '../contract.ts'
import { headline, headlineText, listText, pageTitle } from './headline.ts'

const up = (name: string): EndpointRow => endpoint(name, 'Core')
const broken = (name: string, over: Partial<EndpointRow> = {}): EndpointRow =>
  endpoint(name, 'Core', { ...down, ...over })
const degraded = (name: string): EndpointRow => endpoint(name, 'Core', { state: 'degraded' })
const maintained = (name: string): EndpointRow => endpoint(name, 'Core', { state: 'maintenance' })
const waiting = (name: string): EndpointRow => endpoint(name, 'Core', { state: 'pending' })
const said = (...rows: EndpointRow[]): string => headlineText(headline(rows))

test('the worst thing is the sentence, and up to two are named', () => {
  expect(said()).toBe('Nothing is being monitored yet')
  expect(said(up('a'))).toBe('All systems operational')
  expect(said(broken('card-api'), up('b'))).toBe('card-api is down')
  expect(said(broken('card-api'), broken('refunds'), up('c'))).toBe('card-api and refunds are down')
  expect(said(broken('a'), broken('b'), broken('c'), up('d'))).toBe('3 of 4 endpoints are down')
  expect(said(broken('a'), broken('b'))).toBe('All 2 endpoints are down')
  expect(said(broken('a'))).toBe('a is down')
  expect(said(degraded('search'), up('b'))).toBe('search is degraded')
  expect(said(degraded('a'), degraded('b'))).toBe('a and b are degraded')
  expect(said(maintained('a'), up('b'))).toBe('Maintenance in progress')
})

test('an outage is never hidden by maintenance or a slow neighbour', () => {
  expect(said(maintained('a'), degraded('b'), broken('c'))).toBe('c is down')
})

test('what waits for its first check is not counted as operational', () => {
  expect(said(waiting('a'), waiting('b'))).toBe('First checks in progress')
  expect(said(waiting('a'), up('b'))).toBe('All systems operational')
})

test('names are pieces of their own, whatever is in them', () => {
  const { pieces } = headline([broken('{b} & <i>'), up('b')])

  expect(pieces).toEqual([{ name: '{b} & <i>' }, ' is down'])
})

test('when everything fails together without an answer, the monitor itself is suspected', () => {
  const lost = { sinceAt: 1_000_000, reason: 'no route to host' }
  const all = few.map((row) => broken(row.name, lost))

  expect(headline(all).offlineHint).toBe(true)
  expect(headline([...all.slice(1), broken('late', { ...lost, sinceAt: 1_200_000 })]).offlineHint).toBe(false)
  expect(headline([...all.slice(1), broken('answers', { ...lost, reason: '[STATUS] (503) == 200' })]).offlineHint).toBe(
    false,
  )
})

test('three names, then a number', () => {
  expect(listText(['a'])).toBe('a')
  expect(listText(['a', 'b'])).toBe('a and b')
  expect(listText(['a', 'b', 'c'])).toBe('a, b and c')
  expect(listText(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more')
})

test('the title of the document leads with what is wrong', () => {
  expect(pageTitle([up('a')], 'Acme')).toBe('Acme')
  expect(pageTitle([broken('a'), broken('b')], 'Acme')).toBe('✕ 2 down – Acme')
  expect(pageTitle([degraded('a')], 'Acme')).toBe('▲ 1 degraded – Acme')
})
