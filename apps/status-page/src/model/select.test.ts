import { expect, test } from 'vitest'
import { down, endpoint, few, hundreds, many, oneDown, thousand } from '../../../../test/page/fixtures.ts'
import { arrange, flatList } from './groups.ts'
import { select, sortRows, troubled } from './select.ts'
import { parseDefaults, parseView, viewQuery } from './view.ts'

const view = (query: string) => parseView(new URLSearchParams(query))
const names = (rows: readonly { readonly name: string }[]) => rows.map((row) => row.name)

test('an address and its view say the same, defaults left out', () => {
  for (const query of [
    '',
    '?range=24h&f=down&q=a+b%26&sort=name&view=compact&open=A%2CB&open=C&at=2026-11-21T14%3A00%3A00Z',
  ]) {
    expect(viewQuery(view(query))).toBe(query)
  }
  expect(viewQuery(view('?range=2y&f=broken&sort=&view=poster&q=++'))).toBe('')
})

test('addresses name what differs from what the operator has visitors see first', () => {
  const defaults = parseDefaults('sort=status&f=down&view=wall&groups=failing')
  const read = (query: string) => parseView(new URLSearchParams(query), defaults)

  expect(read('')).toMatchObject({ sort: 'status', filter: 'down', density: 'wall', groups: 'failing' })
  expect(read('?groups=all')).toMatchObject({ groups: 'failing' })
  for (const query of ['', '?f=all&q=a&sort=order&view=list']) expect(viewQuery(read(query), defaults)).toBe(query)
  expect(parseDefaults('sort=x&groups=none')).toEqual(parseDefaults(''))
})

test('groups open by how many endpoints there are, all of them, or where something fails', () => {
  const opened = (rows: typeof few, groups: string) =>
    arrange(rows, parseView(new URLSearchParams(), parseDefaults(`groups=${groups}`)))
      .filter(({ open }) => open)
      .map(({ name, shown }) => `${name} ${shown.length}`)

  expect(opened(few, 'auto')).toEqual(['Core 4', 'Data 4', 'Edge 4'])
  expect(opened(few, 'failing')).toEqual([])
  expect(opened(oneDown, 'failing')).toEqual(['Core 4'])
  expect(opened(many(1_000), 'auto')).toEqual([])
  expect(opened(many(1_000), 'all').length).toBe(14)
  expect(opened(many(1_000), 'all')[0]).toBe('Payments 72')
})

test('search finds all words in any order, whatever their case and accents', () => {
  expect(names(select(few, view('?q=EDGE+sao')))).toEqual(['São Paulo'])
  expect(names(select(few, view('?q=db-2')))).toEqual(['Replica'])
  expect(select(few, view('?q=zebra'))).toEqual([])
})

test('filters take what is in that state; unstable is a state of its own kind', () => {
  expect(names(select(oneDown, view('?f=down')))).toEqual(['Checkout'])
  expect(names(select(few, view('?f=unstable')))).toEqual(['Object storage'])
})

test('orders put the worst first and keep the configured order among equals', () => {
  expect(names(sortRows(oneDown, 'status')).slice(0, 2)).toEqual(['Checkout', 'Website'])
  expect(names(sortRows(few, 'latency')).slice(0, 2)).toEqual(['Checkout', 'Sign-in'])
  expect(names(sortRows(few, 'uptime')).slice(0, 2)).toEqual(['Account', 'Sign-in'])
  expect(names(sortRows(few, 'name')).slice(0, 2)).toEqual(['Account', 'Checkout'])
  expect(sortRows(few, 'order')).toBe(few)
})

test('what needs attention is down before degraded, newest first', () => {
  const rows = [
    endpoint('slow', 'g', { state: 'degraded', sinceAt: 9 }),
    endpoint('old', 'g', { ...down, sinceAt: 1 }),
    endpoint('fine', 'g'),
    endpoint('new', 'g', { ...down, sinceAt: 5 }),
  ]

  expect(names(troubled(rows))).toEqual(['new', 'old', 'slow'])
})

test('few endpoints are all sent; of many only the groups in trouble, and those that were asked for', () => {
  expect(arrange(few, view('')).every((group) => group.open && group.shown.length === group.matching.length)).toBe(true)

  const open = arrange(hundreds, view('?open=Build')).filter((group) => group.open)
  expect(open.map((group) => group.name)).toEqual(['Payments', 'Edge', 'Build'])
})

test('of a large open group the first sixty are sent, and whatever is in trouble', () => {
  const rows = many(70).map((row, i) => ({ ...row, group: 'All', ...(i === 69 ? down : {}) }))

  const [group] = arrange(rows, view(''))

  expect(group?.shown.length).toBe(61)
  expect(group?.shown.at(-1)?.state).toBe('down')
  expect(arrange(rows, view('?open=All'))[0]?.shown.length).toBe(70)
})

test('of a thousand endpoints in trouble as many groups are open as a page can hold', () => {
  const rows = thousand.map((row) => ({ ...row, ...down }))

  const groups = arrange(rows, view('?open=Build'))

  expect(groups.filter(({ open }) => open).map(({ name }) => name)).toEqual([...names(groups.slice(0, 5)), 'Build'])
  expect(groups.slice(0, 5).map(({ shown }) => shown.length)).toEqual([72, 71, 72, 71, 60])
  expect(groups.every(({ counts, matching }) => counts.down === matching.length)).toBe(true)
})

test('a filter opens every group with a match and leaves out the others', () => {
  const groups = arrange(hundreds, view('?f=maintenance'))

  expect(groups.map(({ name, open }) => [name, open])).toEqual([['Media', true]])
  expect(flatList(hundreds, view('?f=maintenance&sort=name')).length).toBe(groups[0]?.matching.length)
})
